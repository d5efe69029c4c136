"""That a report was handed in, as its supplier is told."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from learnings.enums import ReceiptMail
from learnings.models.reports import ReportVersion
from records.querysets import RecordQuerySet


class Receipt(models.Model):
    """The mail about a submitted version to whoever handed it in. What it says follows from the version, which never changes."""

    version = models.OneToOneField(
        ReportVersion, verbose_name=_("version of a report"), on_delete=models.PROTECT, related_name="receipt"
    )
    to = models.EmailField(_("sent to"))
    mail = models.CharField(_("mail"), max_length=10, choices=ReceiptMail.choices, default=ReceiptMail.WAITING)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ["version"]

    def __str__(self) -> str:
        return f"{self.version}: {self.to}"
