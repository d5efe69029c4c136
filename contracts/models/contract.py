"""Contracts: one supplier in one lot."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from contracts.models.framework import Lot
from records.querysets import RecordQuerySet
from suppliers.models import Supplier


class Contract(models.Model):
    """An open end is legal: the contract then runs as long as its framework."""

    number = models.CharField(
        _("contract number"),
        max_length=40,
        unique=True,
        error_messages={"unique": _("Another contract already has this number.")},
    )
    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), on_delete=models.PROTECT, related_name="contracts"
    )
    lot = models.ForeignKey(Lot, verbose_name=_("lot"), on_delete=models.PROTECT, related_name="contracts")
    starts_on = models.DateField(_("start"))
    ends_on = models.DateField(_("end"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        ordering = ["lot__code", "supplier__name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="contract_ends_after_start",
                violation_error_message=_("The contract ends before it starts. Correct one of the dates."),
            ),
            models.UniqueConstraint(
                fields=["supplier", "lot", "starts_on"],
                name="contract_once_per_supplier_lot_and_start",
                violation_error_message=_("The supplier already has a contract in this lot from that day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.supplier}"
