from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from contracts.enums import BidState, Phase
from contracts.models import Bid
from contracts.queries.evaluation import rankings_of
from contracts.services.tenders import choose_winners, exclude_bid, save_tender_lot
from contracts.tendering.ranking import Place
from tests.contracts.tenders import bring_to, evaluated, published, score, with_bid, with_lot

pytestmark = pytest.mark.django_db


def bid_of(held, name):
    return Bid.objects.get(tender_lot__tender=held, supplier__name=name)


def states(held):
    return dict(Bid.objects.filter(tender_lot__tender=held).values_list("supplier__name", "state"))


def refusal_of(held, *names, reason=""):
    with pytest.raises(ValidationError) as refusal:
        choose_winners(held, winners=[bid_of(held, name).pk for name in names], reason=reason, by=None)
    return refusal.value.messages


def test_the_ranking_names_totals_places_and_whom_it_proposes(django_assert_num_queries):
    held = evaluated()
    with django_assert_num_queries(5):
        (ranking,) = rankings_of(held)
    assert [(row.bid.supplier.name, row.total, row.place, row.is_proposed) for row in ranking.bids] == [
        ("Birk", Decimal("8.02"), Place(1), True),
        ("Asp", Decimal("6.80"), Place(2), False),
    ]


def test_the_number_of_queries_does_not_grow_with_lots_and_bids(django_assert_num_queries):
    held = published()
    for code in ("b", "c"):
        lot = with_lot(held, code)
        for number in range(3):
            with_bid(lot, f"{code}{number}")
    with django_assert_num_queries(5):
        assert [len(ranking.bids) for ranking in rankings_of(held)] == [0, 3, 3]


def test_who_is_not_chosen_is_told_apart_from_who_is_excluded():
    held = evaluated()
    cypres = with_bid(held.lots.get(), "Cypres")
    exclude_bid(cypres, reason="Mangler ESPD", by=None)
    choose_winners(held, winners=[bid_of(held, "Birk").pk], by=None)
    assert states(held) == {"Asp": BidState.LOST, "Birk": BidState.WON, "Cypres": BidState.EXCLUDED}


def test_a_choice_can_be_changed_while_bids_are_evaluated():
    held = evaluated()
    choose_winners(held, winners=[bid_of(held, "Birk").pk], by=None)
    choose_winners(held, winners=[bid_of(held, "Asp").pk], reason="Birk trak sit tilbud", by=None)
    assert states(held) == {"Asp": BidState.WON, "Birk": BidState.LOST}
    assert bid_of(held, "Asp").history.latest().history_change_reason == "Birk trak sit tilbud"


def test_a_better_bid_is_not_passed_over_in_silence():
    assert refusal_of(evaluated(), "Asp") == [
        "a Område a: Birk er placeret bedre end et tilbud, der er valgt. Skriv, hvorfor det ikke er valgt."
    ]


def test_no_more_win_than_are_wanted():
    held = evaluated()
    assert refusal_of(held, "Asp", "Birk") == [
        "a Område a: der er valgt 2 tilbud, men der ønskes kun 1 leverandør. Vælg færre, eller ret området."
    ]
    lot = held.lots.get()
    lot.suppliers_wanted = 2
    save_tender_lot(lot, by=None)
    choose_winners(held, winners=[bid_of(held, name).pk for name in ("Asp", "Birk")], by=None)
    assert states(held) == {"Asp": BidState.WON, "Birk": BidState.WON}


def test_nobody_wins_while_a_bid_is_not_evaluated():
    held = evaluated()
    with_bid(held.lots.get(), "Cypres")
    assert refusal_of(held, "Birk") == [
        "a Område a: tilbuddet fra Cypres har ingen plads i rangordenen. Evaluér det, eller udeluk det."
    ]


def test_an_excluded_bid_does_not_win():
    held = evaluated()
    exclude_bid(bid_of(held, "Asp"), reason="Mangler ESPD", by=None)
    assert "Asp har ingen plads" in refusal_of(held, "Asp")[0]


def test_a_lot_may_go_without_a_winner():
    held = published()
    with_bid(held.lots.get(), "Asp")
    held = bring_to(held, Phase.EVALUATION)
    choose_winners(held, winners=[], by=None)
    assert states(held) == {"Asp": BidState.LOST}


def test_winners_wait_for_the_evaluation():
    held = published()
    with_bid(held.lots.get(), "Asp")
    assert "Begynd fasen “Evaluering”" in refusal_of(held, "Asp")[0]


def test_new_points_open_the_choice_again():
    held = evaluated()
    choose_winners(held, winners=[bid_of(held, "Birk").pk], by=None)
    score(bid_of(held, "Birk"), 1, 1, 1)
    assert states(held) == {"Asp": BidState.LOST, "Birk": BidState.EVALUATED}


def test_a_tie_across_the_last_place_is_left_to_people():
    held = evaluated()
    score(bid_of(held, "Asp"), 9, 8, 7)
    (ranking,) = rankings_of(held)
    assert [(row.place, row.is_proposed, row.is_undecided) for row in ranking.bids] == [
        (Place(1, True), False, True)
    ] * 2
