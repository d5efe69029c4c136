import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.statistics import RankInterval, placements, rank_intervals
from tests.results.statistics.worked import near, worked

TIED = (1, 3, 4, 4, 4, 7, 7, 10)


@worked("rank_interval_pairwise_bonferroni")
def test_worked_example(case):
    inputs, expected = case["inputs"], case["expected"]
    found = rank_intervals(
        inputs["x"], inputs["n"], confidence=1 - inputs["alpha"], simultaneous=inputs["simultaneous"]
    )
    rows = zip(expected["rank"], expected["lower"], expected["upper"], strict=True)
    assert found == tuple(RankInterval(*row) for row in rows)


def test_the_first_by_number_may_be_the_fourth():
    found = rank_intervals((18, 40, 9, 55, 7), (60, 110, 50, 130, 12))
    assert [each.rank for each in found] == [4, 3, 5, 2, 1]
    assert [(each.lower, each.upper) for each in found] == [(1, 5), (1, 4), (4, 5), (1, 4), (1, 4)]


@worked("rank_with_ties")
def test_ties(case):
    assert placements(case["inputs"]["x"], ties=case["inputs"]["omega"]) == near(case, tuple(case["expected"]["rank"]))


@pytest.mark.parametrize(("ties", "places"), [(0, (8, 7, 4, 4, 4, 2, 2, 1)), (1, (8, 7, 6, 6, 6, 3, 3, 1))])
def test_ties_get_their_best_or_their_worst(ties, places):
    assert placements(TIED, ties=ties) == places


def test_one_supplier_is_the_first_of_one():
    assert rank_intervals((3,), (9,)) == (RankInterval(1, 1, 1),)


counts = st.lists(
    st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=9
)


@given(counts)
def test_the_interval_holds_the_place_and_widens_when_all_are_read(rows):
    successes, trials = zip(*rows, strict=True)
    alone = rank_intervals(successes, trials)
    for one, all_at_once in zip(alone, rank_intervals(successes, trials, simultaneous=True), strict=True):
        assert 1 <= all_at_once.lower <= one.lower <= one.rank
        assert one.lower <= one.upper <= all_at_once.upper <= len(rows)


def test_nonsense_is_refused_with_its_value():
    with pytest.raises(ValueError, match="5 of 4"):
        rank_intervals((5,), (4,))
    with pytest.raises(ValueError, match="got 2"):
        placements((1, 2), ties=2)
