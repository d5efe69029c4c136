"""What the desk itself keeps: dossiers that somebody asked for."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rules import AnyUser, can_edit_records
from contracts.models import Contract, FrameworkAgreement
from desk.enums import Edition
from jobs.models import Job
from suppliers.models import Supplier

KEPT_DAYS = 7
SUBJECTS: dict[str, type[models.Model]] = {
    "supplier": Supplier,
    "frameworkagreement": FrameworkAgreement,
    "contract": Contract,
}
MAKE = "desk.dossier"


class DossierQuerySet(models.QuerySet["Dossier"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Return the dossiers that the person asked for: what one is gathering for somebody is no one else's."""
        return self.filter(requested_by=user) if isinstance(user, User) and can_edit_records(user) else self.none()

    def expired(self, *, now: dt.datetime) -> Self:
        """Return those whose file has been kept long enough."""
        return self.filter(requested_at__lt=now - dt.timedelta(days=KEPT_DAYS)).exclude(file="")


class Dossier(models.Model):
    """Everything about one supplier, framework or contract as a ZIP file, made in the background and kept for a week.

    The row stays: it says who asked for what, and what was left out and why.
    """

    subject_kind = models.CharField(_("kind"), max_length=20, choices=[(kind, kind) for kind in SUBJECTS])
    subject_id = models.PositiveBigIntegerField(_("number"))
    title = models.CharField(_("about"), max_length=300)
    edition = models.CharField(_("edition"), max_length=10, choices=Edition.choices, default=Edition.FULL)
    left_out = models.JSONField(_("left out"), default=list, blank=True)
    reason = models.TextField(_("reason for leaving out"), blank=True)
    requested_at = models.DateTimeField(_("asked for"), default=timezone.now, editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked for by"), on_delete=models.PROTECT, related_name="+"
    )
    file = models.FileField(_("file"), upload_to="desk/dossiers/", blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    size_bytes = models.PositiveBigIntegerField(_("size in bytes"), null=True, blank=True)
    item_count = models.PositiveIntegerField(_("number of files"), null=True, blank=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(edition=Edition.FULL, reason="") | (Q(edition=Edition.EXTRACTED) & ~Q(reason="")),
                name="dossier_extract_has_reason",
                violation_error_code="reason",
                violation_error_message=_("Say why something is left out: it stands in the index."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> Any:
        """The record itself, or None when it has been deleted since; queries."""
        return SUBJECTS[self.subject_kind]._default_manager.filter(pk=self.subject_id).first()

    @property
    def job(self) -> Job | None:
        """The newest work on it; queries."""
        return Job.objects.filter(kind=MAKE, subject_id=str(self.pk)).order_by("-pk").first()

    @property
    def kept_until(self) -> dt.date:
        return timezone.localdate(self.requested_at + dt.timedelta(days=KEPT_DAYS))
