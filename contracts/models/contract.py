"""Contracts: one supplier in one lot."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from simple_history.models import HistoricalRecords

from contracts.enums import Party, SharingLevel
from contracts.models.framework import Lot, not_negative
from contracts.models.validity import ContractQuerySet
from contracts.validators import validate_edoc_number, validate_f2_number
from suppliers.models import Supplier


class Contract(ClusterableModel):
    """An open end is legal: the contract stays active until somebody gives notice.

    `ends_on` is the end before options. `effective_ends_on` (after exercised options, amendments and notice, see
    `contracts.terms`) and `run_off_ends_on` are kept by the services and proved by `manage.py check_data`.
    """

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
    ends_on = models.DateField(_("end without options"), null=True, blank=True)
    effective_ends_on = models.DateField(_("end"), null=True, blank=True, editable=False, db_index=True)
    value_dkk = models.DecimalField(
        _("value in DKK"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("The value when the contract was made. Amendments are measured against it."),
    )
    signed_by_municipality_on = models.DateField(_("signed by the municipality"), null=True, blank=True)
    signed_by_supplier_on = models.DateField(_("signed by the supplier"), null=True, blank=True)
    notice_months = models.PositiveSmallIntegerField(
        _("notice in months"), null=True, blank=True, help_text=_("Empty: as the framework agreement says.")
    )
    notice_to_month_end = models.BooleanField(_("notice to the end of a month"), default=True)
    non_terminable_until = models.DateField(_("cannot be terminated before"), null=True, blank=True)
    notice_given_on = models.DateField(_("notice given on"), null=True, blank=True)
    notice_given_by = models.CharField(_("notice given by"), max_length=12, choices=Party.choices, blank=True)
    terminated_to = models.DateField(
        _("terminated to"), null=True, blank=True, help_text=_("The last day of the contract after notice.")
    )
    last_referral_on = models.DateField(_("last referral day"), null=True, blank=True)
    run_off_months = models.PositiveSmallIntegerField(
        _("run-off in months"),
        null=True,
        blank=True,
        help_text=_("How long courses that have begun may go on after the end."),
    )
    run_off_ends_on = models.DateField(_("end of run-off"), null=True, blank=True, editable=False)
    expected_referrals_per_year = models.PositiveIntegerField(
        _("expected referrals a year"), null=True, blank=True, help_text=_("Expected, not guaranteed.")
    )
    sharing_level = models.CharField(
        _("sharing between suppliers"),
        max_length=8,
        choices=SharingLevel.choices,
        default=SharingLevel.NONE,
        help_text=_("What the supplier sees of the other suppliers' results in the lot."),
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("responsible"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty: who is responsible for the framework agreement."),
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

    history = HistoricalRecords()
    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        ordering = ["lot__code", "supplier__name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="contract_ends_after_start",
                violation_error_code="ends_on",
                violation_error_message=_("The contract ends before it starts. Correct one of the dates."),
            ),
            models.UniqueConstraint(
                fields=["supplier", "lot", "starts_on"],
                name="contract_once_per_supplier_lot_and_start",
                violation_error_code="starts_on",
                violation_error_message=_("The supplier already has a contract in this lot from that day."),
            ),
            not_negative("value_dkk", name="contract_value_not_negative", message=_("The value cannot be negative.")),
            models.CheckConstraint(
                condition=Q(notice_given_on__isnull=True, notice_given_by="", terminated_to__isnull=True)
                | (Q(notice_given_on__isnull=False, terminated_to__isnull=False) & ~Q(notice_given_by="")),
                name="contract_notice_whole",
                violation_error_code="notice_given_on",
                violation_error_message=_(
                    "A notice has three parts: the day, who gave it, and the last day of the contract. Fill in all or none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(terminated_to__isnull=True) | Q(terminated_to__gte=F("notice_given_on")),
                name="contract_terminated_after_notice",
                violation_error_code="terminated_to",
                violation_error_message=_("The contract cannot end before notice is given. Correct one of the dates."),
            ),
            models.CheckConstraint(
                condition=Q(last_referral_on__isnull=True) | Q(last_referral_on__gte=F("starts_on")),
                name="contract_last_referral_after_start",
                violation_error_code="last_referral_on",
                violation_error_message=_(
                    "The last referral day lies before the contract starts. Correct one of them."
                ),
            ),
            models.CheckConstraint(
                condition=Q(predecessor__isnull=True) | ~Q(predecessor=F("id")),
                name="contract_not_its_own_predecessor",
                violation_error_code="predecessor",
                violation_error_message=_("A contract cannot follow itself. Choose another predecessor."),
            ),
        ]
        indexes = [models.Index(fields=["lot", "supplier"])]

    def __str__(self) -> str:
        return f"{self.number} {self.supplier}"
