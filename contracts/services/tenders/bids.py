"""Register bids, exclude them, and give them points."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import formats
from django.utils.translation import gettext as _
from simple_history.utils import get_history_manager_for_model

from accounts.models import User
from contracts.enums import BID_MOVES, BidState, TenderState
from contracts.models import AwardCriterion, Bid, BidScore, Tender, TenderLot
from contracts.services.agreements import Related, lock
from contracts.tendering.weights import leaves_of, tree_of
from records.services import delete_record, save_record

TAKES_BIDS = frozenset({TenderState.PUBLISHED, TenderState.EVALUATION})
Cell = tuple[int, int]  # the keys of a bid and a criterion


@dataclass(frozen=True)
class Score:
    """What stands in one cell: points, None while not evaluated, and a comment."""

    points: Decimal | None = None
    comment: str = ""


EMPTY = Score()


class ScoreConflictError(Exception):
    """Somebody else changed some of the same cells meanwhile; `cells` holds what stands there now."""

    def __init__(self, cells: Mapping[Cell, Score]) -> None:
        super().__init__(f"{len(cells)} cells were changed by somebody else")
        self.cells = cells


@transaction.atomic
def save_tender_lot(lot: TenderLot, *, related: Related = None, reason: str = "", by: User | None) -> TenderLot:
    """Save a lot of a tender; raises ValidationError when the tender is closed or the lot has been awarded."""
    lock(lot.tender)
    if not Tender.objects.running().filter(pk=lot.tender_id).exists():
        raise ValidationError(_("The tender is closed, so its lots can no longer be changed."))
    return save_record(lot, related=related, reason=reason, by=by)


@transaction.atomic
def save_bid(bid: Bid, *, related: Related = None, reason: str = "", by: User | None) -> Bid:
    """Register a bid or correct it; raises ValidationError unless the tender takes bids."""
    lock(bid.tender_lot.tender)
    _check_takes_bids(bid.tender_lot.tender_id)
    return save_record(bid, related=related, reason=reason, by=by)


@transaction.atomic
def delete_bid(bid: Bid, *, reason: str = "", by: User | None) -> None:
    """Remove a bid that was registered by mistake; a bid that should not count is excluded instead."""
    lock(bid.tender_lot.tender)
    _check_takes_bids(bid.tender_lot.tender_id)
    delete_record(bid, reason=reason, by=by)


@transaction.atomic
def exclude_bid(bid: Bid, *, reason: str, by: User | None) -> Bid:
    """Exclude a bid from the evaluation; its points stay, and do not count."""
    bid = _fresh(bid)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the bid is excluded.")})
    move(bid, BidState.EXCLUDED)
    bid.exclusion_reason = reason.strip()
    return save_bid(bid, reason=reason[:100], by=by)


@transaction.atomic
def readmit_bid(bid: Bid, *, by: User | None) -> Bid:
    """Take an exclusion back."""
    bid = _fresh(bid)
    if bid.state != BidState.EXCLUDED:
        raise ValidationError(_("The bid is not excluded. Open the page again to see where it stands."))
    bid.exclusion_reason = ""
    leaves = {node.criterion.pk for node in leaves_of(tree_of(bid.tender_lot.tender.criteria.all()))}
    move(bid, scored_state(leaves, {score.criterion_id: score.points for score in bid.scores.all()}))
    return save_bid(bid, reason=_("The exclusion is taken back"), by=by)


@transaction.atomic
def save_scores(
    lot: TenderLot, *, scores: Mapping[Cell, Score], loaded_version: str | None = None, by: User | None
) -> list[Bid]:
    """Write points and comments in a lot's grid, and return the bids that changed.

    Several people evaluate at once: only cells that this person changed since `loaded_version` are written, and
    ScoreConflictError is raised, and nothing written, when somebody else has changed one of those to something else.
    Raises ValidationError when the tender is not being evaluated or points are off the scale.
    """
    lock(lot.tender)
    tender = Tender._base_manager.get(pk=lot.tender_id)
    if tender.state != TenderState.EVALUATION:
        raise ValidationError(_("Points are given while bids are evaluated. Begin the phase “Evaluation” first."))
    bids = {bid.pk: bid for bid in lot.bids.select_related("supplier").prefetch_related("scores")}
    leaves = {node.criterion.pk: node.criterion for node in leaves_of(tree_of(tender.criteria.all()))}
    current = {(pk, score.criterion_id): _cell(score) for pk, bid in bids.items() for score in bid.scores.all()}
    loaded = current if loaded_version is None else scores_at(lot, loaded_version)
    known = {cell: score for cell, score in scores.items() if cell[0] in bids and cell[1] in leaves}
    changed = {cell: score for cell, score in known.items() if score != loaded.get(cell, EMPTY)}
    _check_points(changed, tender, bids, leaves)
    contested = {
        cell: current.get(cell, EMPTY) for cell, score in changed.items() if _is_contested(cell, score, current, loaded)
    }
    if contested:
        raise ScoreConflictError(contested)
    touched = {cell[0] for cell, score in changed.items() if score != current.get(cell, EMPTY)}
    return [
        _write(bids[pk], {cell[1]: score for cell, score in changed.items() if cell[0] == pk}, leaves, by=by)
        for pk in bids
        if pk in touched
    ]


def scores_version(lot: TenderLot) -> str:
    """Return what identifies the points of a lot as they are now, to be given back when they are saved."""
    history = get_history_manager_for_model(BidScore).filter(bid_id__in=lot.bids.values("pk"))
    return str(history.aggregate(newest=models.Max("history_id"))["newest"] or 0)


def scores_at(lot: TenderLot, version: str) -> dict[Cell, Score]:
    """Return the points of a lot as they were in a version that somebody loaded; one query."""
    number = int(version) if version.isdigit() else 0
    history = get_history_manager_for_model(BidScore).filter(bid_id__in=lot.bids.values("pk"))
    cells: dict[Cell, Score] = {}
    for row in history.filter(history_id__lte=number).order_by("history_id"):
        gone = row.history_type == "-"
        cells[row.bid_id, row.criterion_id] = EMPTY if gone else _cell(row)
    return cells


def scored_state(leaves: Collection[int], points: Mapping[int, Decimal | None]) -> BidState:
    """Return whether there are points on every criterion that is scored."""
    is_whole = bool(leaves) and all(points.get(criterion) is not None for criterion in leaves)
    return BidState.EVALUATED if is_whole else BidState.RECEIVED


def move(bid: Bid, state: BidState) -> None:
    """Give the bid a state in memory; raises ValidationError when it cannot go there from where it stands."""
    if state == bid.state:
        return
    if state not in BID_MOVES[BidState(bid.state)]:
        raise ValidationError(
            _("The bid from %(supplier)s is “%(old)s” and cannot become “%(new)s”.")
            % {"supplier": bid.supplier, "old": bid.get_state_display(), "new": state.label}
        )
    bid.state = state


def _write(bid: Bid, scores: Mapping[int, Score], leaves: Collection[int], *, by: User | None) -> Bid:
    """Put points on the criteria of a bid; whether it is evaluated follows from them."""
    rows = {row.criterion_id: row for row in bid.scores.all()}
    for criterion, score in scores.items():
        row = rows.setdefault(criterion, BidScore(criterion_id=criterion))
        row.points, row.comment = score.points, score.comment
    kept = {criterion: row for criterion, row in rows.items() if _cell(row) != EMPTY}
    bid.scores.set(list(kept.values()))
    if bid.state != BidState.EXCLUDED:
        move(bid, scored_state(leaves, {criterion: row.points for criterion, row in kept.items()}))
    return save_record(bid, by=by)


def _cell(score: BidScore) -> Score:
    return Score(score.points, score.comment)


def _is_contested(cell: Cell, mine: Score, current: Mapping[Cell, Score], loaded: Mapping[Cell, Score]) -> bool:
    now = current.get(cell, EMPTY)
    return now != loaded.get(cell, EMPTY) and now != mine


def _check_points(
    scores: Mapping[Cell, Score], tender: Tender, bids: Mapping[int, Bid], leaves: Mapping[int, AwardCriterion]
) -> None:
    problems = [
        _("%(supplier)s, %(criterion)s: %(points)s is not on the scale from 0 to %(max)s.")
        % {
            "supplier": bids[bid].supplier,
            "criterion": leaves[criterion],
            "points": formats.number_format(score.points),
            "max": tender.score_max,
        }
        for (bid, criterion), score in scores.items()
        if score.points is not None and not 0 <= score.points <= tender.score_max
    ]
    if problems:
        raise ValidationError(problems)


def _check_takes_bids(tender_id: int) -> None:
    if not Tender.objects.filter(pk=tender_id, state__in=TAKES_BIDS).exists():
        raise ValidationError(
            _("Bids are registered from the publication until the award. Begin the phase “Publication” first.")
        )


def _fresh(bid: Bid) -> Bid:
    lock(bid)
    return Bid._base_manager.select_related("tender_lot__tender", "supplier").get(pk=bid.pk)
