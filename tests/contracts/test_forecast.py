"""When a limit is reached: tables of cases, and properties against plain counting."""

import datetime as dt
import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t

from contracts import forecast as module
from contracts.forecast import Forecast, MonthAmount, Outcome, Pace, forecast, pace_of, reached_in
from contracts.terms import add_months

JANUARY = dt.date(2025, 1, 1)
amounts = st.integers(-50_000, 500_000).map(Decimal)


def months(*values: int | Decimal, start: dt.date = JANUARY) -> list[MonthAmount]:
    return [MonthAmount(add_months(start, place), Decimal(value)) for place, value in enumerate(values)]


def month(number: int) -> dt.date:
    """The first day of a month counted from January 2025 as 1."""
    return add_months(JANUARY, number - 1)


def at_end_of(number: int) -> dt.date:
    return month(number + 1) - dt.timedelta(days=1)


# --- observed


@pytest.mark.parametrize(
    ("values", "limit", "found"),
    [
        ((10, 10, 10), 20, month(2)),
        ((10, 10, 10), 21, month(3)),
        ((10, 10, 10), 31, None),
        ((10, 15, -10, 5), 20, month(4)),  # a credit note, and reached anew
        ((10, 15, -10), 20, None),
        ((30, -5, 1), 20, month(1)),
        ((), 20, None),
        ((5,), 0, month(1)),
        ((5,), None, None),
    ],
)
def test_reached_in(values, limit, found):
    assert reached_in(months(*values), limit) == found


@given(st.lists(amounts, max_size=30), st.integers(1, 3_000_000))
def test_reached_means_at_the_limit_ever_since(values, limit):
    sums = list(itertools.accumulate(values))
    found = reached_in(months(*values), limit)
    if found is None:
        assert not sums or sums[-1] < limit
    else:
        place = (found.year - 2025) * 12 + found.month - 1
        assert all(total >= limit for total in sums[place:])
        assert place == 0 or sums[place - 1] < limit


# --- forecast


def test_the_same_every_month_has_no_spread():
    assert forecast(months(*[100] * 6), limit_dkk=Decimal(1000), today=at_end_of(6)) == Forecast(
        Outcome.EXPECTED, expected_in=month(10), earliest_in=month(10), latest_in=month(10)
    )


def test_a_worked_case():
    """Six months with mean 100 and deviation 17.8885: t is 2.570582 with five degrees of freedom, so c is 45.984."""
    found = forecast(months(80, 120, 80, 120, 100, 100), limit_dkk=Decimal(1600), today=at_end_of(6))
    pace = pace_of(months(80, 120, 80, 120, 100, 100), today=at_end_of(6))
    assert (pace.mean_dkk, round(pace.deviation_dkk, 4), pace.spent_dkk) == (100, 17.8885, 600)
    assert round(pace.spent_after(10, side=1) - 1600, 2) == round(45.9840 * (10 + 100 / 6) ** 0.5, 2)
    assert found == Forecast(Outcome.EXPECTED, expected_in=month(16), earliest_in=month(15), latest_in=month(19))


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        ((), Outcome.TOO_LITTLE),
        ((100, 100), Outcome.TOO_LITTLE),
        ((0, 0, 0), Outcome.NEVER),
        ((100, -100, 0), Outcome.NEVER),
        ((1, 1, 1), Outcome.NEVER),  # at this pace in more than fifty years
        ((500, 500, 500), Outcome.REACHED),
    ],
)
def test_what_cannot_be_forecast(values, outcome):
    assert forecast(months(*values), limit_dkk=Decimal(1000), today=at_end_of(12)).outcome is outcome


def test_a_limit_that_perhaps_is_never_reached_has_no_latest_month():
    found = forecast(months(0, 300, 0, 0), limit_dkk=Decimal(1000), today=at_end_of(4))
    assert (found.outcome, found.expected_in, found.latest_in) == (Outcome.EXPECTED, month(14), None)


def test_a_month_that_is_not_over_counts_as_spent_but_not_for_the_pace():
    values = months(100, 110, 90, 5)
    before = forecast(values[:3], limit_dkk=Decimal(1000), today=at_end_of(3))
    assert forecast(values, limit_dkk=Decimal(1000), today=month(4)) == before
    assert forecast(months(100, 110, 90, 700), limit_dkk=Decimal(1000), today=month(4)).reached_in == month(4)


def test_months_after_today_are_left_out():
    values = months(100, 100, 100, 5000)
    assert forecast(values, limit_dkk=Decimal(1000), today=at_end_of(3)).expected_in == month(10)


def test_only_the_last_twelve_months_say_how_fast():
    values = months(*[900] * 6, *[100] * 12)
    assert pace_of(values, today=at_end_of(18)) == Pace(month(18), Decimal(6600), 12, 100.0, 0.0)


def test_a_credit_in_the_month_that_is_not_over_brings_it_below_the_limit():
    found = forecast(months(400, 400, 400, -300), limit_dkk=Decimal(1000), today=month(4))
    assert (found.outcome, found.expected_in) == (Outcome.EXPECTED, month(4))


@given(st.lists(amounts, min_size=3, max_size=20), st.integers(1, 20_000_000))
def test_each_month_is_the_first_that_its_bound_gets_to(values, limit):
    found = forecast(months(*values), limit_dkk=Decimal(limit), today=at_end_of(len(values)))
    pace = pace_of(months(*values), today=at_end_of(len(values)))
    if found.outcome is Outcome.EXPECTED:
        goal = max(float(limit), float(pace.spent_dkk))
        for side, crossed in ((0, found.expected_in), (1, found.earliest_in), (-1, found.latest_in)):
            counted = (k for k in range(1, module.HORIZON_MONTHS + 2) if pace.spent_after(k, side=side) >= goal)
            first = next(counted, None)
            assert crossed == (first and add_months(pace.last_month, first))
        assert found.earliest_in <= found.expected_in
        assert found.latest_in is None or found.expected_in <= found.latest_in


@given(st.lists(amounts, min_size=3, max_size=20), st.integers(1, 10**7), st.integers(0, 10**7))
def test_a_higher_limit_is_never_reached_sooner(values, limit, more):
    today = at_end_of(len(values))
    lower, higher = (forecast(months(*values), limit_dkk=Decimal(each), today=today) for each in (limit, limit + more))
    if lower.outcome is Outcome.EXPECTED and higher.outcome is Outcome.EXPECTED:
        assert lower.earliest_in <= higher.earliest_in
        assert lower.expected_in <= higher.expected_in
        assert (lower.latest_in or dt.date.max) <= (higher.latest_in or dt.date.max)


def test_the_table_of_t_is_that_of_the_literature():
    assert {freedom: round(float(t.ppf(0.975, freedom)), 6) for freedom in range(2, 12)} == module._T
