from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from contracts.enums import BidState, Phase, TenderState
from contracts.models import Bid, BidScore, TenderLot
from contracts.services.tenders import (
    Score,
    ScoreConflictError,
    cancel_tender,
    delete_bid,
    exclude_bid,
    readmit_bid,
    save_scores,
    save_tender_lot,
    scores_version,
)
from records.versions import entries_of
from tests.contracts.tenders import (
    bring_to,
    evaluated,
    published,
    score,
    standing_still,
    tender,
    with_bid,
    with_criteria,
    with_lot,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lot() -> TenderLot:
    """A lot in evaluation whose two bids have no points yet."""
    held = published()
    lot = held.lots.get()
    with_bid(lot, "Asp")
    with_bid(lot, "Birk")
    bring_to(held, Phase.EVALUATION)
    return lot


def cells_of(lot: TenderLot) -> dict[str, tuple[int, int]]:
    """Return the cells of the first bid by the name of the criterion."""
    bid = lot.bids.get(supplier__name="Asp")
    return {row.name: (bid.pk, row.pk) for row in lot.tender.criteria.all()}


def test_bids_wait_for_the_publication():
    held = tender()
    with_criteria(held)
    with pytest.raises(ValidationError, match="Begynd fasen “Offentliggørelse”"):
        with_bid(with_lot(held), "Asp")


def test_bids_are_fixed_when_winners_are_told():
    bid = Bid.objects.get(tender_lot__tender=standing_still(), supplier__name="Asp")
    for change in (
        lambda: exclude_bid(bid, reason="For sent", by=None),
        lambda: delete_bid(bid, by=None),
        lambda: score(bid, 1, 1, 1),
    ):
        with pytest.raises(ValidationError):
            change()


def test_a_supplier_has_one_bid_in_a_lot(lot):
    with pytest.raises(ValidationError, match="har allerede et tilbud"):
        Bid(tender_lot=lot, supplier=lot.bids.first().supplier).full_clean()


def test_lots_of_a_closed_tender_stay():
    held = cancel_tender(published(), reason="Ingen midler", by=None)
    with pytest.raises(ValidationError, match="Udbuddet er lukket"):
        save_tender_lot(held.lots.get(), by=None)


def test_a_bid_is_excluded_with_a_reason_and_taken_back(lot):
    bid = lot.bids.get(supplier__name="Asp")
    with pytest.raises(ValidationError, match="hvorfor tilbuddet udelukkes"):
        exclude_bid(bid, reason="", by=None)
    assert exclude_bid(bid, reason="Mangler ESPD", by=None).state == BidState.EXCLUDED
    bid = readmit_bid(bid, by=None)
    assert (bid.state, bid.exclusion_reason) == (BidState.RECEIVED, "")
    with pytest.raises(ValidationError, match="ikke udelukket"):
        readmit_bid(bid, by=None)


def test_a_bid_with_all_its_points_comes_back_as_evaluated():
    bid = Bid.objects.get(tender_lot__tender=evaluated(), supplier__name="Asp")
    exclude_bid(bid, reason="Mangler ESPD", by=None)
    assert readmit_bid(bid, by=None).state == BidState.EVALUATED


def test_a_bid_is_evaluated_when_no_score_is_missing(lot):
    bid = lot.bids.get(supplier__name="Asp")
    score(bid, 8, None, 6)
    bid.refresh_from_db()
    assert (bid.state, bid.scores.count()) == (BidState.RECEIVED, 2)
    score(bid, 8, 0, 6)
    bid.refresh_from_db()
    assert (bid.state, bid.scores.count()) == (BidState.EVALUATED, 3)
    score(bid, 8, None, 6)
    bid.refresh_from_db()
    assert (bid.state, bid.scores.count()) == (BidState.RECEIVED, 2)


@pytest.mark.parametrize("points", ["-0.01", "10.01"])
def test_points_lie_on_the_scale(lot, points):
    with pytest.raises(ValidationError, match="skalaen fra 0 til 10"):
        save_scores(lot, scores={cells_of(lot)["Price"]: Score(Decimal(points))}, by=None)
    assert not BidScore.objects.exists()


def test_only_criteria_without_sub_criteria_and_bids_of_the_lot_are_scored(lot):
    strange = (lot.bids.first().pk + 1000, cells_of(lot)["Price"][1])
    save_scores(lot, scores={cells_of(lot)["Quality"]: Score(Decimal(5)), strange: Score(Decimal(5))}, by=None)
    assert not BidScore.objects.exists()


def test_points_wait_for_the_evaluation():
    held = published()
    bid = with_bid(held.lots.get(), "Asp")
    with pytest.raises(ValidationError, match="Begynd fasen “Evaluering”"):
        score(bid, 1, 2, 3)
    assert held.state == TenderState.PUBLISHED


def test_a_change_of_points_stands_in_the_history_of_the_bid(lot, officer):
    save_scores(lot, scores={cells_of(lot)["Price"]: Score(Decimal(7), "Klar prisstruktur")}, by=officer)
    entry = entries_of(Bid, lot.bids.get(supplier__name="Asp").pk)[0]
    assert entry.by == officer
    assert [(change.label, change.new) for change in entry.changes] == [
        ("Tilbuds point", "Price · 7 · Klar prisstruktur")
    ]


def test_two_evaluate_different_criteria_at_once(lot):
    cells, loaded = cells_of(lot), scores_version(lot)
    both = {cells["Staff"]: Score(), cells["Price"]: Score()}
    save_scores(lot, scores=both | {cells["Staff"]: Score(Decimal(8))}, loaded_version=loaded, by=None)
    save_scores(lot, scores=both | {cells["Price"]: Score(Decimal(6))}, loaded_version=loaded, by=None)
    assert sorted(BidScore.objects.values_list("criterion__name", "points")) == [("Price", 6), ("Staff", 8)]


def test_two_who_change_the_same_points_are_told(lot):
    cell, loaded = cells_of(lot)["Staff"], scores_version(lot)
    save_scores(lot, scores={cell: Score(Decimal(8))}, loaded_version=loaded, by=None)
    with pytest.raises(ScoreConflictError) as conflict:
        save_scores(lot, scores={cell: Score(Decimal(3))}, loaded_version=loaded, by=None)
    assert conflict.value.cells == {cell: Score(Decimal(8))}
    assert BidScore.objects.get().points == 8


def test_two_who_agree_are_not_disturbed(lot):
    cell, loaded = cells_of(lot)["Staff"], scores_version(lot)
    save_scores(lot, scores={cell: Score(Decimal(8))}, loaded_version=loaded, by=None)
    assert save_scores(lot, scores={cell: Score(Decimal(8))}, loaded_version=loaded, by=None) == []
