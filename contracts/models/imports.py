"""What was imported into the register, by whom and from which file; and the workbooks that somebody is taking out."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.rules import AnyUser, is_municipal
from jobs.models import Job
from records.querysets import RecordQuerySet

EXPORT = "contracts.export_workbook"
KEPT_HOURS = 24


class ContractImport(models.Model):
    """One imported workbook. Append-only: what it changed stands in the history of each record, with the file's name."""

    file_name = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)
    size_bytes = models.PositiveBigIntegerField(_("size in bytes"))
    counts = models.JSONField(
        _("counts"), default=dict, help_text=_("How many records of each kind were new, changed and unchanged.")
    )
    imported_at = models.DateTimeField(_("imported"), default=timezone.now, editable=False)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("imported by"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of the register")
        verbose_name_plural = _("imports of the register")
        ordering = ["-imported_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name


class RegisterExportQuerySet(models.QuerySet["RegisterExport"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Return what the person asked for: it holds what that person may see."""
        return self.filter(requested_by=user.pk) if is_municipal(user) else self.none()

    def expired(self, *, now: dt.datetime) -> Self:
        return self.filter(requested_at__lt=now - dt.timedelta(hours=KEPT_HOURS))


class RegisterExport(models.Model):
    """The register as one workbook, made in the background because it is large, and kept for a day."""

    requested_at = models.DateTimeField(_("asked for"), default=timezone.now, editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked for by"), on_delete=models.CASCADE, related_name="+"
    )
    file = models.FileField(_("file"), upload_to="contracts/exports/", blank=True)
    size_bytes = models.PositiveBigIntegerField(_("size in bytes"), null=True, blank=True)

    objects = RegisterExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export of the register")
        verbose_name_plural = _("exports of the register")
        ordering = ["-requested_at", "-pk"]

    def __str__(self) -> str:
        return f"kontraktregister {timezone.localdate(self.requested_at).isoformat()}"

    @property
    def job(self) -> Job | None:
        """The newest work on it; queries."""
        return Job.objects.filter(kind=EXPORT, subject_id=str(self.pk)).order_by("-pk").first()
