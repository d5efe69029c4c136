"""Tenders: the procedure that leads to a framework, its phases, and the lots that are tendered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from simple_history.models import HistoricalRecords

from committees.models import CommitteeMeeting, Decision
from contracts.enums import (
    NOTICE_PHASES,
    OPTIONAL_PHASES,
    PHASES,
    RUNNING_TENDERS,
    WITHOUT_NOTICE,
    Phase,
    Regime,
    TenderState,
)
from contracts.models.framework import FrameworkAgreement, Lot, not_negative
from contracts.models.vocabulary import Service, TargetGroup
from contracts.validators import validate_edoc_number, validate_f2_number
from records.history import ChildRecords
from records.querysets import RecordQuerySet

SHORTEST_STANDSTILL_DAYS = 10  # of the law, when the notice is sent electronically
AS_THE_TENDER = _("Empty: as the tender says.")


def options_whole(name: str) -> models.CheckConstraint:
    """Return the constraint that options are given by number and length together."""
    neither = Q(option_count__isnull=True, option_months__isnull=True)
    # A comparison with nothing is neither true nor false, and the database lets it pass: so both are asked for.
    some = Q(option_count__isnull=False, option_count__gte=1, option_months__isnull=False, option_months__gte=1)
    none = Q(option_count__isnull=False, option_count=0)
    return models.CheckConstraint(
        condition=neither | some | none,
        name=name,
        violation_error_code="option_count",
        violation_error_message=_("Options have a number and a length in months: write both, or neither."),
    )


class TenderQuerySet(RecordQuerySet):
    def running(self) -> TenderQuerySet:
        """Return the tenders that are neither contracted nor cancelled."""
        return self.filter(state__in=RUNNING_TENDERS)


class Tender(ClusterableModel):
    """The state follows from the phases that have begun; both are moved by `contracts.services.tenders`.

    The period, options and notice are those of the framework that the tender leads to, and of the lots that say nothing
    else. `framework` is empty until the award has made it.
    """

    code = models.SlugField(
        _("code"), unique=True, error_messages={"unique": _("Another tender already has this code.")}
    )
    name = models.CharField(_("name"), max_length=200)
    regime = models.CharField(_("procedure"), max_length=20, choices=Regime.choices, default=Regime.LIGHT)
    state = models.CharField(
        _("state"), max_length=12, choices=TenderState.choices, default=TenderState.DRAFT, editable=False, db_index=True
    )
    cancellation_reason = models.TextField(_("why it was cancelled"), blank=True, editable=False)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("responsible"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    responsible_unit = models.CharField(_("responsible unit"), max_length=120, blank=True)
    estimated_value_dkk = models.DecimalField(
        _("estimated value in DKK"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    ceiling_dkk = models.DecimalField(
        _("ceiling in DKK"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("The most that may be bought under the framework."),
    )
    contracts_start_on = models.DateField(
        _("contracts begin"), null=True, blank=True, help_text=_("The plan is made backwards from this day.")
    )
    contracts_end_on = models.DateField(
        _("contracts end without options"),
        null=True,
        blank=True,
        help_text=_("Leave empty when no end is agreed."),
    )
    option_count = models.PositiveSmallIntegerField(_("number of options"), null=True, blank=True)
    option_months = models.PositiveSmallIntegerField(_("length of each option in months"), null=True, blank=True)
    notice_months = models.PositiveSmallIntegerField(_("notice in months"), null=True, blank=True)
    standstill_days = models.PositiveSmallIntegerField(
        _("standstill in days"),
        default=SHORTEST_STANDSTILL_DAYS,
        help_text=_("From the day after the bidders are told until a contract may be made; at least 10."),
    )
    score_max = models.PositiveSmallIntegerField(
        _("highest score"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Bids get from 0 to this many points on each criterion."),
    )
    framework = models.ForeignKey(
        FrameworkAgreement,
        verbose_name=_("framework agreement"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tenders",
        help_text=_("What the tender led to. Leave empty: the award makes it."),
    )
    predecessor_framework = models.ForeignKey(
        FrameworkAgreement,
        verbose_name=_("what is tendered again"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="retenders",
    )
    meetings = models.ManyToManyField(
        CommitteeMeeting, verbose_name=_("committee meetings"), blank=True, related_name="tenders"
    )
    decisions = models.ManyToManyField(Decision, verbose_name=_("decisions"), blank=True, related_name="tenders")
    f2_case_number = models.CharField(
        _("case number in F2"), max_length=40, blank=True, validators=[validate_f2_number]
    )
    edoc_case_number = models.CharField(
        _("case number in eDoc"), max_length=40, blank=True, validators=[validate_edoc_number]
    )
    note = models.TextField(_("note"), blank=True)

    history = HistoricalRecords(m2m_fields=[meetings, decisions])
    objects = TenderQuerySet.as_manager()

    class Meta:
        verbose_name = _("tender")
        verbose_name_plural = _("tenders")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=TenderState.CANCELLED) & ~Q(cancellation_reason="")
                | ~Q(state=TenderState.CANCELLED) & Q(cancellation_reason=""),
                name="tender_cancelled_with_reason",
                violation_error_code="cancellation_reason",
                violation_error_message=_("Say why the tender is cancelled."),
            ),
            models.CheckConstraint(
                condition=Q(standstill_days__gte=SHORTEST_STANDSTILL_DAYS) | Q(regime__in=sorted(WITHOUT_NOTICE)),
                name="tender_standstill_long_enough",
                violation_error_code="standstill_days",
                violation_error_message=_("The standstill is at least 10 days. Write 10 or more."),
            ),
            models.CheckConstraint(
                condition=Q(contracts_end_on__isnull=True)
                | Q(contracts_start_on__isnull=True)
                | Q(contracts_end_on__gte=F("contracts_start_on")),
                name="tender_contracts_end_after_start",
                violation_error_code="contracts_end_on",
                violation_error_message=_("The contracts end before they begin. Correct one of the dates."),
            ),
            options_whole("tender_options_whole"),
            models.CheckConstraint(
                condition=Q(score_max__range=(1, 100)),
                name="tender_score_max",
                violation_error_code="score_max",
                violation_error_message=_("The highest score lies between 1 and 100."),
            ),
            not_negative(
                "estimated_value_dkk",
                name="tender_value_not_negative",
                message=_("The estimated value cannot be negative."),
            ),
            not_negative(
                "ceiling_dkk", name="tender_ceiling_not_negative", message=_("The ceiling cannot be negative.")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING_TENDERS

    @property
    def skippable(self) -> frozenset[Phase]:
        """Return the phases that this tender may leave out."""
        return OPTIONAL_PHASES | NOTICE_PHASES if self.regime in WITHOUT_NOTICE else OPTIONAL_PHASES

    def phases_in_order(self) -> list[TenderPhase]:
        """Return the phases in their order; one query unless they are fetched."""
        return sorted(self.phases.all(), key=lambda phase: phase.place)


class TenderPhase(models.Model):
    """When a phase is planned, and when it was. Saved together with its tender; each tender has all ten."""

    tender = ParentalKey(Tender, verbose_name=_("tender"), on_delete=models.CASCADE, related_name="phases")
    kind = models.CharField(_("phase"), max_length=20, choices=Phase.choices)
    planned_start_on = models.DateField(_("planned start"), null=True, blank=True)
    planned_end_on = models.DateField(_("planned end"), null=True, blank=True)
    started_on = models.DateField(_("begun"), null=True, blank=True)
    ended_on = models.DateField(_("finished"), null=True, blank=True)
    is_skipped = models.BooleanField(_("left out"), default=False)

    history = ChildRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("phase of a tender")
        verbose_name_plural = _("phases of a tender")
        ordering = ["tender", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tender", "kind"],
                name="tender_phase_once",
                violation_error_message=_("The tender already has this phase."),
            ),
            models.CheckConstraint(
                condition=Q(planned_end_on__isnull=True)
                | Q(planned_start_on__isnull=True)
                | Q(planned_end_on__gte=F("planned_start_on")),
                name="tender_phase_planned_in_order",
                violation_error_code="planned_end_on",
                violation_error_message=_("The phase is planned to end before it starts. Correct one of the dates."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(started_on__isnull=False, ended_on__gte=F("started_on")),
                name="tender_phase_ended_after_start",
                violation_error_code="ended_on",
                violation_error_message=_("A phase cannot be finished before it is begun. Choose a later day."),
            ),
            models.CheckConstraint(
                condition=Q(is_skipped=False)
                | Q(kind__in=sorted(OPTIONAL_PHASES | NOTICE_PHASES), started_on__isnull=True),
                name="tender_phase_skippable",
                violation_error_code="is_skipped",
                violation_error_message=_("This phase cannot be left out."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def place(self) -> int:
        """Return the phase's place in the order, from 0."""
        return PHASES.index(Phase(self.kind))

    @property
    def is_open(self) -> bool:
        return self.started_on is not None and self.ended_on is None


