"""What the terms of an agreement mean in days: ends, options, notice. Pure functions over dates.

An agreement's end is its last day, so periods are counted from the day after it: twelve months after 28 February 2023 is
29 February 2024, and six months' notice before 30 June is given on 31 December at the latest.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from contracts.enums import OptionState

DAY = dt.timedelta(days=1)


class OptionTerms(Protocol):
    """What is asked of an option, stored or not."""

    number: int
    length_months: int
    decide_months_before: int
    decide_by_on: dt.date | None
    state: str


@dataclass(frozen=True)
class OptionDays:
    """The days of one option: it extends from `extends_from`, the last day before it, to `ends_on`."""

    number: int
    state: OptionState
    extends_from: dt.date
    ends_on: dt.date
    decide_by_on: dt.date


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day of the month so many months later (or earlier), clamped to the month's last day."""
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def extend(end: dt.date, months: int) -> dt.date:
    """Return the last day of a period that goes on so many months after `end`."""
    return add_months(end + DAY, months) - DAY


def last_day_to_say(end: dt.date, months_before: int) -> dt.date:
    """Return the last day on which something can be said so many whole months before `end` has passed."""
    return add_months(end + DAY, -months_before) - DAY


def notice_ends_on(given_on: dt.date, months: int, *, to_month_end: bool) -> dt.date:
    """Return the last day of a contract that is terminated on `given_on`."""
    end = add_months(given_on, months)
    return month_end(end) if to_month_end else end


def option_days(base_end: dt.date | None, options: Iterable[OptionTerms]) -> list[OptionDays]:
    """Return the days of the options in their order, as far as they can be used.

    The chain breaks at the first option that was not exercised: what was declined extends nothing, and what follows it
    cannot be used. After an open option the days are those that hold if it is exercised. No end, no options.
    """
    days: list[OptionDays] = []
    if base_end is None:
        return days
    end = base_end
    for option in sorted(options, key=lambda option: option.number):
        state = OptionState(option.state)
        if state is OptionState.DECLINED:
            break
        decide_by = option.decide_by_on or last_day_to_say(end, option.decide_months_before)
        days.append(OptionDays(option.number, state, end, extend(end, option.length_months), decide_by))
        end = days[-1].ends_on
    return days


def end_after_options(base_end: dt.date | None, options: Iterable[OptionTerms]) -> dt.date | None:
    """Return the end after the options that are exercised, one after the other; None stays None."""
    end = base_end
    for days in option_days(base_end, options):
        if days.state is not OptionState.EXERCISED:
            break
        end = days.ends_on
    return end


def latest_end(base_end: dt.date | None, options: Iterable[OptionTerms]) -> dt.date | None:
    """Return the end if every option that is left is exercised too."""
    days = option_days(base_end, options)
    return days[-1].ends_on if days else base_end


def latest_from(effective_end: dt.date | None, options: Iterable[OptionTerms]) -> dt.date | None:
    """Return the end if every option that is left is exercised too, counted on from the effective end.

    What is exercised is in that end already, and so are amendments that are agreed and take effect later.
    """
    return latest_end(effective_end, [option for option in options if option.state != OptionState.EXERCISED])


def effective_end(
    base_end: dt.date | None, options: Sequence[OptionTerms], *, terminated_to: dt.date | None = None
) -> dt.date | None:
    """Return the last day of an agreement after exercised options and notice; None when it has no end."""
    return earliest(end_after_options(base_end, options), terminated_to)


def run_off_end(effective_end: dt.date | None, run_off_months: int | None) -> dt.date | None:
    """Return the last day on which courses that have begun may go on after the end; None without run-off."""
    if effective_end is None or not run_off_months:
        return None
    return extend(effective_end, run_off_months)


def notice_deadline(end: dt.date | None, notice_months: int | None, *, to_month_end: bool = False) -> dt.date | None:
    """Return the last day on which notice still ends a contract by its (effective) end.

    Notice that runs to the end of a month ends a contract by the last month's end that is not after its own.
    """
    if end is None or notice_months is None:
        return None
    if to_month_end and end != month_end(end):
        end = end.replace(day=1) - DAY
    return last_day_to_say(end, notice_months)


def earliest(*days: dt.date | None) -> dt.date | None:
    """Return the earliest of the days that are there."""
    return min((day for day in days if day is not None), default=None)


def overlap(start: dt.date, end: dt.date | None, other_start: dt.date, other_end: dt.date | None) -> bool:
    """Tell whether two periods share a day; a missing end is no end."""
    return start <= (other_end or dt.date.max) and other_start <= (end or dt.date.max)
