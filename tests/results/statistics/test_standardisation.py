"""Standardised figures against Public Health England's own tests."""

from itertools import product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.statistics import (
    DirectRate,
    DirectShare,
    Interval,
    Stratum,
    direct_proportion,
    direct_rate,
    expected_successes,
    indirect_ratio,
)
from tests.results.statistics.worked import near, worked


def limits(interval):
    return (interval.lower, interval.upper)


@worked("indirect_standardisation")
def test_indirect(case):
    inputs, expected = case["inputs"], case["expected"]
    strata = [
        Stratum(x or 0, row["n"], row["ref_x"], row["ref_n"], row["stratum"])
        for x, row in zip(inputs["observed_by_stratum"], inputs["strata"], strict=True)
    ]
    found = indirect_ratio(strata, confidence=inputs["confidence"])
    assert (found.observed, found.expected) == near(case, (expected["observed"], expected["expected"]))
    assert expected_successes(strata) == found.expected
    if "rate" in inputs["output"]:
        crude = sum(row["ref_x"] for row in inputs["strata"]) / sum(row["ref_n"] for row in inputs["strata"])
        assert found.reference == pytest.approx(crude)
        shown = (found.ratio * found.reference, *limits(found.standardised_rate))
        shown = tuple(100_000 * value for value in shown)
    else:
        shown = (found.ratio, *limits(found.interval))
    assert shown == near(case, (expected["value"], expected["lower"], expected["upper"]))


@worked("indirectly_standardised_proportion_poisson_binomial")
def test_indirect_with_shares_that_are_not_small(case):
    strata = [Stratum(row["x"], row["n"], round(row["p"] * 100), 100, row["g"]) for row in case["inputs"]["strata"]]
    found, wide, expected = indirect_ratio(strata), indirect_ratio(strata, confidence=0.998), case["expected"]
    shown = (found.observed, found.expected, found.variance, found.ratio, found.z, found.p)
    names = ("observed", "expected", "variance_binomial", "ratio", "z_binomial", "p_two_sided")
    assert shown == near(case, tuple(expected[name] for name in names))
    outer = tuple(expected["limits_O"][name] for name in ("l998", "l95", "u95", "u998"))
    assert (wide.limits.lower, *limits(found.limits), wide.limits.upper) == near(case, outer)


def test_a_standardised_share_above_1_is_not_shown():
    assert indirect_ratio([Stratum(9, 10, 5, 10)]).standardised_share == pytest.approx(0.9)
    assert indirect_ratio([Stratum(9, 10, 1, 10), Stratum(0, 1, 99, 100)]).standardised_share is None


def test_nothing_expected_has_no_ratio():
    found = indirect_ratio([Stratum(0, 10, 0, 50)])
    assert (found.expected, found.ratio, found.interval, found.z) == (0, None, Interval(None, None), None)
    assert indirect_ratio([]).limits == Interval(None, None)


def test_without_a_reference_nothing_can_be_expected():
    with pytest.raises(ValueError, match="'sygemeldte' has no reference"):
        expected_successes([Stratum(1, 2, 0, 0, "sygemeldte")])
    assert expected_successes([Stratum(0, 0, 0, 0)]) == 0


def test_ratios_are_pooled_as_sums():
    """The ratio of sums, not the mean of ratios."""
    strata = [Stratum(1, 2, 50, 100), Stratum(30, 100, 20, 100)]
    assert indirect_ratio(strata).ratio == pytest.approx(31 / 21)


small = st.integers(0, 4).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
reference = st.integers(1, 12).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(st.lists(st.tuples(small, reference), min_size=1, max_size=3))
def test_exact_law_against_brute_force(rows):
    strata = [Stratum(*own, *theirs) for own, theirs in rows]
    shares = [stratum.reference for stratum in strata for _ in range(stratum.trials)]
    law = [0.0] * (len(shares) + 1)
    for outcome in product((0, 1), repeat=len(shares)):
        law[sum(outcome)] += prod(p if hit else 1 - p for p, hit in zip(shares, outcome, strict=True))
    observed = sum(stratum.successes for stratum in strata)
    smaller = min(sum(law[: observed + 1]), sum(law[observed:]))
    assert indirect_ratio(strata).p == pytest.approx(min(1, 2 * smaller), abs=1e-12)


def dsr(case, **more):
    inputs = case["inputs"]
    found = direct_rate(more.pop("events"), inputs["n"], inputs["stdpop"], confidence=inputs["confidence"], **more)
    return found, inputs["multiplier"]


@worked("direct_standardisation_dobson")
def test_direct_rate(case):
    found, multiplier = dsr(case, events=[x or 0 for x in case["inputs"]["x"]])
    if case["expected"]["value"] is None:
        assert found == DirectRate(None, Interval(None, None))
    else:
        shown = tuple(multiplier * value for value in (found.value, *limits(found.interval)))
        assert shown == near(case, tuple(case["expected"][name] for name in ("value", "lower", "upper")))


@worked("direct_standardisation_nonindependent")
def test_direct_rate_of_persons_with_several_events(case):
    persons = case["inputs"]["persons_by_event_frequency"]
    events = [sum(k * f for k, f in enumerate(row, start=1)) for row in persons]
    found, multiplier = dsr(case, events=events, persons_by_events=persons)
    shown = tuple(multiplier * value for value in (found.value, *limits(found.interval)))
    assert shown == near(case, tuple(case["expected"][name] for name in ("value", "lower", "upper")))
    independent, _ = dsr(case, events=events)
    assert limits(independent.interval.scaled(multiplier)) == pytest.approx((9717.7, 11178.9), abs=0.1)


def test_persons_must_add_up_to_the_events():
    with pytest.raises(ValueError, match=r"12 events, got \[5, 3\]"):
        direct_rate([12], [100], [1], persons_by_events=[[5, 3]])


def test_direct_share():
    found = direct_proportion([30, 5], [100, 50], [1, 3])
    value = (0.3 + 3 * 0.1) / 4
    variance = (0.3 * 0.7 / 100 + 9 * 0.1 * 0.9 / 50) / 16
    assert (found.value, found.variance) == pytest.approx((value, variance))
    assert limits(found.interval) == pytest.approx((value - 1.959964 * variance**0.5, value + 1.959964 * variance**0.5))


def test_direct_share_with_an_empty_group():
    assert direct_proportion([30, 0], [100, 0], [1, 3]) == DirectShare(None, None, Interval(None, None))
    assert direct_proportion([30, 0], [100, 0], [1, 0]).value == 0.3


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (([1], [2, 3], [1, 1]), "'successes': 1"),
        (([], [], []), "empty"),
        (([1], [2], [-1]), "-1"),
        (([1, 1], [2, 2], [0, 0]), r"\[0, 0\]"),
        (([3], [2], [1]), "3 of 2"),
    ],
)
def test_nonsense_is_refused_with_its_value(arguments, named):
    with pytest.raises(ValueError, match=named):
        direct_proportion(*arguments)
