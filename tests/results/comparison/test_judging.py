import math

import pytest

from results.comparison.enums import Reference, Size, Verdict, size_of
from results.comparison.judging import Judged, judge, target_stratum, verdict_of
from results.statistics import Interval, Stratum, compare_with_rest, indirect_ratio, proportion_interval
from tests.results.statistics.worked import near, worked


def strata_of(case):
    own, rest = (case["inputs"][f"{whose}_x_n_by_target_group"] for whose in ("supplier", "rest"))
    names = case["inputs"]["target_groups"]
    return [Stratum(*mine, *theirs, name) for mine, theirs, name in zip(own, rest, names, strict=True)]


@worked("stratified_supplier_vs_rest_hypergeometric")
def test_the_verdict_is_that_of_the_worked_example(case):
    found = judge(strata_of(case), Reference.OTHERS)
    assert (found.base, found.outcomes, found.observed) == (105, 28, 28)
    assert found.p == near(case, case["expected"]["p_two_sided_exact"])
    assert (found.verdict, found.is_above) == (Verdict.NO_DIFFERENCE, True)
    assert found.compared == ("aktivitetsparate", "ressourceforløb", "sygemeldte", "ledighedsydelse")


@worked("stratified_supplier_vs_rest_hypergeometric")
def test_against_all_the_expected_is_the_worked_example_s(case):
    """With the supplier among its own reference, n · K / N is what the exact test expects."""
    found = judge(strata_of(case), Reference.ALL)
    expected = case["expected"]
    assert (found.expected, found.ratio, found.p) == near(
        case, (expected["expected"], expected["ratio"], expected["p_two_sided_exact"])
    )


def test_against_the_others_the_supplier_is_not_part_of_its_own_reference():
    found = judge([Stratum(30, 60, 10, 40, "a")], Reference.OTHERS)
    assert (found.expected, found.ratio) == (15.0, 2.0)
    assert judge([Stratum(30, 60, 10, 40, "a")], Reference.ALL).expected == 24.0


@worked("indirectly_standardised_proportion_poisson_binomial")
def test_a_target_is_judged_by_the_exact_law(case):
    rows = case["inputs"]["strata"]
    strata = [target_stratum(row["x"], row["n"], row["p"], name=row["g"]) for row in rows]
    found = judge(strata, Reference.TARGET)
    expected = case["expected"]
    assert (found.observed, found.expected, found.ratio, found.p) == near(
        case, (84, expected["expected"], expected["ratio"], expected["p_two_sided"])
    )
    assert (found.verdict, found.is_above) == (Verdict.CLEAR, True)


@pytest.mark.parametrize(
    ("base", "size"),
    [
        (0, Size.FEW),
        (4, Size.FEW),
        (5, Size.COUNTS_ONLY),
        (9, Size.COUNTS_ONLY),
        (10, Size.SMALL),
        (29, Size.SMALL),
        (30, Size.NORMAL),
    ],
)
def test_size_follows_the_table_of_small_groups(base, size):
    assert size_of(base) is size


@pytest.mark.parametrize("base", [0, 4, 5, 9])
def test_below_ten_there_is_neither_share_nor_verdict(base):
    found = judge([Stratum(base // 2, base, 30, 100, "a")], Reference.OTHERS)
    assert found == Judged(base, base // 2, size_of(base), None, Interval(None, None))
    assert (found.expected, found.ratio, found.p, found.verdict) == (None, None, None, Verdict.NOT_COMPARABLE)


def test_from_ten_the_share_has_wilson_s_interval():
    found = judge([Stratum(4, 10, 30, 100, "a")], Reference.OTHERS)
    assert (found.share, found.interval) == (0.4, proportion_interval(4, 10))


@pytest.mark.parametrize(
    ("p", "verdict"),
    [
        (1.0, Verdict.NO_DIFFERENCE),
        (0.0501, Verdict.NO_DIFFERENCE),
        (0.05, Verdict.NOTE),
        (0.0021, Verdict.NOTE),
        (0.002, Verdict.CLEAR),
        (0.0, Verdict.CLEAR),
    ],
)
def test_words_for_p(p, verdict):
    assert verdict_of(p) is verdict


@pytest.mark.parametrize(
    "stratum",
    [Stratum(12, 40, 0, 0, "alene"), Stratum(0, 40, 0, 90, "ingen"), Stratum(40, 40, 90, 90, "alle")],
    ids=["alone", "nobody", "everybody"],
)
def test_a_group_that_tells_nothing_is_left_out_of_observed_and_expected(stratum):
    rest = Stratum(20, 50, 60, 200, "sygemeldte")
    found = judge([stratum, rest], Reference.OTHERS)
    assert (found.base, found.outcomes) == (stratum.trials + 50, stratum.successes + 20)
    assert (found.observed, found.expected) == (20, pytest.approx(15))
    assert found.p == compare_with_rest([rest]).p
    assert found.compared == ("sygemeldte",)
    assert judge([stratum], Reference.OTHERS).verdict is Verdict.NOT_COMPARABLE


def test_no_expected_gives_no_ratio_and_never_infinity():
    found = judge([Stratum(3, 40, 0, 90, "a")], Reference.OTHERS)
    assert (found.expected, found.ratio, found.ratio_interval) == (0.0, None, Interval(None, None))
    assert found.p is not None
    assert math.isfinite(found.p)


def test_the_source_s_own_total_stands_while_the_groups_are_compared():
    """Unique persons may be fewer than the sum of the groups: n is theirs, observed and expected are of the groups."""
    strata = [Stratum(20, 50, 60, 200, "a"), Stratum(10, 40, 30, 100, "b")]
    found = judge(strata, Reference.OTHERS, base=85, outcomes=29)
    assert (found.base, found.outcomes, found.share) == (85, 29, 29 / 85)
    assert (found.observed, found.expected) == (30, indirect_ratio(strata).expected)


def test_a_tie_with_the_expected_is_on_no_side():
    assert judge([Stratum(10, 50, 20, 100, "a")], Reference.OTHERS).is_above is None


@pytest.mark.parametrize("target", [0.0, 1.0])
def test_a_target_of_none_or_all_tests_nothing(target):
    found = judge([target_stratum(5, 40, target, name="a")], Reference.TARGET)
    assert found.verdict is Verdict.NOT_COMPARABLE


def test_against_its_previous_period_the_earlier_counts_are_the_reference():
    found = judge([Stratum(30, 60, 10, 60, "a")], Reference.PREVIOUS)
    assert (found.expected, found.verdict, found.is_above) == (10.0, Verdict.CLEAR, True)
