"""When an obligation is due: pure rules over dates.

Every due date is counted from the first one, so it never drifts: monthly from 31 January is due on the last day of February
and on 31 March again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Protocol

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contracts.terms import DAY, add_months

# How far ahead dates are written down. A daily task goes on from there (`contracts.tasks`).
HORIZON_MONTHS = 24


class Rule(Protocol):
    """What is asked of an obligation or of a template, stored or not."""

    first_due_on: dt.date | None
    days_after_start: int | None
    every_months: int | None


def horizon(today: dt.date) -> dt.date:
    return add_months(today, HORIZON_MONTHS)


def first_due(rule: Rule, *, starts_on: dt.date) -> dt.date:
    """Return the first due date: the day that is named, or so many days after the agreement's start."""
    if rule.first_due_on is not None:
        return rule.first_due_on
    try:
        return starts_on + (rule.days_after_start or 0) * DAY
    except OverflowError:  # an agreement that starts at the end of the calendar
        return dt.date.max


def due_days(
    rule: Rule, *, starts_on: dt.date, last_day: dt.date | None, since: dt.date, today: dt.date
) -> list[dt.date]:
    """Return the due dates from `since` to `last_day` (None: no end), in order, as far as the horizon of `today`.

    When none of them lies ahead of today, the next one beyond the horizon is there too: what is due every third year
    is known.
    """
    days: list[dt.date] = []
    last = last_day or dt.date.max
    for day in _days(first_due(rule, starts_on=starts_on), rule.every_months, since):
        if day > last or (day > horizon(today) and days and days[-1] >= today):
            break
        days.append(day)
    return days


def _days(first: dt.date, every_months: int | None, since: dt.date) -> Iterator[dt.date]:
    """Yield the due dates that do not lie before `since`; they end with the calendar."""
    if not every_months:
        if first >= since:
            yield first
        return
    months = (since.year - first.year) * 12 + since.month - first.month
    number = max(0, months // every_months)
    while True:
        try:
            day = add_months(first, number * every_months)
        except ValueError:
            return
        if day >= since:
            yield day
        number += 1


def in_words(rule: Rule) -> str:
    """Return the rule as a sentence for people: “first on 1 March 2025, then every year”."""
    return _("%(first)s, %(again)s") % {"first": _first_in_words(rule), "again": _again_in_words(rule.every_months)}


def _first_in_words(rule: Rule) -> str:
    if rule.first_due_on is not None:
        return _("first on %(day)s") % {"day": formats.date_format(rule.first_due_on)}
    days = rule.days_after_start or 0
    return ngettext("%(days)s day after the start", "%(days)s days after the start", days) % {"days": days}


def _again_in_words(every_months: int | None) -> str:
    if not every_months:
        return _("once")
    if every_months % 12 == 0:
        years = every_months // 12
        return ngettext("then every year", "then every %(years)s years", years) % {"years": years}
    return ngettext("then every month", "then every %(months)s months", every_months) % {"months": every_months}
