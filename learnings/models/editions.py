"""What is public of suppliers' reports: editions that hold nothing but what anybody may read."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from wagtail.search import index

from learnings.models.reports import ExperienceReport, ReportVersion
from records.querysets import RecordQuerySet

HEAVY = ("content", "text")


class ReportEditionQuerySet(RecordQuerySet["ReportEdition"]):
    def public(self) -> Self:
        """Return what anybody may read now: one edition of a report at most."""
        return self.filter(withdrawn_at__isnull=True)

    def listed(self) -> Self:
        """Return the public editions as lists show them, by supplier, without what they say."""
        rows = self.public().select_related("report__round", "report__supplier__merged_into", "version")
        return rows.defer(*HEAVY).order_by("report__supplier__name", "pk")


def edition_path(edition: ReportEdition, filename: str) -> str:
    return f"editions/{edition.digest[:2]}/{edition.digest}/{filename}"


class ReportEdition(index.Indexed, models.Model):
    """An accepted report as it was made public. What is kept out is not in it, so nothing that is made of it can tell.

    `content` is as `learnings.editions` describes. It never changes: what is published anew is another edition, and only
    the file, and that it was withdrawn, are added.
    """

    report = models.ForeignKey(
        ExperienceReport, verbose_name=_("experience report"), on_delete=models.PROTECT, related_name="editions"
    )
    version = models.ForeignKey(
        ReportVersion, verbose_name=_("version of a report"), on_delete=models.PROTECT, related_name="+"
    )
    slug = models.SlugField(_("address"), max_length=120)
    content = models.JSONField(_("content"))
    text = models.TextField(_("text for searching"), blank=True)
    digest = models.CharField(_("digest"), max_length=64)
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("withdrawn by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawal_reason = models.CharField(_("reason for withdrawal"), max_length=300, blank=True)
    file = models.FileField("PDF", upload_to=edition_path, max_length=250, blank=True)
    file_sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    file_bytes = models.PositiveBigIntegerField(_("size in bytes"), default=0)

    history = HistoricalRecords(excluded_fields=["content", "text", "file", "file_sha256", "file_bytes"])
    objects = ReportEditionQuerySet.as_manager()

    search_fields = [
        index.SearchField("text"),
        index.AutocompleteField("text"),
        index.FilterField("id"),
    ]

    class Meta:
        verbose_name = _("public edition of a report")
        verbose_name_plural = _("public editions of reports")
        ordering = ["report", "-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=Q(withdrawn_at__isnull=True), name="report_has_one_public_edition"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                name="edition_withdrawal_has_reason",
                violation_error_code="withdrawal_reason",
                violation_error_message=_("Say why the report is taken off the website."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} ({self.published_at:%Y-%m-%d})"

    @classmethod
    def get_indexed_objects(cls) -> Any:
        return cls.objects.public()

    @property
    def is_public(self) -> bool:
        return self.withdrawn_at is None
