"""Rights to extend a framework or a contract by a length, decided by a day."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from committees.models import Decision
from contracts.enums import OptionState
from contracts.models.contract import Contract
from contracts.models.framework import FrameworkAgreement
from records.history import ChildRecords
from records.querysets import RecordQuerySet

DECIDED = [OptionState.EXERCISED, OptionState.DECLINED]


class Option(models.Model):
    """Options follow one another: each begins where the one before it ends. `contracts.terms` computes their days."""

    number = models.PositiveSmallIntegerField(_("number"))
    length_months = models.PositiveSmallIntegerField(_("length in months"))
    decide_months_before = models.PositiveSmallIntegerField(
        _("decided so many months before"),
        default=6,
        help_text=_("How many months before the end that it extends the other side must know."),
    )
    decide_by_on = models.DateField(
        _("decided by"),
        null=True,
        blank=True,
        help_text=_("Only when the agreement names a day. Else it is computed from the months."),
    )
    state = models.CharField(_("state"), max_length=10, choices=OptionState.choices, default=OptionState.OPEN)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decision = models.ForeignKey(
        Decision, verbose_name=_("decision"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    # The form orders options by this, and their numbers follow.
    sort_order_field = "position"

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return _("Option %(number)s: %(months)s months, %(state)s") % {
            "number": self.number,
            "months": self.length_months,
            "state": self.get_state_display().lower(),
        }

    @property
    def position(self) -> int:
        """Place in the list of options, from 0; setting it numbers the option from 1."""
        return self.number - 1

    @position.setter
    def position(self, place: int) -> None:
        self.number = place + 1


def _option_constraints(name: str, parent: str) -> list[models.BaseConstraint]:
    return [
        models.UniqueConstraint(
            fields=[parent, "number"],
            name=f"{name}_number_unique",
            violation_error_message=_("Two options have the same number."),
        ),
        models.CheckConstraint(
            condition=Q(length_months__gte=1),
            name=f"{name}_has_length",
            violation_error_code="length_months",
            violation_error_message=_("An option extends by at least one month."),
        ),
        models.CheckConstraint(
            condition=Q(state=OptionState.OPEN, decided_on__isnull=True)
            | Q(state__in=DECIDED, decided_on__isnull=False),
            name=f"{name}_decided_has_day",
            violation_error_code="decided_on",
            violation_error_message=_("Write the day on which the option was decided, or leave it as not decided."),
        ),
    ]


class FrameworkOption(Option):
    framework = ParentalKey(
        FrameworkAgreement, verbose_name=_("framework agreement"), on_delete=models.CASCADE, related_name="options"
    )

    history = ChildRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("option of a framework")
        verbose_name_plural = _("options of a framework")
        ordering = ["framework", "number"]
        constraints = _option_constraints("framework_option", "framework")


class ContractOption(Option):
    contract = ParentalKey(Contract, verbose_name=_("contract"), on_delete=models.CASCADE, related_name="options")

    history = ChildRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("option of a contract")
        verbose_name_plural = _("options of a contract")
        ordering = ["contract", "number"]
        constraints = _option_constraints("contract_option", "contract")
