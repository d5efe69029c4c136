"""The days on which a Danish municipality works: neither weekends nor public holidays. The one door to `holidays`.

The days on which offices are closed by custom are days off too: 1 May, Constitution Day, Christmas Eve and New Year's Eve. What
the law counts ends on a working day, and never earlier for being counted so.
"""

from __future__ import annotations

import datetime as dt
from functools import cache

from contracts.terms import DAY


def is_workday(day: dt.date) -> bool:
    return day.weekday() < 5 and day not in _days_off(day.year)


def next_workday(day: dt.date) -> dt.date:
    """Return the day, or the first working day after it."""
    while not is_workday(day):
        day += DAY
    return day


def last_workday(day: dt.date) -> dt.date:
    """Return the day, or the last working day before it."""
    while not is_workday(day):
        day -= DAY
    return day


@cache
def _days_off(year: int) -> frozenset[dt.date]:
    import holidays  # seldom asked for, so the web process loads it then

    return frozenset(holidays.country_holidays("DK", years=year, categories=("public", "optional")))
