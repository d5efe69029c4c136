"""Intervals against values printed and computed elsewhere."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import bdtr, pdtr

from results.statistics import (
    Interval,
    mean_interval,
    poisson_interval,
    proportion_interval,
    summary_interval,
    wilson,
)
from results.statistics.intervals import counted_interval
from tests.results.statistics.worked import near, worked


def limits(interval):
    return (interval.lower, interval.upper)


@worked("wilson_ci")
def test_wilson(case):
    x, n, confidence = (case["inputs"][name] for name in ("x", "n", "confidence"))
    expected = (case["expected"]["lower"], case["expected"]["upper"])
    assert limits(proportion_interval(x, n, confidence=confidence)) == near(case, expected)
    assert wilson(x, n, confidence=confidence) == limits(proportion_interval(x, n, confidence=confidence))


@worked("clopper_pearson_ci")
def test_clopper_pearson(case):
    inputs = case["inputs"]
    found = proportion_interval(inputs["x"], inputs["n"], confidence=inputs["confidence"], method="exact")
    assert limits(found) == near(case, (case["expected"]["lower"], case["expected"]["upper"]))


@worked("byar_ci")
def test_byar(case):
    found = poisson_interval(case["inputs"]["x"], confidence=case["inputs"]["confidence"])
    assert found.upper == near(case, case["expected"]["upper"])
    expected = case["expected"]["lower"]
    assert found.lower is None if expected is None else found.lower == near(case, expected)


@worked("poisson_rate_ci")
def test_a_rate_is_a_count_over_its_base(case):
    inputs, expected = case["inputs"], case["expected"]
    found = counted_interval(inputs["x"], confidence=inputs["confidence"]).scaled(inputs["multiplier"] / inputs["n"])
    assert limits(found) == near(case, (expected["lower"], expected["upper"]))


@worked("mean_t_ci")
def test_mean(case):
    found = mean_interval(case["inputs"]["values"], confidence=case["inputs"]["confidence"])
    assert limits(found) == near(case, (case["expected"]["lower"], case["expected"]["upper"]))


@worked("likert_mean_and_top2")
def test_answers_from_1_to_5(case):
    counts, expected = case["inputs"]["counts_1_to_5"], case["expected"]
    answers = [score for score, count in enumerate(counts, start=1) for _ in range(count)]
    assert limits(mean_interval(answers)) == near(case, tuple(expected["ci"]))
    assert limits(proportion_interval(sum(counts[3:]), sum(counts))) == near(case, tuple(expected["top2_wilson"]))


@pytest.mark.parametrize(
    ("outcomes", "base", "lower", "upper"),
    [
        (2, 5, 0.12, 0.77),
        (3, 10, 0.11, 0.60),
        (6, 20, 0.15, 0.52),
        (9, 30, 0.17, 0.48),
        (15, 50, 0.19, 0.44),
        (30, 100, 0.22, 0.40),
        (60, 200, 0.24, 0.37),
    ],
)
def test_how_wide_is_honest(outcomes, base, lower, upper):
    assert wilson(outcomes, base) == pytest.approx((lower, upper), abs=0.005)


def test_at_the_edges():
    for method in ("wilson", "exact"):
        assert proportion_interval(0, 0, method=method) == Interval(None, None)
        assert proportion_interval(3, 10, confidence=1, method=method) == Interval(0.0, 1.0)
        assert proportion_interval(0, 7, method=method).lower == 0.0
        assert proportion_interval(7, 7, method=method).upper == 1.0
    assert wilson(0, 0) is None
    for method in ("byar", "exact"):
        assert poisson_interval(0, method=method).lower == 0.0
        assert poisson_interval(4, confidence=1, method=method) == Interval(0.0, math.inf)
    assert mean_interval([3.0]) == summary_interval(3.0, 1.0, 1) == Interval(None, None)
    assert summary_interval(3.0, 0.0, 9) == Interval(3.0, 3.0)
    assert summary_interval(3.0, 1.0, 9, confidence=1) == Interval(-math.inf, math.inf)


@worked("mean_t_ci")
def test_a_mean_s_interval_from_its_summary(case):
    told = case["expected"]
    found = summary_interval(told["mean"], told["sd"], told["n"], confidence=case["inputs"]["confidence"])
    assert limits(found) == near(case, (told["lower"], told["upper"]))


@pytest.mark.parametrize(("mean", "deviation", "count"), [(math.nan, 1, 9), (3, -1, 9), (3, 1, 2.5), (3, None, 9)])
def test_a_summary_that_cannot_be_is_refused_with_its_value(mean, deviation, count):
    with pytest.raises(ValueError, match=r"must be .*got"):
        summary_interval(mean, deviation, count)


@pytest.mark.parametrize(("x", "n", "confidence"), [(-1, 5, 0.95), (6, 5, 0.95), (1, 5, 0), (1, 5, 1.1), (1, 5, 95)])
def test_nonsense_is_refused_with_its_value(x, n, confidence):
    with pytest.raises(ValueError, match=r"must .*got"):
        proportion_interval(x, n, confidence=confidence)


@pytest.mark.parametrize("value", [-1, 2.5, math.nan, math.inf, "3", None, True, 10**400])
def test_a_count_is_a_whole_number(value):
    for call in (
        lambda: proportion_interval(value, 10),
        lambda: proportion_interval(0, value),
        lambda: poisson_interval(value),
    ):
        with pytest.raises(ValueError, match=f"got {value!r}"):
            call()


def test_an_unknown_method_is_named():
    with pytest.raises(ValueError, match="wald"):
        proportion_interval(1, 5, method="wald")
    with pytest.raises(ValueError, match="wald"):
        poisson_interval(1, method="wald")


@given(st.integers(1, 5000), st.data(), st.sampled_from(["wilson", "exact"]))
def test_the_interval_holds_the_share_and_mirrors(n, data, method):
    x = data.draw(st.integers(0, n))
    found, mirrored = proportion_interval(x, n, method=method), proportion_interval(n - x, n, method=method)
    assert 0 <= found.lower <= x / n <= found.upper <= 1
    assert limits(found) == pytest.approx((1 - mirrored.upper, 1 - mirrored.lower), abs=1e-12)


@given(st.integers(1, 2000), st.data(), st.sampled_from([0.8, 0.95, 0.998]))
def test_exact_limits_have_their_tails(n, data, confidence):
    """At the lower limit x or more is as rare as the tail says; at the upper limit x or fewer."""
    x = data.draw(st.integers(1, n - 1)) if n > 1 else 1
    found = proportion_interval(x, n, confidence=confidence, method="exact")
    tail = (1 - confidence) / 2
    assert 1 - bdtr(x - 1, n, found.lower) == pytest.approx(tail, rel=1e-6)
    if x < n:
        assert bdtr(x, n, found.upper) == pytest.approx(tail, rel=1e-6)


@given(st.integers(1, 25), st.data())
def test_exact_limits_against_rational_arithmetic(n, data):
    """A hair beside each limit, fractions say on which side of the tail it lies."""
    x = data.draw(st.integers(0, n))
    found, tail, hair = proportion_interval(x, n, method="exact"), Fraction(1, 40), Fraction(1, 10**9)

    def at_least(share):
        return sum(math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(x, n + 1))

    def at_most(share):
        return sum(math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(x + 1))

    if x > 0:
        lower = Fraction(found.lower)
        assert at_least(lower - hair) < tail < at_least(lower + hair)
    if x < n:
        upper = Fraction(found.upper)
        assert at_most(upper + hair) < tail < at_most(upper - hair)


@given(st.integers(1, 3000), st.sampled_from([0.9, 0.95, 0.998]))
def test_exact_poisson_limits_have_their_tails(x, confidence):
    found, tail = poisson_interval(x, confidence=confidence, method="exact"), (1 - confidence) / 2
    assert 1 - pdtr(x - 1, found.lower) == pytest.approx(tail, rel=1e-6)
    assert pdtr(x, found.upper) == pytest.approx(tail, rel=1e-6)


@given(st.integers(10, 10**6))
def test_byar_is_near_the_exact_limits(x):
    exact, byar = poisson_interval(x, method="exact"), poisson_interval(x)
    assert limits(byar) == pytest.approx(limits(exact), rel=0.003)
