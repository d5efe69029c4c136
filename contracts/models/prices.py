"""What a service costs: tendered in a lot, agreed in a contract."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from contracts.models.contract import Contract
from contracts.models.framework import Lot
from contracts.models.vocabulary import Service
from documents.formats import NO_BREAK_SPACE
from records.history import ChildRecords
from records.querysets import RecordQuerySet
from records.values import display


class PriceLine(models.Model):
    """One service at one price per unit, from one day on."""

    service = models.ForeignKey(Service, verbose_name=_("service"), on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(_("unit"), max_length=60, help_text=_("What is paid for, such as “per week and citizen”."))
    price_dkk = models.DecimalField(_("price in DKK"), max_digits=12, decimal_places=2)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """Say what it is and from when to when, as “Mentor, per hour: 465 (1 July 2024 – …)”."""
        price = f"{self.service}, {self.unit}: {display(self.price_dkk)}{NO_BREAK_SPACE}kr."
        if self.valid_from is None and self.valid_to is None:
            return price
        days = (display(day) if day else "…" for day in (self.valid_from, self.valid_to))
        return f"{price} ({' – '.join(days)})"


def price_constraints(name: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(
            condition=Q(price_dkk__gte=0),
            name=f"{name}_not_negative",
            violation_error_code="price_dkk",
            violation_error_message=_("A price cannot be negative."),
        ),
        models.CheckConstraint(
            condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
            name=f"{name}_ends_after_start",
            violation_error_code="valid_to",
            violation_error_message=_("The price ends before it starts. Correct one of the dates."),
        ),
    ]


def starts_once(owner: str, *, name: str) -> models.UniqueConstraint:
    """Return the constraint that of two prices of one service and unit, one begins later: else none is the right one."""
    begins = Coalesce("valid_from", Value(dt.date.min), output_field=models.DateField())
    return models.UniqueConstraint(
        F(owner),
        F("service"),
        F("unit"),
        begins,
        name=name,
        violation_error_message=_("Two prices of the same service and unit begin on the same day. Change one of them."),
    )


class LotPrice(PriceLine):
    lot = ParentalKey(Lot, verbose_name=_("lot"), on_delete=models.CASCADE, related_name="prices")

    history = ChildRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("price in a lot")
        verbose_name_plural = _("prices in a lot")
        ordering = ["lot", "service__name", "valid_from", "pk"]
        constraints = [*price_constraints("lot_price"), starts_once("lot", name="lot_price_starts_once")]


class ContractPrice(PriceLine):
    contract = ParentalKey(Contract, verbose_name=_("contract"), on_delete=models.CASCADE, related_name="prices")

    history = ChildRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("price in a contract")
        verbose_name_plural = _("prices in a contract")
        ordering = ["contract", "service__name", "valid_from", "pk"]
        constraints = [*price_constraints("contract_price"), starts_once("contract", name="contract_price_starts_once")]
