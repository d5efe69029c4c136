"""What is bought under contracts, month by month, with where each figure came from."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from contracts.models.contract import Contract
from records.querysets import RecordQuerySet


class SpendDelivery(models.Model):
    """One imported file of monthly amounts and referrals."""

    source = models.CharField(_("source"), max_length=200)
    file_name = models.CharField(_("file name"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    extracted_on = models.DateField(_("extracted on"))
    imported_at = models.DateTimeField(_("imported"), default=timezone.now, editable=False)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("imported by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    note = models.TextField(_("note"), blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawal_reason = models.CharField(_("reason for withdrawal"), max_length=250, blank=True)

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery of spend")
        verbose_name_plural = _("deliveries of spend")
        ordering = ["-imported_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"],
                condition=Q(withdrawn_at__isnull=True),
                name="spend_delivery_file_once",
                violation_error_message=_("This file has been imported already."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawal_reason=""),
                name="spend_delivery_withdrawn_with_reason",
                violation_error_message=_("Say why the delivery is withdrawn."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.file_name}"


class SpendQuerySet(RecordQuerySet):
    def current(self) -> SpendQuerySet:
        """Return what counts: neither superseded by a newer delivery nor withdrawn."""
        return self.filter(is_current=True)


class Spend(models.Model):
    """What one contract cost in one month, and how many citizens were referred. Append-only: a newer delivery supersedes."""

    delivery = models.ForeignKey(
        SpendDelivery, verbose_name=_("delivery"), on_delete=models.PROTECT, related_name="rows"
    )
    contract = models.ForeignKey(Contract, verbose_name=_("contract"), on_delete=models.PROTECT, related_name="spend")
    month = models.DateField(_("month"), help_text=_("The first day of the month."))
    amount_dkk = models.DecimalField(_("amount in DKK"), max_digits=14, decimal_places=2)
    referrals = models.PositiveIntegerField(_("referrals"), null=True, blank=True)
    is_current = models.BooleanField(_("counts"), default=True, editable=False)

    objects = SpendQuerySet.as_manager()

    class Meta:
        verbose_name = _("spend")
        verbose_name_plural = _("spend")
        ordering = ["contract", "month"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "contract", "month"], name="spend_once_in_a_delivery"),
            models.UniqueConstraint(
                fields=["contract", "month"], condition=Q(is_current=True), name="spend_counts_once_a_month"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="spend_month_is_its_first_day"),
        ]
        indexes = [
            models.Index(fields=["month"]),
            # Which row is the newest of its contract and month: without it, that is a search through whole months.
            models.Index(fields=["contract", "month", "delivery"], name="spend_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.month:%Y-%m}"
