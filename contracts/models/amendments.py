"""Changes to contracts and frameworks, and the law that each rests on."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from committees.models import Decision
from contracts.enums import SIGNED_AMENDMENTS, AmendmentState
from contracts.models.agreed_terms import TermsField
from contracts.models.contract import Contract
from contracts.models.documents import Document, one_of
from contracts.models.framework import FrameworkAgreement
from records.querysets import RecordQuerySet


class LegalBasis(models.Model):
    """A paragraph that allows a change without a new tender, and how much it allows.

    Data and not code: the law changes, and a municipality may set its own, narrower share.
    """

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    paragraph = models.CharField(_("paragraph"), max_length=60, blank=True)
    limit_percent = models.DecimalField(
        _("limit in percent of the value"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text=_("The most that changes on this basis may come to. Empty: no limit."),
    )
    is_cumulative = models.BooleanField(
        _("counted together"),
        default=True,
        help_text=_("All changes on this basis count together against the limit. Else each is measured alone."),
    )

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        ordering = ["paragraph", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(limit_percent__isnull=True) | Q(limit_percent__range=(0, 100)),
                name="legal_basis_limit_percent",
                violation_error_code="limit_percent",
                violation_error_message=_("The limit is a percentage from 0 to 100."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.paragraph} {self.name}".strip()


class Amendment(models.Model):
    """A change to the terms of one contract or one framework.

    `base_terms` is what the terms were when the draft was begun and `terms` the editable copy; what differs is the
    change. On the day that it takes effect the difference is merged into the agreement (`contracts.services.amendments`);
    until then it is agreed, and only the agreement's end counts with it (`contracts.queries.coming`).
    """

    contract = models.ForeignKey(
        Contract, verbose_name=_("contract"), null=True, blank=True, on_delete=models.PROTECT, related_name="amendments"
    )
    framework = models.ForeignKey(
        FrameworkAgreement,
        verbose_name=_("framework agreement"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="amendments",
    )
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    legal_basis = models.ForeignKey(
        LegalBasis, verbose_name=_("legal basis"), on_delete=models.PROTECT, related_name="amendments"
    )
    rationale = models.TextField(_("rationale"))
    value_dkk = models.DecimalField(
        _("value in DKK"),
        max_digits=14,
        decimal_places=2,
        default=0,
        help_text=_("What the change adds to the value; negative when it takes away. Both count as change."),
    )
    effective_on = models.DateField(_("effective from"))
    state = models.CharField(_("state"), max_length=10, choices=AmendmentState.choices, default=AmendmentState.DRAFT)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    document = models.ForeignKey(
        Document,
        verbose_name=_("signed document"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="amendments",
    )
    decision = models.ForeignKey(
        Decision, verbose_name=_("decision"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    justification = models.TextField(
        _("reason in spite of the warning"),
        blank=True,
        help_text=_("Why the amendment is right although it passes a limit."),
    )
    base_terms = TermsField(_("terms before"), default=dict, blank=True, editable=False)
    terms = TermsField(_("terms after"), default=dict, blank=True, editable=False)

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["contract", "framework", "number"]
        constraints = [
            one_of(
                "contract",
                "framework",
                name="amendment_changes_one",
                message=_("An amendment changes one contract or one framework agreement. Choose one of them."),
            ),
            models.UniqueConstraint(
                fields=["contract", "number"],
                name="amendment_number_unique_in_contract",
                violation_error_code="number",
                violation_error_message=_("The contract already has an amendment with this number."),
            ),
            models.UniqueConstraint(
                fields=["framework", "number"],
                name="amendment_number_unique_in_framework",
                violation_error_code="number",
                violation_error_message=_("The framework agreement already has an amendment with this number."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(SIGNED_AMENDMENTS)) | Q(signed_on__isnull=False),
                name="amendment_in_force_is_signed",
                violation_error_code="signed_on",
                violation_error_message=_("An amendment comes into force when it is signed. Write the day."),
            ),
        ]

    def __str__(self) -> str:
        return _("Amendment %(number)s: %(title)s") % {"number": self.number, "title": self.title}

    @property
    def is_draft(self) -> bool:
        return self.state == AmendmentState.DRAFT

    @property
    def is_agreed(self) -> bool:
        """Tell whether it is signed and waits for its day."""
        return self.state == AmendmentState.AGREED

    @property
    def target(self) -> Contract | FrameworkAgreement:
        return self.contract or self.framework  # type: ignore[return-value]
