import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.terms import DAY, add_months
from contracts.volumes import expected_referrals


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (dt.date(2025, 1, 1), dt.date(2025, 12, 31), 60),
        (dt.date(2024, 1, 1), dt.date(2024, 12, 31), 60),
        (dt.date(2024, 7, 1), dt.date(2025, 6, 30), 60),
        (dt.date(2025, 1, 1), dt.date(2025, 1, 31), 5),
        (dt.date(2025, 4, 16), dt.date(2025, 4, 30), Decimal("2.5")),
        (dt.date(2025, 4, 16), dt.date(2025, 5, 31), Decimal("7.5")),
        (dt.date(2025, 2, 1), dt.date(2025, 1, 31), 0),
    ],
)
def test_expected_referrals(start, end, expected):
    assert expected_referrals(60, start, end) == expected


@given(st.dates(dt.date(2000, 1, 1), dt.date(2050, 1, 1)), st.integers(0, 2000), st.integers(0, 2000))
def test_periods_that_follow_each_other_add_up(start, days, more):
    middle = start + days * DAY
    end = middle + more * DAY
    parts = expected_referrals(365, start, middle) + expected_referrals(365, middle + DAY, end)
    assert abs(parts - expected_referrals(365, start, end)) < Decimal("0.0001")


@given(st.dates(dt.date(2000, 1, 1), dt.date(2050, 1, 1)).map(lambda day: day.replace(day=1)), st.integers(1, 60))
def test_whole_months_are_twelfths(start, months):
    assert expected_referrals(12, start, add_months(start, months) - DAY) == months
