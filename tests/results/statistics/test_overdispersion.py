"""Variation beyond chance, against values computed elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.statistics import Scale, overdispersion, random_effects, shrink
from tests.results.statistics.worked import near, worked

X = (12, 30, 26, 50, 42, 71, 4, 29, 48, 36)
N = (82, 98, 100, 125, 162, 151, 12, 100, 82, 99)
ROUNDED_Z = 1e-7  # the example's limits are computed with z rounded to 1.959964 and 3.090232


def limits(interval):
    return (interval.lower, interval.upper)


@worked("overdispersion_arcsine_proportion")
def test_arcsine_without_winsorising(case):
    inputs, expected = case["inputs"], case["expected"]
    found = overdispersion(inputs["x"], inputs["n"], trim=inputs["winsor_trim"])
    assert found.scale is Scale.ARCSINE
    assert found.z == near(case, tuple(expected["z"]))
    assert found.used == found.z
    shown = (found.reference, found.phi, found.tau_squared)
    assert shown == near(case, (expected["theta0"], expected["phi"], expected["tau2"]))
    for size, (lower95, upper95, lower998, upper998) in expected["limits"].items():
        assert limits(found.limits(int(size))) == near(case, (lower95, upper95), at_least=ROUNDED_Z)
        wide = found.limits(int(size), confidence=0.998)
        assert limits(wide) == near(case, (lower998, upper998), at_least=ROUNDED_Z)


def test_arcsine_winsorised():
    found = overdispersion(X, N)
    assert limits(found.bounds) == pytest.approx((-2.549447, 3.286864), abs=5e-7)
    assert (found.phi, found.tau_squared) == pytest.approx((4.009053, 0.00868826), abs=5e-7)
    assert limits(found.limits(100)) == pytest.approx((0.166015, 0.548813), abs=5e-7)


def test_raw_winsorised():
    found = overdispersion(X, N, scale="raw")
    assert (found.scale, found.phi, found.tau_squared) == (
        Scale.RAW,
        pytest.approx(4.015592, abs=5e-7),
        pytest.approx(0.00786133, abs=5e-9),
    )
    assert limits(found.limits(100)) == pytest.approx((0.147058, 0.541369), abs=5e-7)
    assert limits(found.limits(100, kind="multiplicative")) == pytest.approx((0.157611, 0.530816), abs=5e-7)


def test_ratios_truncated_as_shmi_does():
    found = overdispersion(
        (100, 150, 180, 80, 120, 225), (108, 112, 165, 95, 100, 220), scale=Scale.LOG_RATIO, method="truncate"
    )
    assert (found.reference, found.phi, found.tau_squared) == (
        1.0,
        pytest.approx(2.948033, abs=5e-7),
        pytest.approx(0.0194775, abs=5e-8),
    )
    assert limits(found.limits(100)) == pytest.approx((0.71426, 1.40005), abs=5e-6)
    assert limits(found.limits(100, confidence=0.998)) == pytest.approx((0.58827, 1.69989), abs=5e-6)


def test_truncation_drops_the_outermost_tenths():
    observed = list(range(81, 121))
    found = overdispersion(observed, [100] * 40, scale="log_ratio", method="truncate")
    assert (len(found.z), len(found.used)) == (40, 32)


def test_chance_alone_widens_nothing():
    found = overdispersion((30, 31, 29, 30), (100, 100, 100, 100))
    assert found.phi < 1
    assert found.tau_squared == 0
    assert found.limits(50) == found.limits(50, kind="multiplicative")


KACKER = (61.00, 61.40, 62.21, 62.30, 62.34, 62.60, 62.70, 62.84, 65.90)
VARIANCES = (0.2025, 1.2100, 0.0900, 0.2025, 0.3844, 0.5625, 0.0676, 0.0225, 1.8225)


def test_dersimonian_and_laird():
    """Kacker (2004) as in statsmodels and metafor."""
    found = random_effects(KACKER, VARIANCES)
    shown = (found.q, found.tau_squared, found.mean, found.standard_error, *limits(found.interval))
    assert shown == pytest.approx((24.801898, 0.288049, 62.390139, 0.245750, 61.908478, 62.871799), abs=1e-6)


def test_paule_and_mandel():
    found = random_effects(KACKER, VARIANCES, method="pm")
    assert (found.tau_squared, 100 * found.i_squared) == pytest.approx((0.705395, 83.7219), abs=5e-5)
    assert random_effects((1.0, 1.1), (1.0, 1.0), method="pm").tau_squared == 0


def test_shrunk():
    found = shrink((18, 40, 9, 55, 7), (60, 110, 50, 130, 12))
    assert found.tau_squared == pytest.approx(0.00767433, abs=5e-9)
    assert found.shares == pytest.approx((0.31874, 0.36208, 0.24598, 0.41060, 0.42138), abs=5e-6)


counts = st.lists(
    st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2, max_size=12
)


@given(counts.filter(lambda rows: 0 < sum(x for x, _n in rows) < sum(n for _x, n in rows)))
def test_shrunk_shares_lie_between_their_own_and_the_common(rows):
    successes, trials = zip(*rows, strict=True)
    found = shrink(successes, trials)
    assert found.reference == pytest.approx(sum(successes) / sum(trials))
    for share, (x, n), reliability in zip(found.shares, rows, found.reliabilities, strict=True):
        low, high = sorted((x / n, found.reference))
        assert low - 1e-12 <= share <= high + 1e-12
        assert 0 <= reliability < 1


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: overdispersion((1,), (2,)), r"\[?\(?1"),
        (lambda: overdispersion((1, 0), (2.0, 3.0), scale="log_ratio"), "got 0"),
        (lambda: overdispersion((0, 0), (2, 3)), "got 0"),
        (lambda: overdispersion((1, 2), (2, 3), trim=0.5), "got 0.5"),
        (lambda: overdispersion((1, 2), (2, 3), trim="0.1"), "got '0.1'"),
        (lambda: overdispersion((1, 2), (2, 3), scale="probit"), "probit"),
        (lambda: overdispersion((1, 2), (2, 3), method="drop"), "drop"),
        (lambda: overdispersion((1, 2), (2, 3)).limits(0), "got 0"),
        (lambda: shrink((1, 0), (2, 0)), r"\[2, 0\]"),
        (lambda: shrink((0, 0), (2, 3)), "got 0"),
        (lambda: random_effects((1.0,), (1.0,)), "1.0"),
        (lambda: random_effects((1.0, 2.0), (1.0, 0.0)), "got 0.0"),
    ],
)
def test_nonsense_is_refused_with_its_value(call, named):
    with pytest.raises(ValueError, match=named):
        call()
