"""Weeks and months of the register: ISO weeks named by their ISO year, and the month of a week's Thursday."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property

CENTURY_TURNS_AT = 90  # the register begins in mid-1991
_WEEK = re.compile(r"y_([0-9]{2})([0-9]{2})")
_MONTH = re.compile(r"branche_([0-9]{4})_([0-9]{2})")
Month = tuple[int, int]


@dataclass(frozen=True, order=True)
class Week:
    """An ISO week; `year` is the ISO year, which may differ from that of some of its days."""

    year: int
    number: int

    @classmethod
    def of(cls, day: dt.date) -> Week:
        year, number, _weekday = day.isocalendar()
        return cls(year, number)

    @cached_property
    def thursday(self) -> dt.date:
        return dt.date.fromisocalendar(self.year, self.number, 4)

    @property
    def month(self) -> Month:
        """The month that the week belongs to: its Thursday's."""
        return (self.thursday.year, self.thursday.month)

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"


def add_months(day: dt.date, months: int) -> dt.date:
    """Add calendar months; a day that the month lacks becomes its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def week_column(week: Week) -> str:
    return f"y_{week.year % 100:02}{week.number:02}"


def month_column(month: Month) -> str:
    return f"branche_{month[0]:04}_{month[1]:02}"


def week_of_column(name: str) -> Week | None:
    """Return the week that a column is about; None for any other column, and for a week that does not exist."""
    match = _WEEK.fullmatch(name.strip().casefold())
    if match is None:
        return None
    short, number = int(match[1]), int(match[2])
    year = short + (2000 if short < CENTURY_TURNS_AT else 1900)
    try:
        dt.date.fromisocalendar(year, number, 1)
    except ValueError:
        return None
    return Week(year, number)


def month_of_column(name: str) -> Month | None:
    """Return the month whose branch of work a column holds; None for any other column."""
    match = _MONTH.fullmatch(name.strip().casefold())
    if match is None or not 1 <= int(match[2]) <= 12:
        return None
    return (int(match[1]), int(match[2]))


def weeks_until(last: Week, count: int) -> list[Week]:
    """Return `count` weeks, the last one last."""
    return [Week.of(last.thursday - dt.timedelta(weeks=back)) for back in reversed(range(count))]


def months_between(first: dt.date, last: dt.date) -> list[Month]:
    """Return the months from that of `first` to that of `last`, both included."""
    begin, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return [(number // 12, number % 12 + 1) for number in range(begin, end + 1)]
