"""What the terms mean in days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import terms
from contracts.enums import OptionState

DAYS = st.dates(min_value=dt.date(2015, 1, 1), max_value=dt.date(2045, 12, 31))
MONTHS = st.integers(min_value=1, max_value=60)


@dataclass(frozen=True)
class Right:
    """An option, not stored."""

    number: int
    length_months: int = 12
    decide_months_before: int = 6
    decide_by_on: dt.date | None = None
    state: str = OptionState.OPEN


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-12-31", 2, "2024-02-29"),
        ("2024-03-31", -1, "2024-02-29"),
        ("2024-12-15", 1, "2025-01-15"),
        ("2024-01-15", -1, "2023-12-15"),
    ],
)
def test_add_months_clamps_to_the_month(day: str, months: int, expected: str) -> None:
    assert terms.add_months(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("end", "months", "expected"),
    [("2022-06-30", 12, "2023-06-30"), ("2023-02-28", 12, "2024-02-29"), ("2023-09-30", 24, "2025-09-30")],
)
def test_extension_ends_where_the_next_period_would_begin(end: str, months: int, expected: str) -> None:
    assert terms.extend(dt.date.fromisoformat(end), months) == dt.date.fromisoformat(expected)


def test_notice_is_given_before_whole_months() -> None:
    assert terms.notice_deadline(dt.date(2027, 6, 30), 6) == dt.date(2026, 12, 31)


def test_notice_runs_to_the_end_of_a_month() -> None:
    given_on = dt.date(2026, 2, 10)
    ends = [terms.notice_ends_on(given_on, 6, to_month_end=to_month_end) for to_month_end in (True, False)]
    assert ends == [dt.date(2026, 8, 31), dt.date(2026, 8, 10)]


def test_options_follow_one_another() -> None:
    options = [Right(2), Right(1, state=OptionState.EXERCISED)]
    first, second = terms.option_days(dt.date(2022, 6, 30), options)
    assert (first.ends_on, first.decide_by_on) == (dt.date(2023, 6, 30), dt.date(2021, 12, 31))
    assert (second.extends_from, second.ends_on) == (dt.date(2023, 6, 30), dt.date(2024, 6, 30))
    assert second.decide_by_on == dt.date(2022, 12, 31)


def test_end_is_after_exercised_options_only() -> None:
    options = [Right(1, state=OptionState.EXERCISED), Right(2), Right(3)]
    assert terms.end_after_options(dt.date(2022, 6, 30), options) == dt.date(2023, 6, 30)
    assert terms.latest_end(dt.date(2022, 6, 30), options) == dt.date(2025, 6, 30)


def test_declined_option_ends_the_chain() -> None:
    options = [Right(1, state=OptionState.DECLINED), Right(2)]
    assert terms.option_days(dt.date(2022, 6, 30), options) == []


def test_day_that_the_agreement_names_wins() -> None:
    (days,) = terms.option_days(dt.date(2022, 6, 30), [Right(1, decide_by_on=dt.date(2022, 3, 1))])
    assert days.decide_by_on == dt.date(2022, 3, 1)


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_extending_twice_is_extending_once(end: dt.date, first: int, then: int) -> None:
    """Where the day after the end is in every month, lengths add up."""
    start_of_month = end.replace(day=1) - terms.DAY
    assert terms.extend(terms.extend(start_of_month, first), then) == terms.extend(start_of_month, first + then)


@given(DAYS, MONTHS)
def test_notice_deadline_and_its_end_agree(end: dt.date, months: int) -> None:
    """Notice on the last day is early enough, and notice a month later is not."""
    last = terms.last_day_to_say(terms.month_end(end), months)
    assert terms.notice_ends_on(last, months, to_month_end=True) <= terms.month_end(end)
    late = terms.add_months(last + terms.DAY, 1)
    assert terms.notice_ends_on(late, months, to_month_end=True) > terms.month_end(end)


@given(DAYS, st.lists(st.tuples(MONTHS, st.sampled_from(list(OptionState))), max_size=5), st.none() | DAYS)
def test_effective_end_is_never_after_what_options_and_notice_allow(
    base: dt.date, rights: list[tuple[int, OptionState]], terminated_to: dt.date | None
) -> None:
    options = [Right(number, months, state=state) for number, (months, state) in enumerate(rights, start=1)]
    end = terms.effective_end(base, options, terminated_to=terminated_to)
    assert end is not None
    assert end <= (terms.latest_end(base, options) or dt.date.max)
    if terminated_to is not None:
        assert end <= terminated_to
    else:
        assert end >= base


def test_no_end_stays_no_end() -> None:
    assert terms.effective_end(None, []) is None
    assert terms.effective_end(None, [], terminated_to=dt.date(2026, 8, 31)) == dt.date(2026, 8, 31)
    assert terms.run_off_end(None, 6) is None


@pytest.mark.parametrize(
    ("other", "shares"),
    [
        (("2026-07-01", None), False),
        (("2026-06-30", None), True),
        (("2020-01-01", "2024-12-31"), False),
        (("2020-01-01", "2025-01-01"), True),
    ],
)
def test_overlap(other: tuple[str, str | None], shares: bool) -> None:
    start, end = (dt.date.fromisoformat(day) if day else None for day in other)
    assert terms.overlap(dt.date(2025, 1, 1), dt.date(2026, 6, 30), start, end) is shares


@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)), st.lists(st.sampled_from(list(OptionState)), max_size=4))
def test_the_latest_end_is_the_same_from_either_end(base: dt.date, states: list[OptionState]) -> None:
    """Counted from the end without options, or on from the effective end, while the chain holds."""
    held = sorted(states, key=lambda state: state != OptionState.EXERCISED)  # exercised ones come first
    rights = [Right(number, state=state) for number, state in enumerate(held, start=1)]
    effective = terms.effective_end(base, rights)
    assert terms.latest_from(effective, rights) == terms.latest_end(base, rights)
