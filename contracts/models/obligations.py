"""What an agreement requires of a party, and when: rules, and the dated occurrences that follow from them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from simple_history.models import HistoricalRecords

from accounts.models import User
from committees.models import Decision
from contracts.enums import ObligationKind, OccurrenceState, Party
from contracts.models.contract import Contract
from contracts.models.documents import one_of
from contracts.models.framework import FrameworkAgreement, Lot
from contracts.models.occurrences import ObligationQuerySet, OccurrenceQuerySet
from records.history import ChildRecords
from records.querysets import RecordQuerySet


class ObligationRule(models.Model):
    """When something is due: first on a day, or so many days after the start; then every so many months, or once."""

    kind = models.CharField(_("kind"), max_length=20, choices=ObligationKind.choices, default=ObligationKind.OTHER)
    title = models.CharField(_("title"), max_length=200)
    party = models.CharField(_("who must do it"), max_length=12, choices=Party.choices, default=Party.SUPPLIER)
    description = models.TextField(_("description"), blank=True)
    first_due_on = models.DateField(_("first due on"), null=True, blank=True)
    days_after_start = models.PositiveSmallIntegerField(
        _("or so many days after the start"),
        null=True,
        blank=True,
        help_text=_("Counted from the agreement's first day."),
    )
    every_months = models.PositiveSmallIntegerField(
        _("then every so many months"), null=True, blank=True, help_text=_("12 is yearly, 3 quarterly. Empty: once.")
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


def _rule_constraints(name: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(
            condition=Q(first_due_on__isnull=False, days_after_start__isnull=True)
            | Q(first_due_on__isnull=True, days_after_start__isnull=False),
            name=f"{name}_first_due_once",
            violation_error_code="first_due_on",
            violation_error_message=_("Say when it is first due: either a day, or so many days after the start."),
        ),
        models.CheckConstraint(
            condition=Q(every_months__isnull=True) | Q(every_months__gte=1),
            name=f"{name}_recurs_by_months",
            violation_error_code="every_months",
            violation_error_message=_("It recurs after at least one month. Leave it empty when it is due once."),
        ),
    ]


class ObligationSet(ClusterableModel):
    """Obligations that come together: attached to a lot, they flow to each of its contracts."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    lots = models.ManyToManyField(Lot, verbose_name=_("lots"), blank=True, related_name="obligation_sets")
    decision = models.ForeignKey(
        Decision, verbose_name=_("decision"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    history = HistoricalRecords(m2m_fields=[lots])
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("set of obligations")
        verbose_name_plural = _("sets of obligations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ObligationTemplate(ObligationRule):
    """One obligation of a set."""

    obligation_set = ParentalKey(
        ObligationSet, verbose_name=_("set of obligations"), on_delete=models.CASCADE, related_name="templates"
    )

    history = ChildRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("obligation of a set")
        verbose_name_plural = _("obligations of a set")
        ordering = ["obligation_set", "kind", "pk"]
        constraints = _rule_constraints("obligation_template")


class Obligation(ObligationRule):
    """What one contract or one framework requires; `template` when it flowed from a set.

    `follows_set` ends when somebody changes it for this contract. `withdrawn_on` is kept by the flow: the day on which the
    set, or this obligation of it, was taken away; what was fulfilled stays.
    """

    contract = models.ForeignKey(
        Contract,
        verbose_name=_("contract"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="obligations",
    )
    framework = models.ForeignKey(
        FrameworkAgreement,
        verbose_name=_("framework agreement"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="obligations",
    )
    template = models.ForeignKey(
        ObligationTemplate,
        verbose_name=_("from the set"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="obligations",
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("followed up by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decision = models.ForeignKey(
        Decision,
        verbose_name=_("decision"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="obligations",
        help_text=_("Where it was decided."),
    )
    ends_on = models.DateField(
        _("no longer required after"), null=True, blank=True, help_text=_("Empty: as long as the agreement runs.")
    )
    follows_set = models.BooleanField(_("follows the set"), default=True, editable=False)
    withdrawn_on = models.DateField(_("taken out of the set"), null=True, blank=True, editable=False)

    history = HistoricalRecords()
    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")
        ordering = ["kind", "title", "pk"]
        # A page of the register is read along the index: sorting twenty thousand first took half a second.
        indexes = [models.Index(fields=["kind", "title", "id"])]
        constraints = [
            *_rule_constraints("obligation"),
            one_of(
                "contract",
                "framework",
                name="obligation_of_one",
                message=_("An obligation follows from one contract or one framework agreement. Choose one of them."),
            ),
            models.UniqueConstraint(
                fields=["contract", "template"],
                name="obligation_flows_once",
                violation_error_message=_("The contract already has this obligation of the set."),
            ),
        ]

    @property
    def source(self) -> Contract | FrameworkAgreement:
        return self.contract or self.framework  # type: ignore[return-value]

    @property
    def followed_up_by(self) -> User | None:
        """Return its owner, else who is responsible for the contract, else for the framework; needs them fetched."""
        framework = self.contract.lot.framework if self.contract else self.framework
        return self.owner or (self.contract and self.contract.responsible) or (framework and framework.responsible)

    @property
    def is_once(self) -> bool:
        return self.every_months is None


class ObligationOccurrence(models.Model):
    """One time that an obligation is due. Its due date never drifts: it is counted from the first one."""

    obligation = models.ForeignKey(
        Obligation, verbose_name=_("obligation"), on_delete=models.PROTECT, related_name="occurrences"
    )
    due_on = models.DateField(_("due on"), db_index=True)
    state = models.CharField(_("state"), max_length=10, choices=OccurrenceState.choices, default=OccurrenceState.OPEN)
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    evidence_type = models.ForeignKey(
        ContentType,
        verbose_name=_("kind of evidence"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    evidence_id = models.PositiveBigIntegerField(_("evidence"), null=True, blank=True)
    evidence = GenericForeignKey("evidence_type", "evidence_id")
    note = models.CharField(_("note"), max_length=250, blank=True)

    history = HistoricalRecords()
    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("occurrence of an obligation")
        verbose_name_plural = _("occurrences of obligations")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["obligation", "due_on"], name="occurrence_due_once_a_day"),
            models.CheckConstraint(
                condition=Q(state=OccurrenceState.OPEN, settled_on__isnull=True)
                | (~Q(state=OccurrenceState.OPEN) & Q(settled_on__isnull=False)),
                name="occurrence_settled_has_day",
                violation_error_code="settled_on",
                violation_error_message=_("Write the day on which it was fulfilled or waived."),
            ),
            models.CheckConstraint(
                condition=~Q(state=OccurrenceState.WAIVED) | ~Q(note=""),
                name="occurrence_waived_with_reason",
                violation_error_code="note",
                violation_error_message=_("Say why the obligation is waived this time."),
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"])]

    def __str__(self) -> str:
        return f"{self.obligation}, {formats.date_format(self.due_on)}"

    @property
    def is_open(self) -> bool:
        return self.state == OccurrenceState.OPEN
