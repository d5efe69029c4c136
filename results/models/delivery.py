"""Where figures come from: one extract, with source, date and who brought it in."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from documents.formats import day
from records.querysets import RecordQuerySet
from results.asking import once


class DeliveryQuerySet(RecordQuerySet["Delivery"]):
    def live(self, *, include_unvalidated: bool = False) -> Self:
        """Return deliveries whose figures count: not withdrawn, and no usable delivery stands in their place.

        Queries once for the chain of replacements: one that replaces a replacement also replaces what that one did. An
        unvalidated delivery replaces a validated one only for those who ask for unvalidated figures.
        """
        chain = self.model.objects.values_list("pk", "supersedes_id", "withdrawn_at", "is_validated")
        rows = once("deliveries", lambda: list(chain))
        usable = {pk for pk, _old, withdrawn, valid in rows if withdrawn is None and (valid or include_unvalidated)}
        return self.filter(pk__in=usable - _replaced(usable, {pk: old for pk, old, _at, _valid in rows}))

    def newest_first(self) -> Self:
        return self.order_by("-extracted_on", "-imported_at", "-pk")


def _replaced(usable: set[int], supersedes: dict[int, int | None]) -> set[int]:
    replaced: set[int] = set()
    for pk in usable:
        older = supersedes[pk]
        while older is not None and older not in replaced:
            replaced.add(older)
            older = supersedes[older]
    return replaced


class Delivery(models.Model):
    file_name = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)
    size_bytes = models.PositiveBigIntegerField(_("size in bytes"))
    source = models.CharField(
        _("source"), max_length=200, help_text=_("The registers or systems the figures come from.")
    )
    extracted_on = models.DateField(_("extracted on"), help_text=_("The day the figures were drawn from the source."))
    is_validated = models.BooleanField(_("validated"), default=True)
    note = models.TextField(_("note"), blank=True)
    supersedes = models.ForeignKey(
        "self",
        verbose_name=_("supersedes"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="superseded_by",
        help_text=_("The delivery whose figures these stand in place of."),
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
    withdrawal_reason = models.TextField(_("reason for withdrawal"), blank=True)
    imported_at = models.DateTimeField(_("imported"), auto_now_add=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("imported by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    history = HistoricalRecords()
    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-extracted_on", "-imported_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"],
                condition=Q(withdrawn_at__isnull=True),
                name="delivery_file_once",
                violation_error_message=_("This file has already been imported."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawal_reason="")),
                name="delivery_withdrawn_by_whom_and_why",
                violation_error_message=_("A withdrawn delivery says when, by whom and why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}, {day(self.extracted_on)} ({self.file_name})"

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None
