"""One supplier against the rest, against R and against all ways of drawing."""

from collections import Counter
from fractions import Fraction
from itertools import product
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from results.statistics import Stratum, compare_with_rest
from tests.results.statistics.worked import near, worked

# Berkeley's admissions, 1973: admitted and rejected men and women of six departments (R's UCBAdmissions).
BERKELEY = [
    ((512, 313), (89, 19)),
    ((353, 207), (17, 8)),
    ((120, 205), (202, 391)),
    ((138, 279), (131, 244)),
    ((53, 138), (94, 299)),
    ((22, 351), (24, 317)),
]


@worked("stratified_supplier_vs_rest_hypergeometric")
def test_worked_example(case):
    own, rest = (case["inputs"][f"{whose}_x_n_by_target_group"] for whose in ("supplier", "rest"))
    found = compare_with_rest([Stratum(*mine, *theirs) for mine, theirs in zip(own, rest, strict=True)])
    names = ("observed", "expected", "variance", "z", "ratio", "p_two_sided_exact", "p_mid")
    shown = (found.observed, found.expected, found.variance, found.z, found.ratio, found.p, found.mid_p)
    assert shown == near(case, tuple(case["expected"][name] for name in names))
    assert found.uninformative == ()


def test_berkeley():
    """R's `mantelhaen.test(UCBAdmissions)`: χ² with continuity correction 1.4269, p 0.2323."""
    strata = [Stratum(a, a + b, c, c + d) for (a, b), (c, d) in BERKELEY]
    found = compare_with_rest(strata)
    corrected = (abs(found.observed - found.expected) - 0.5) ** 2 / found.variance
    assert corrected == pytest.approx(1.4269, abs=5e-5)
    assert chi2.sf(corrected, 1) == pytest.approx(0.2323, abs=5e-5)
    assert found.p == pytest.approx(0.2323, abs=0.01)  # the exact p lies beside that of χ²


def test_groups_without_information_are_told_and_change_nothing():
    told = Stratum(5, 20, 10, 90, "told")
    silent = [
        Stratum(3, 9, 0, 0, "only the supplier"),
        Stratum(0, 0, 4, 9, "only the rest"),
        Stratum(0, 9, 0, 30, "nobody"),
        Stratum(9, 9, 30, 30, "everybody"),
    ]
    alone, together = compare_with_rest([told]), compare_with_rest([told, *silent])
    assert [each.stratum.name for each in together.uninformative] == [stratum.name for stratum in silent]
    assert (together.p, together.mid_p, together.variance) == (alone.p, alone.mid_p, alone.variance)
    assert together.observed - together.expected == pytest.approx(alone.observed - alone.expected)


def test_nothing_can_be_told_without_information():
    found = compare_with_rest([Stratum(0, 0, 4, 9), Stratum(0, 9, 0, 30)])
    assert (found.observed, found.expected, found.variance, found.p, found.mid_p) == (0, 0, 0, 1, 1)
    assert (found.ratio, found.z) == (None, None)


def test_no_strata_is_an_error():
    with pytest.raises(ValueError, match="none"):
        compare_with_rest([])


@pytest.mark.parametrize(
    ("numbers", "named"),
    [((5, 4, 0, 1), "5 of 4"), ((1, 4, 3, 2), "3 of 2"), ((-1, 4, 0, 1), "-1"), ((1.5, 4, 0, 1), "1.5")],
)
def test_impossible_strata(numbers, named):
    with pytest.raises(ValueError, match=f"got {named}"):
        Stratum(*numbers)


def drawn(stratum: Stratum) -> dict[int, Fraction]:
    """Return the law of one stratum by counting the ways to draw."""
    hits = stratum.successes + stratum.reference_successes
    total = stratum.trials + stratum.reference_trials
    ways = {
        x: comb(hits, x) * comb(total - hits, stratum.trials - x)
        for x in range(min(hits, stratum.trials) + 1)
        if stratum.trials - x <= total - hits
    }
    return {x: Fraction(way, comb(total, stratum.trials)) for x, way in ways.items() if way}


small = st.integers(0, 9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
strata = st.lists(st.builds(lambda own, rest: Stratum(*own, *rest), small, small), min_size=1, max_size=3)


@given(strata)
def test_against_brute_force(strata):
    law: Counter = Counter()
    for values in product(*(drawn(stratum).items() for stratum in strata)):
        weight = Fraction(1)
        for _x, chance in values:
            weight *= chance
        law[sum(x for x, _chance in values)] += weight
    assert sum(law.values()) == 1
    observed = sum(stratum.successes for stratum in strata)
    tails = (
        sum(chance for x, chance in law.items() if x <= observed),
        sum(chance for x, chance in law.items() if x >= observed),
    )
    found = compare_with_rest(strata)
    mean = sum(x * chance for x, chance in law.items())
    variance = sum((x - mean) ** 2 * chance for x, chance in law.items())
    assert found.p == pytest.approx(float(min(1, 2 * min(tails))), rel=1e-9)
    assert (found.expected, found.variance) == pytest.approx((float(mean), float(variance)), rel=1e-9, abs=1e-12)


@given(strata)
def test_the_rest_against_the_supplier_says_the_same(strata):
    turned = [Stratum(each.reference_successes, each.reference_trials, each.successes, each.trials) for each in strata]
    here, there = compare_with_rest(strata), compare_with_rest(turned)
    assert (here.p, here.variance) == pytest.approx((there.p, there.variance))
    assert here.observed - here.expected == pytest.approx(there.expected - there.observed, abs=1e-9)


def test_large_groups_take_no_time():
    found = compare_with_rest([Stratum(30_000, 100_000, 290_000, 1_000_000)] * 4)
    assert 0 < found.p < 1e-9
