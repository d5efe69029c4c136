"""Control limits against printed values, and against the same arithmetic in fractions."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.statistics import Interval, counted_interval, funnel_limits, ratio_funnel_limits
from tests.results.statistics.worked import near, worked

LEVELS = {"95": 0.95, "998": 0.998}


def limits(interval):
    return (interval.lower, interval.upper)


@worked("funnel_limits_binomial_exact_interpolated")
def test_exact(case):
    for suffix, confidence in LEVELS.items():
        found = funnel_limits(case["inputs"]["theta0"], case["inputs"]["n"], confidence=confidence)
        assert limits(found) == near(case, tuple(case["expected"][f"{end}{suffix}"] for end in ("lower", "upper")))


@worked("funnel_limits_proportion_normal")
def test_normal(case):
    inputs = case["inputs"]
    for suffix, confidence in LEVELS.items():
        found = funnel_limits(inputs["theta0"], inputs["n"], confidence=confidence, method="normal")
        expected = tuple(case["expected"][f"{end}{suffix}"] for end in ("lower", "upper"))
        assert limits(found.scaled(inputs["multiplier"])) == near(case, expected)


@worked("funnel_significance_proportion")
def test_a_share_between_the_limits_is_not_significant(case):
    inputs = case["inputs"]
    found = funnel_limits(inputs["theta0"], inputs["n"], method="normal")
    assert found.holds(inputs["x"] / inputs["n"]) == (case["expected"]["significance"] == "Not significant")


@worked("funnel_limits_ratio_poisson_inversion")
def test_ratio(case):
    for suffix, confidence in LEVELS.items():
        found = ratio_funnel_limits(case["inputs"]["observed"], confidence=confidence)
        expected = tuple(case["expected"][f"{end}{suffix}"] for end in ("lower", "upper"))
        assert limits(found.scaled(case["inputs"]["multiplier"])) == near(case, expected)


@pytest.mark.parametrize(("observed", "lower", "upper"), [(1, 17.948, 3949.77), (5, 42.851, 307.979)])
def test_ratio_as_public_health_england_prints_it(observed, lower, upper):
    found = ratio_funnel_limits(observed).scaled(100)
    assert limits(found) == pytest.approx((lower, upper), rel=5e-5)


@worked("funnel_significance_ratio")
def test_a_ratio_is_high_when_its_interval_lies_above_1(case):
    observed, expected = case["inputs"]["observed"], case["inputs"]["expected"]
    assert counted_interval(observed, confidence=0.998).scaled(1 / expected).lower > 1
    assert case["expected"]["significance"] == "High (0.001)"


@pytest.mark.parametrize(
    ("reference", "n", "lower998", "lower95", "upper95", "upper998"),
    [
        (0.25, 12, 0, 0, 0.477693, 0.645454),
        (0.25, 20, 0, 0.050513, 0.429425, 0.548926),
        (0.25, 50, 0.066233, 0.124337, 0.365040, 0.440498),
        (0.25, 100, 0.119567, 0.162355, 0.332323, 0.385607),
        (0.40, 30, 0.119126, 0.209892, 0.562002, 0.664270),
        (0.40, 80, 0.228650, 0.287844, 0.502349, 0.565798),
        (0.10, 40, 0, 0.003889, 0.191002, 0.260784),
        (0.10, 200, 0.037852, 0.057691, 0.140971, 0.168567),
    ],
)
def test_table_of_exact_limits(reference, n, lower998, lower95, upper95, upper998):
    """Six digits, some cut rather than rounded."""
    assert limits(funnel_limits(reference, n)) == pytest.approx((lower95, upper95), abs=1e-6)
    assert limits(funnel_limits(reference, n, confidence=0.998)) == pytest.approx((lower998, upper998), abs=1e-6)


def in_fractions(reference: float, n: int, probability: float) -> Fraction:
    theta, p, cumulative = Fraction(reference), Fraction(probability), Fraction(0)
    for r in range(n + 1):
        mass = math.comb(n, r) * theta**r * (1 - theta) ** (n - r)
        cumulative += mass
        if cumulative >= p:
            return max(Fraction(0), r - (cumulative - p) / mass) / n
    raise AssertionError("a probability above 1")


@given(st.floats(0.01, 0.99), st.integers(1, 120), st.sampled_from([0.8, 0.95, 0.998]))
def test_exact_limits_against_rational_arithmetic(reference, n, confidence):
    tail = (1 - confidence) / 2
    expected = tuple(float(in_fractions(reference, n, p)) for p in (tail, 1 - tail))
    assert limits(funnel_limits(reference, n, confidence=confidence)) == pytest.approx(expected, abs=1e-11)


@given(st.floats(0, 1), st.integers(0, 10**6), st.sampled_from(["exact", "normal"]))
def test_the_wider_limits_hold_the_narrower(reference, n, method):
    narrow = funnel_limits(reference, n, method=method)
    wide = funnel_limits(reference, n, confidence=0.998, method=method)
    if narrow.lower is None:
        assert wide == narrow == Interval(None, None)
        assert n == 0 or reference in (0, 1)
    else:
        assert 0 <= wide.lower <= narrow.lower <= narrow.upper <= wide.upper <= 1


def test_no_limits_where_nothing_varies():
    for reference, trials in ((0, 10), (1, 10), (0.3, 0)):
        assert funnel_limits(reference, trials) == Interval(None, None)
    assert ratio_funnel_limits(0) == Interval(None, None)
    assert funnel_limits(0.3, 10, confidence=1) == Interval(0.0, 1.0)


@pytest.mark.parametrize(
    ("reference", "trials", "named"),
    [(-0.1, 10, "-0.1"), (1.5, 10, "1.5"), (30, 10, "30"), (0.3, -1, "-1"), (0.3, 2.5, "2.5")],
)
def test_nonsense_is_refused_with_its_value(reference, trials, named):
    with pytest.raises(ValueError, match=f"got {named}"):
        funnel_limits(reference, trials)
    with pytest.raises(ValueError, match="maybe"):
        funnel_limits(0.3, 10, method="maybe")
