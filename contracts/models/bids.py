"""What decides a tender: criteria with weights, and the bids with their scores."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from simple_history.models import HistoricalRecords

from contracts.enums import BidState, CriterionKind
from contracts.models.contract import Contract
from contracts.models.framework import not_negative
from contracts.models.prices import PriceLine, price_constraints
from contracts.models.tenders import Tender, TenderLot
from records.history import ChildRecords
from records.querysets import RecordQuerySet
from suppliers.models import Supplier


class AwardCriterion(models.Model):
    """A criterion, or a sub-criterion of its `parent`. Weights sum to 100 at each level when the tender is published."""

    tender = models.ForeignKey(Tender, verbose_name=_("tender"), on_delete=models.PROTECT, related_name="criteria")
    parent = models.ForeignKey(
        "self",
        verbose_name=_("sub-criterion of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    kind = models.CharField(_("kind"), max_length=10, choices=CriterionKind.choices, default=CriterionKind.QUALITY)
    name = models.CharField(_("name"), max_length=200)
    weight_percent = models.DecimalField(
        _("weight in percent"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    position = models.PositiveSmallIntegerField(_("place"), default=0)

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("award criterion")
        verbose_name_plural = _("award criteria")
        ordering = ["tender", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weight_percent__range=(0, 100)),
                name="criterion_weight_is_a_percentage",
                violation_error_code="weight_percent",
                violation_error_message=_("A weight is a percentage from 0 to 100."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="criterion_not_its_own_parent",
                violation_error_code="parent",
                violation_error_message=_("A criterion cannot lie below itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Bid(ClusterableModel):
    """One supplier's bid in one lot. The award makes `contract` of a bid that won."""

    tender_lot = models.ForeignKey(TenderLot, verbose_name=_("lot"), on_delete=models.PROTECT, related_name="bids")
    supplier = models.ForeignKey(Supplier, verbose_name=_("supplier"), on_delete=models.PROTECT, related_name="bids")
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    state = models.CharField(
        _("state"), max_length=10, choices=BidState.choices, default=BidState.RECEIVED, editable=False
    )
    exclusion_reason = models.TextField(_("why it was excluded"), blank=True, editable=False)
    price_dkk = models.DecimalField(
        _("price in DKK"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("The price by which bids are compared, for the whole period."),
    )
    note = models.TextField(_("note"), blank=True)
    contract = models.OneToOneField(
        Contract,
        verbose_name=_("contract"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="bid",
    )

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("bid")
        verbose_name_plural = _("bids")
        ordering = ["tender_lot", "supplier__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["tender_lot", "supplier"],
                name="bid_once_per_lot_and_supplier",
                violation_error_code="supplier",
                violation_error_message=_("The supplier already has a bid in this lot. Edit that one."),
            ),
            models.CheckConstraint(
                condition=Q(state=BidState.EXCLUDED) & ~Q(exclusion_reason="")
                | ~Q(state=BidState.EXCLUDED) & Q(exclusion_reason=""),
                name="bid_excluded_with_reason",
                violation_error_message=_("Say why the bid is excluded."),
            ),
            models.CheckConstraint(
                condition=Q(contract__isnull=True) | Q(state=BidState.WON),
                name="bid_with_contract_has_won",
                violation_error_message=_("Only a bid that won has a contract."),
            ),
            not_negative("price_dkk", name="bid_total_not_negative", message=_("The price cannot be negative.")),
        ]

    def __str__(self) -> str:
        return str(self.supplier)


class BidPrice(PriceLine):
    """What one service costs in a bid; a price line of the contract if the bid wins."""

    bid = ParentalKey(Bid, verbose_name=_("bid"), on_delete=models.CASCADE, related_name="prices")

    history = ChildRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("price in a bid")
        verbose_name_plural = _("prices in a bid")
        ordering = ["bid", "service__name", "valid_from", "pk"]
        constraints = price_constraints("bid_price")


class BidScore(models.Model):
    """The points of a bid on one criterion without sub-criteria; a missing row is not evaluated, and never 0."""

    bid = ParentalKey(Bid, verbose_name=_("bid"), on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(
        AwardCriterion, verbose_name=_("criterion"), on_delete=models.PROTECT, related_name="scores"
    )
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2, null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True)

    history = ChildRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("score of a bid")
        verbose_name_plural = _("scores of a bid")
        ordering = ["bid", "criterion", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bid", "criterion"],
                name="bid_scored_once_per_criterion",
                violation_error_code="criterion",
                violation_error_message=_("The bid already has a score on this criterion."),
            ),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__gte=0),
                name="bid_score_not_negative",
                violation_error_code="points",
                violation_error_message=_("Points cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points if self.points is not None else '–'}"