@dataclass(frozen=True)
class LotTerms:
    """The terms of a lot's contracts, its own or the tender's."""

    starts_on: dt.date | None
    ends_on: dt.date | None
    option_count: int
    option_months: int | None
    notice_months: int | None


class TenderLot(models.Model):  # type: ignore[django-manager-missing]  # of the clusterable bids
    """What suppliers can win separately. The award makes `lot` of it; terms left empty are the tender's."""

    tender = models.ForeignKey(Tender, verbose_name=_("tender"), on_delete=models.PROTECT, related_name="lots")
    code = models.SlugField(_("code"))
    name = models.CharField(_("name"), max_length=200)
    target_groups = models.ManyToManyField(TargetGroup, verbose_name=_("target groups"), blank=True, related_name="+")
    services = models.ManyToManyField(Service, verbose_name=_("services"), blank=True, related_name="+")
    suppliers_wanted = models.PositiveSmallIntegerField(
        _("number of suppliers"), default=1, help_text=_("How many can win a contract in this lot.")
    )
    estimated_value_dkk = models.DecimalField(
        _("estimated value in DKK"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    ceiling_dkk = models.DecimalField(
        _("ceiling in DKK"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("The most that may be bought in this lot, when the framework has set one."),
    )
    expected_referrals_per_year = models.PositiveIntegerField(
        _("expected referrals a year"), null=True, blank=True, help_text=_("Expected, not guaranteed.")
    )
    starts_on = models.DateField(_("start"), null=True, blank=True, help_text=AS_THE_TENDER)
    ends_on = models.DateField(_("end without options"), null=True, blank=True, help_text=AS_THE_TENDER)
    option_count = models.PositiveSmallIntegerField(
        _("number of options"), null=True, blank=True, help_text=_("Empty: as the tender says. 0: none.")
    )
    option_months = models.PositiveSmallIntegerField(_("length of each option in months"), null=True, blank=True)
    notice_months = models.PositiveSmallIntegerField(
        _("notice in months"), null=True, blank=True, help_text=AS_THE_TENDER
    )
    note = models.TextField(_("note"), blank=True)
    lot = models.OneToOneField(
        Lot,
        verbose_name=_("lot of the framework"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="tender_lot",
    )

    history = HistoricalRecords(m2m_fields=[target_groups, services])
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("tendered lot")
        verbose_name_plural = _("tendered lots")
        ordering = ["tender", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["tender", "code"],
                name="tender_lot_code_unique",
                violation_error_code="code",
                violation_error_message=_("The tender already has a lot with this code."),
            ),
            models.CheckConstraint(
                condition=Q(suppliers_wanted__gte=1),
                name="tender_lot_wants_a_supplier",
                violation_error_code="suppliers_wanted",
                violation_error_message=_("At least one supplier can win a lot."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="tender_lot_ends_after_start",
                violation_error_code="ends_on",
                violation_error_message=_("The contracts end before they begin. Correct one of the dates."),
            ),
            options_whole("tender_lot_options_whole"),
            not_negative(
                "estimated_value_dkk",
                name="tender_lot_value_not_negative",
                message=_("The estimated value cannot be negative."),
            ),
            not_negative(
                "ceiling_dkk", name="tender_lot_ceiling_not_negative", message=_("The ceiling cannot be negative.")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def terms(self) -> LotTerms:
        """Return the lot's own terms, and the tender's where it has none; needs `tender` fetched."""
        tender = self.tender
        options = self if self.option_count is not None else tender
        return LotTerms(
            starts_on=self.starts_on or tender.contracts_start_on,
            ends_on=self.ends_on or tender.contracts_end_on,
            option_count=options.option_count or 0,
            option_months=options.option_months,
            notice_months=self.notice_months if self.notice_months is not None else tender.notice_months,
        )
