"""When an obligation is due: tables of cases, and what holds for every rule."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.recurrence import due_days, first_due, horizon, in_words
from contracts.terms import add_months, month_end

TODAY = dt.date(2026, 3, 15)
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31))
MONTHS = st.one_of(st.none(), st.integers(1, 60))


@dataclass(frozen=True)
class Rule:
    first_due_on: dt.date | None = None
    days_after_start: int | None = None
    every_months: int | None = None


def days(*texts: str) -> list[dt.date]:
    return [dt.date.fromisoformat(text) for text in texts]


def due(rule: Rule, *, since: str = "2026-03-15", last: str | None = None, start: str = "2026-01-01") -> list[dt.date]:
    last_day = dt.date.fromisoformat(last) if last else None
    begin = dt.date.fromisoformat(since)
    return due_days(rule, starts_on=dt.date.fromisoformat(start), last_day=last_day, since=begin, today=TODAY)


def test_monthly_from_the_31st_never_drifts() -> None:
    rule = Rule(first_due_on=dt.date(2027, 1, 31), every_months=1)
    expected = days("2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31")
    assert due(rule, last="2027-06-29") == expected


def test_yearly_on_a_leap_day_is_on_the_28th_in_between() -> None:
    rule = Rule(first_due_on=dt.date(2024, 2, 29), every_months=12)
    assert due(rule, since="2024-01-01", last="2028-12-31") == days(
        "2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"
    )


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Rule(days_after_start=14), days("2026-01-15")),
        (Rule(days_after_start=14, every_months=12), days("2026-01-15", "2027-01-15", "2028-01-15")),
        (Rule(first_due_on=dt.date(2026, 1, 1)), days("2026-01-01")),
        (Rule(first_due_on=dt.date(2025, 12, 31)), []),
    ],
    ids=["days after the start", "and again", "once", "once, before"],
)
def test_first_day(rule: Rule, expected: list[dt.date]) -> None:
    assert due(rule, since="2026-01-01") == expected


def test_no_end_goes_to_the_horizon() -> None:
    found = due(Rule(first_due_on=dt.date(2026, 4, 1), every_months=3))
    assert (len(found), found[-1]) == (8, dt.date(2028, 1, 1))
    assert horizon(TODAY) == dt.date(2028, 3, 15)


def test_next_day_beyond_the_horizon_is_known() -> None:
    rule = Rule(first_due_on=dt.date(2025, 6, 1), every_months=36)
    assert due(rule) == days("2028-06-01")
    assert due(rule, last="2028-05-31") == []
    assert due(rule, since="2025-01-01") == days("2025-06-01", "2028-06-01")


def test_end_of_the_calendar_is_an_end() -> None:
    assert first_due(Rule(days_after_start=30), starts_on=dt.date(9999, 12, 31)) == dt.date.max
    rule = Rule(first_due_on=dt.date(9999, 1, 1), every_months=11)
    assert due(rule, since="9999-01-01") == days("9999-01-01")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Rule(first_due_on=dt.date(2025, 3, 1), every_months=12), "første gang 1. marts 2025, derefter hvert år"),
        (Rule(first_due_on=dt.date(2025, 3, 1), every_months=24), "første gang 1. marts 2025, derefter hvert 2. år"),
        (Rule(days_after_start=14), "14 dage efter start, én gang"),
        (Rule(days_after_start=1, every_months=1), "1 dag efter start, derefter hver måned"),
        (Rule(days_after_start=0, every_months=3), "0 dage efter start, derefter hver 3. måned"),
    ],
)
def test_rule_in_words(rule: Rule, words: str) -> None:
    assert in_words(rule) == words


# --- what holds for every rule


@given(first=DAYS, every=MONTHS, since=DAYS, last=st.one_of(st.none(), DAYS))
def test_days_are_counted_from_the_first(
    first: dt.date, every: int | None, since: dt.date, last: dt.date | None
) -> None:
    rule = Rule(first_due_on=first, every_months=every)
    found = due_days(rule, starts_on=first, last_day=last, since=since, today=TODAY)
    assert found == sorted(set(found))
    for day in found:
        months = (day.year - first.year) * 12 + day.month - first.month
        assert since <= day <= (last or dt.date.max)
        assert months % (every or 1) == 0
        assert day == add_months(first, months)
        assert day.day == first.day or day == month_end(day)


@given(first=DAYS, every=MONTHS, since=DAYS, later=DAYS)
def test_planning_again_later_continues_the_same_days(
    first: dt.date, every: int | None, since: dt.date, later: dt.date
) -> None:
    rule = Rule(first_due_on=first, every_months=every)
    one = due_days(rule, starts_on=first, last_day=None, since=since, today=TODAY)
    two = due_days(rule, starts_on=first, last_day=None, since=since, today=later)
    short, long = sorted((one, two), key=len)
    assert long[: len(short)] == short


@given(first=DAYS, every=st.integers(1, 60), today=DAYS)
def test_next_day_is_always_known(first: dt.date, every: int, today: dt.date) -> None:
    rule = Rule(first_due_on=first, every_months=every)
    found = due_days(rule, starts_on=first, last_day=None, since=today, today=today)
    assert found
    assert found[0] >= max(first, today)
    assert found[0] == first or add_months(found[0].replace(day=1), -every) <= today
