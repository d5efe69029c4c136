from __future__ import annotations

import calendar
import datetime as dt
import math
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from contracts.deadlines.deadline import Deadline
from contracts.deadlines.kinds import DeadlineKind
from contracts.deadlines.wheel import CENTRE, DOT, RING, TODAY_INNER, Dot, wheel
from tests.contracts.deadlines.facts import contract

YEAR = 2026
TODAY = dt.date(YEAR, 4, 15)


def due(day: dt.date) -> Deadline:
    return Deadline(contract(), DeadlineKind.EXPIRY, day, None, day)


def turn_of(x: float, y: float) -> float:
    return math.atan2(x - CENTRE, CENTRE - y) / (2 * math.pi) % 1


def distance(one: Dot, other: Dot) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)


@given(st.lists(st.dates(dt.date(YEAR, 1, 1), dt.date(YEAR, 12, 31)), max_size=60))
def test_every_dot_stands_in_its_month_and_none_lies_on_another(days: list[dt.date]) -> None:
    drawn = wheel([due(day) for day in days], year=YEAR, today=TODAY)
    for month in drawn.months:
        wanted = [day for day in days if day.month == month.first.month]
        assert (month.count, month.rest) == (len(wanted), len(wanted) - len(month.dots))
        for dot in month.dots:
            assert dot.deadline.due_on.month == month.first.month
            assert (month.first.month - 1) / 12 < turn_of(dot.x, dot.y) < month.first.month / 12
            assert TODAY_INNER + DOT < math.hypot(dot.x - CENTRE, dot.y - CENTRE) < RING - DOT
        apart = [distance(one, other) for place, one in enumerate(month.dots) for other in month.dots[place + 1 :]]
        assert min(apart, default=2 * DOT) >= 2 * DOT - 0.2
    assert drawn.count == len(days)
    assert drawn.overdue == sum(day < TODAY for day in days)


def test_days_of_a_month_follow_the_clock() -> None:
    days = [dt.date(YEAR, 5, day) for day in (1, 9, 17, 25, 31)]
    dots = wheel([due(day) for day in days], year=YEAR, today=TODAY).months[4].dots
    turns = [turn_of(dot.x, dot.y) for dot in dots]
    assert all(before < after for before, after in pairwise(turns))


def test_other_years_are_left_out_and_the_busiest_month_is_named() -> None:
    days = [dt.date(2025, 12, 31), dt.date(YEAR, 9, 1), dt.date(YEAR, 9, 2), dt.date(YEAR, 2, 1), dt.date(2027, 1, 1)]
    drawn = wheel([due(day) for day in days], year=YEAR, today=TODAY)
    assert drawn.busiest is not None
    assert (drawn.count, drawn.busiest.first.month, drawn.busiest.count) == (3, 9, 2)
    assert wheel([], year=YEAR, today=TODAY).busiest is None


def test_today_is_a_line_of_this_year_alone() -> None:
    line = wheel([], year=YEAR, today=TODAY).today
    assert line is not None
    assert abs(turn_of(line.x2, line.y2) - (3 + 14.5 / 30) / 12) < 0.001
    assert wheel([], year=YEAR + 1, today=TODAY).today is None


def test_months_know_their_last_day() -> None:
    months = wheel([], year=2028, today=TODAY).months
    assert [month.last.day for month in months] == [calendar.monthrange(2028, number)[1] for number in range(1, 13)]


def test_what_finds_no_room_is_told_as_a_number() -> None:
    month = wheel([due(dt.date(YEAR, 3, 15))] * 40, year=YEAR, today=TODAY).months[2]
    assert (month.count, len(month.dots) + month.rest) == (40, 40)
    assert month.rest > 0
