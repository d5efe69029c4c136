"""Framework agreements and the lots that suppliers win separately."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from simple_history.models import HistoricalRecords

from accounts.rules import AnyUser, is_municipal
from committees.models import Decision
from contracts.enums import PriceRegulation, RetenderStrategy
from contracts.models.vocabulary import Service, TargetGroup
from contracts.validators import validate_edoc_number, validate_f2_number
from records.querysets import RecordQuerySet
from suppliers.models import Supplier

PERCENT = [MinValueValidator(1), MaxValueValidator(100)]


def not_negative(field: str, *, name: str, message: Any) -> models.CheckConstraint:
    """Return the constraint that an amount which may be missing is not below zero; its sentence stands at the field."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": Decimal(0)}),
        name=name,
        violation_error_code=field,
        violation_error_message=message,
    )


class FrameworkQuerySet(RecordQuerySet):
    def visible_to(self, user: AnyUser) -> Self:
        """Return everything for the municipality, and for a supplier's people the frameworks that they have contracts under."""
        if is_municipal(user):
            return self.all()
        own = Lot.objects.visible_to(user).order_by()
        return self.filter(pk__in=own.values("framework"))


class LotQuerySet(RecordQuerySet):
    def visible_to(self, user: AnyUser) -> Self:
        """Return everything for the municipality, and for a supplier's people the lots that they have contracts in."""
        if is_municipal(user):
            return self.all()
        own = self.model._base_manager.filter(contracts__supplier__in=Supplier.objects.visible_to(user).values("pk"))
        return self.filter(pk__in=own.order_by().values("pk"))


class FrameworkAgreement(ClusterableModel):
    """An agreement under which contracts are made.

    `ends_on` is the end before options. `effective_ends_on` (after exercised options and amendments) and
    `ceiling_reached_in` (first day of the month in which the spend reached the ceiling) are kept by the services and
    proved by `manage.py check_data`.
    """

    code = models.SlugField(
        _("code"),
        unique=True,
        error_messages={"unique": _("Another framework agreement already has this code.")},
    )
    name = models.CharField(_("name"), max_length=200)
    starts_on = models.DateField(_("start"))
    ends_on = models.DateField(
        _("end without options"), null=True, blank=True, help_text=_("Leave empty when no end is agreed.")
    )
    effective_ends_on = models.DateField(_("end with options"), null=True, blank=True, editable=False, db_index=True)
    ceiling_dkk = models.DecimalField(
        _("ceiling in DKK"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("The most that may be bought under the framework."),
    )
    estimated_value_dkk = models.DecimalField(
        _("estimated value in DKK"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    ceiling_reached_in = models.DateField(_("ceiling reached in"), null=True, blank=True, editable=False)
    retender_threshold_percent = models.PositiveSmallIntegerField(
        _("start a new tender at percent of the ceiling"), default=70, validators=PERCENT
    )
    stop_threshold_percent = models.PositiveSmallIntegerField(
        _("stop referrals at percent of the ceiling"), default=95, validators=PERCENT
    )
    notice_months = models.PositiveSmallIntegerField(_("notice in months"), null=True, blank=True)
    price_regulation = models.CharField(
        _("price regulation"), max_length=20, choices=PriceRegulation.choices, default=PriceRegulation.NONE
    )
    price_regulated_on = models.DateField(_("next price regulation"), null=True, blank=True)
    price_regulation_note = models.CharField(_("note on price regulation"), max_length=250, blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("responsible"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    responsible_unit = models.CharField(_("responsible unit"), max_length=120, blank=True)
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("others who work with it"), blank=True, related_name="+"
    )
    retender_strategy = models.CharField(
        _("re-tender strategy"), max_length=12, choices=RetenderStrategy.choices, default=RetenderStrategy.UNDECIDED
    )
    retender_starts_on = models.DateField(
        _("re-tender begins"),
        null=True,
        blank=True,
        help_text=_("When the preparation of a new tender must begin. Empty: a year before the end."),
    )
    retender_plan = models.TextField(_("re-tender plan"), blank=True)
    decision = models.ForeignKey(
        Decision, verbose_name=_("decision"), null=True, blank=True, on_delete=models.PROTECT, related_name="frameworks"
    )
    predecessor = models.ForeignKey(
        "self",
        verbose_name=_("predecessor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="successors",
    )
    f2_case_number = models.CharField(
        _("case number in F2"), max_length=40, blank=True, validators=[validate_f2_number]
    )
    edoc_case_number = models.CharField(
        _("case number in eDoc"), max_length=40, blank=True, validators=[validate_edoc_number]
    )
    note = models.TextField(_("note"), blank=True)

    history = HistoricalRecords(m2m_fields=[people])
    objects = FrameworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("framework agreement")
        verbose_name_plural = _("framework agreements")
        ordering = ["-starts_on", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="framework_ends_after_start",
                violation_error_code="ends_on",
                violation_error_message=_("The framework ends before it starts. Correct one of the dates."),
            ),
            not_negative(
                "ceiling_dkk", name="framework_ceiling_not_negative", message=_("The ceiling cannot be negative.")
            ),
            not_negative(
                "estimated_value_dkk",
                name="framework_value_not_negative",
                message=_("The estimated value cannot be negative."),
            ),
            models.CheckConstraint(
                condition=Q(retender_threshold_percent__range=(1, 100))
                & Q(stop_threshold_percent__range=(1, 100))
                & Q(stop_threshold_percent__gte=F("retender_threshold_percent")),
                name="framework_thresholds_in_order",
                violation_error_code="stop_threshold_percent",
                violation_error_message=_(
                    "The thresholds lie between 1 and 100 percent, and referrals stop after a new tender has begun."
                ),
            ),
            models.CheckConstraint(
                condition=Q(predecessor__isnull=True) | ~Q(predecessor=F("id")),
                name="framework_not_its_own_predecessor",
                violation_error_code="predecessor",
                violation_error_message=_("A framework cannot follow itself. Choose another predecessor."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Lot(ClusterableModel):
    code = models.SlugField(_("code"), unique=True, error_messages={"unique": _("Another lot already has this code.")})
    framework = models.ForeignKey(
        FrameworkAgreement, verbose_name=_("framework agreement"), on_delete=models.PROTECT, related_name="lots"
    )
    name = models.CharField(_("name"), max_length=200)
    target_groups = models.ManyToManyField(
        TargetGroup, verbose_name=_("target groups"), blank=True, related_name="lots"
    )
    services = models.ManyToManyField(Service, verbose_name=_("services"), blank=True, related_name="lots")
    ceiling_dkk = models.DecimalField(
        _("ceiling in DKK"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("The most that may be bought in this lot, when the framework has set one."),
    )
    estimated_value_dkk = models.DecimalField(
        _("estimated value in DKK"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    ceiling_reached_in = models.DateField(_("ceiling reached in"), null=True, blank=True, editable=False)
    expected_referrals_per_year = models.PositiveIntegerField(
        _("expected referrals a year"), null=True, blank=True, help_text=_("Expected, not guaranteed.")
    )
    note = models.TextField(_("note"), blank=True)

    history = HistoricalRecords(m2m_fields=[target_groups, services])
    objects = LotQuerySet.as_manager()

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        ordering = ["code"]
        constraints = [
            not_negative("ceiling_dkk", name="lot_ceiling_not_negative", message=_("The ceiling cannot be negative.")),
            not_negative(
                "estimated_value_dkk",
                name="lot_value_not_negative",
                message=_("The estimated value cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
