from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.tendering.ranking import Place, Proposal, places, propose, weighted_total
from contracts.tendering.weights import leaves_of, tree_of
from tests.contracts.tendering.test_weights import criterion, whole_levels

points = st.decimals(0, 10, places=2)
totals = st.dictionaries(st.integers(1, 20), st.none() | st.fractions(0, 10, max_denominator=50), max_size=12)


def quality_and_price():
    quality = criterion(1, 60)
    return tree_of([quality, criterion(2, 70, quality), criterion(3, 30, quality), criterion(4, 40)])


def test_points_are_weighted_through_the_tree():
    assert weighted_total(quality_and_price(), {2: Decimal(8), 3: Decimal(6), 4: Decimal("7.5")}) == Fraction("7.44")


@pytest.mark.parametrize("given", [{2: Decimal(8), 3: Decimal(6)}, {2: Decimal(8), 3: None, 4: Decimal(9)}, {}])
def test_a_missing_score_is_not_evaluated_and_never_zero(given):
    assert weighted_total(quality_and_price(), given) is None


def test_without_criteria_there_is_no_total():
    assert weighted_total([], {}) is None


def test_equal_totals_share_a_place():
    assert places({"a": Fraction(7), "b": Fraction(8), "c": Fraction(7), "d": Fraction(5), "e": None}) == {
        "b": Place(1),
        "a": Place(2, is_tied=True),
        "c": Place(2, is_tied=True),
        "d": Place(4),
        "e": Place(None),
    }


@pytest.mark.parametrize(
    ("wanted", "proposal"),
    [
        (1, Proposal(("b",))),
        (2, Proposal(("b",), ("a", "c"))),
        (3, Proposal(("b", "a", "c"))),
        (4, Proposal(("b", "a", "c", "d"))),
        (9, Proposal(("b", "a", "c", "d"))),
    ],
)
def test_the_best_are_proposed_and_a_tie_across_the_last_place_is_left_to_people(wanted, proposal):
    ranked = {"b": Place(1), "a": Place(2, True), "c": Place(2, True), "d": Place(4), "e": Place(None)}
    assert propose(ranked, wanted=wanted) == proposal


@given(whole_levels(), st.data())
def test_a_total_lies_between_the_worst_and_the_best_points(weights, data):
    nodes = tree_of([criterion(number, weight) for number, weight in enumerate(weights, start=1)])
    given_points = {node.criterion.pk: data.draw(points) for node in leaves_of(nodes)}
    total = weighted_total(nodes, given_points)
    assert min(given_points.values()) <= total <= max(given_points.values())
    assert weighted_total(nodes, dict.fromkeys(given_points, Decimal(10))) == 10


@given(totals)
def test_places_agree_with_the_totals(given_totals):
    ranked = places(given_totals)
    assert set(ranked) == set(given_totals)
    for one, total in given_totals.items():
        better = [other for other in given_totals.values() if other is not None and total is not None and other > total]
        same = [other for other in given_totals.values() if other is not None and other == total]
        assert ranked[one] == (Place(None) if total is None else Place(len(better) + 1, is_tied=len(same) > 1))


@given(totals, st.integers(1, 8))
def test_a_proposal_never_passes_over_a_better_bid(given_totals, wanted):
    ranked = places(given_totals)
    proposal = propose(ranked, wanted=wanted)
    assert len(proposal.winners) <= wanted
    chosen = {*proposal.winners, *proposal.undecided}
    worst = max((ranked[key].number for key in chosen), default=0)
    assert all(key in chosen for key, place in ranked.items() if place.number is not None and place.number < worst)
    if proposal.undecided:
        assert len(proposal.winners) < wanted < len(chosen)
