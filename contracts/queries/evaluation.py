"""Where the bids of a tender stand: points, totals and places, lot by lot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from contracts.enums import BidState
from contracts.models import Bid, BidScore, Tender, TenderLot
from contracts.tendering.ranking import Place, places, propose, weighted_total
from contracts.tendering.weights import Node, tree_of

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class RankedBid:
    """A bid with its points by criterion, its weighted total and its place; None where it is not evaluated."""

    bid: Bid
    scores: dict[int, BidScore]
    exact_total: Fraction | None
    place: Place
    is_proposed: bool = False
    is_undecided: bool = False

    @property
    def total(self) -> Decimal | None:
        return None if self.exact_total is None else rounded(self.exact_total)

    @property
    def is_excluded(self) -> bool:
        return self.bid.state == BidState.EXCLUDED

    @property
    def has_won(self) -> bool:
        return self.bid.state == BidState.WON

    @property
    def missing_scores(self) -> bool:
        return self.exact_total is None and not self.is_excluded


@dataclass(frozen=True)
class LotRanking:
    """A lot with its bids, the best first; those without a place last, the excluded at the very end."""

    lot: TenderLot
    bids: list[RankedBid]

    @property
    def winners(self) -> list[RankedBid]:
        return [ranked for ranked in self.bids if ranked.has_won]

    @property
    def is_decided(self) -> bool:
        """Tell whether every bid is chosen, not chosen or excluded."""
        undecided = {BidState.RECEIVED, BidState.EVALUATED}
        return bool(self.bids) and not any(ranked.bid.state in undecided for ranked in self.bids)

    @property
    def undecided(self) -> list[RankedBid]:
        return [ranked for ranked in self.bids if ranked.is_undecided]


def rankings_of(tender: Tender) -> list[LotRanking]:
    """Return the ranking of each lot, in five queries however many lots and bids there are."""
    nodes = tree_of(tender.criteria.all())
    lots = tender.lots.select_related("tender").prefetch_related("bids__supplier", "bids__scores")
    return [rank_lot(lot, list(lot.bids.all()), nodes) for lot in lots]


def rank_lot(lot: TenderLot, bids: Sequence[Bid], nodes: Sequence[Node]) -> LotRanking:
    """Return the ranking of a lot's bids; excluded ones take no part in it."""
    scores = {bid.pk: {score.criterion_id: score for score in bid.scores.all()} for bid in bids}
    points = {pk: {criterion: score.points for criterion, score in rows.items()} for pk, rows in scores.items()}
    counting = [bid for bid in bids if bid.state != BidState.EXCLUDED]
    totals = {bid.pk: weighted_total(nodes, points[bid.pk]) for bid in counting}
    ranked = places(totals)
    proposal = propose(ranked, wanted=lot.suppliers_wanted)
    rows = [
        RankedBid(
            bid,
            scores[bid.pk],
            totals.get(bid.pk),
            ranked.get(bid.pk, Place(None)),
            is_proposed=bid.pk in proposal.winners,
            is_undecided=bid.pk in proposal.undecided,
        )
        for bid in bids
    ]
    return LotRanking(lot, sorted(rows, key=_order))


def _order(ranked: RankedBid) -> tuple[bool, bool, int, str]:
    return ranked.is_excluded, ranked.place.number is None, ranked.place.number or 0, ranked.bid.supplier.name


def rounded(total: Fraction) -> Decimal:
    """Return a total with two decimals, as it is shown; comparisons are made with the exact one."""
    return (Decimal(total.numerator) / Decimal(total.denominator)).quantize(HUNDREDTH, ROUND_HALF_UP)
