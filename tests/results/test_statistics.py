"""Wilson's interval against values printed and computed elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.statistics import wilson

NEWCOMBE = "Newcombe (1998), table I"
PHE = "PHEindicatormethods 093fd28, tests/testthat"
SCIPY = "scipy 1.17.1, TestBinomTest.test_ci_wilson_method (R prop.test)"
STATSMODELS = "statsmodels 0.15.0, results_proportion.py (R binom::binom.confint)"

CASES = [
    (1, 29, 0.95, 0.0061, 0.1718, 6e-5, NEWCOMBE),
    (15, 148, 0.95, 0.0624, 0.1605, 6e-5, NEWCOMBE),
    (81, 263, 0.95, 0.2553, 0.3662, 6e-5, NEWCOMBE),
    (5, 100, 0.95, 0.02154367915436798, 0.11175046923191911, 1e-9, PHE),
    (20, 100, 0.95, 0.1333669333310325, 0.28882916559315885, 1e-9, PHE),
    (1045, 5000, 0.998, 0.19179381799015244, 0.22731562902525818, 1e-9, PHE),
    (0, 10, 0.95, 0.0, 0.2775328, 1e-6, SCIPY),
    (10, 10, 0.95, 0.7224672, 1.0, 1e-6, SCIPY),
    (3, 10, 0.99, 0.07956632, 0.6799753, 1e-6, SCIPY),
    (190, 200, 0.95, 0.910421851861224, 0.972617354399236, 1e-8, STATSMODELS),
    (29, 30, 0.95, 0.8332961, 0.9940914, 1e-7, STATSMODELS),
]


@pytest.mark.parametrize(("outcomes", "base", "confidence", "lower", "upper", "tolerance", "source"), CASES)
def test_wilson(outcomes, base, confidence, lower, upper, tolerance, source):
    assert wilson(outcomes, base, confidence=confidence) == pytest.approx((lower, upper), abs=tolerance), source


def test_wilson_at_the_edges():
    assert wilson(0, 0) is None
    assert wilson(3, 10, confidence=1) == (0.0, 1.0)
    assert wilson(0, 7)[0] == 0.0
    assert wilson(7, 7)[1] == 1.0


@pytest.mark.parametrize(("outcomes", "base", "confidence"), [(-1, 5, 0.95), (6, 5, 0.95), (1, 5, 0), (1, 5, 1.1)])
def test_wilson_refuses_nonsense(outcomes, base, confidence):
    with pytest.raises(ValueError, match="must"):
        wilson(outcomes, base, confidence=confidence)


@given(st.integers(1, 5000), st.data())
def test_wilson_holds_the_share_and_mirrors(base, data):
    outcomes = data.draw(st.integers(0, base))
    lower, upper = wilson(outcomes, base)
    mirrored_lower, mirrored_upper = wilson(base - outcomes, base)
    assert 0 <= lower <= outcomes / base <= upper <= 1
    assert (lower, upper) == pytest.approx((1 - mirrored_upper, 1 - mirrored_lower), abs=1e-12)
