"""Cohen's κ against figures worked out by hand, and what must hold of any two coders."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnings.agreement import Agreement, agreement, pooled

MARKS = st.sets(st.integers(0, 9))


@pytest.mark.parametrize(
    ("counts", "kappa"),
    [
        ((20, 5, 10, 15), 0.4),  # observed 0.70, expected 0.50
        ((45, 15, 25, 15), 0.1304),  # observed 0.60, expected 0.54
        ((25, 35, 5, 35), 0.2593),  # observed 0.60, expected 0.46: the same agreement, other margins
        ((5, 0, 0, 5), 1.0),
        ((0, 5, 5, 0), -1.0),
        ((10, 0, 0, 0), None),
        ((0, 0, 0, 0), None),
    ],
)
def test_kappa(counts: tuple[int, int, int, int], kappa: float | None) -> None:
    assert Agreement(*counts).kappa == (None if kappa is None else pytest.approx(kappa, abs=5e-5))


@given(MARKS, MARKS, MARKS)
def test_only_shared_units_count_and_the_order_of_coders_does_not_matter(
    first: set[int], second: set[int], units: set[int]
) -> None:
    one, two = agreement(first, second, units), agreement(second, first, units)

    assert one.decisions == len(units)
    assert one.kappa == two.kappa
    assert one.kappa is None or -1 <= one.kappa <= 1
    assert agreement(first, first, units).kappa in {None, 1.0}


def test_all_themes_together_are_sums_not_a_mean() -> None:
    assert pooled([Agreement(1, 0, 0, 1), Agreement(0, 3, 4, 2)]) == Agreement(1, 3, 4, 3)
    assert pooled([]) == Agreement(0, 0, 0, 0)
