"""Periods as files and addresses write them (`2022`, `2022-Q1`, `2020-07-01/2023-05-31`) and as documents print them."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from documents.formats import day

_YEAR = re.compile(r"([0-9]{4})")
_QUARTER = re.compile(r"([0-9]{4})-[QqKk]([1-4])")
_SPAN = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\s*/\s*([0-9]{4}-[0-9]{2}-[0-9]{2})")
EARLIEST_YEAR, LATEST_YEAR = 1990, 2100


class PeriodError(ValueError):
    """The text is not a period; `problem` and `remedy` are sentences for the user."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem, self.remedy = problem, remedy
        super().__init__(f"{problem} {remedy}")


@dataclass(frozen=True, order=True)
class Period:
    """A span of days, both ends included."""

    start: dt.date
    end: dt.date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise PeriodError(_("The period ends before it starts."), _("Write the earlier date first."))

    def __str__(self) -> str:
        return self.label

    @property
    def code(self) -> str:
        """The shortest text that `parse` reads as this period."""
        if self._is_year:
            return f"{self.start.year:04}"
        if self._quarter:
            return f"{self.start.year:04}-Q{self._quarter}"
        return f"{self.start.isoformat()}/{self.end.isoformat()}"

    @property
    def label(self) -> str:
        """Danish text for documents: "2022", "1. kvartal 2022" or "1. juli 2020 – 31. maj 2023"."""
        if self._is_year:
            return str(self.start.year)
        if self._quarter:
            return f"{self._quarter}. kvartal {self.start.year}"
        return f"{day(self.start)} – {day(self.end)}"

    def lies_within(self, start: dt.date, end: dt.date | None) -> bool:
        """Tell whether every day lies from `start` to `end`; None is an open end."""
        return start <= self.start and (end is None or self.end <= end)

    @property
    def _is_year(self) -> bool:
        return self == year(self.start.year)

    @property
    def _quarter(self) -> int | None:
        number = (self.start.month + 2) // 3
        return number if self == quarter(self.start.year, number) else None


def year(number: int) -> Period:
    return Period(dt.date(number, 1, 1), dt.date(number, 12, 31))


def quarter(of_year: int, number: int) -> Period:
    """Return the `number`-th quarter, 1 to 4."""
    last_month = 3 * number
    last_day = calendar.monthrange(of_year, last_month)[1]
    return Period(dt.date(of_year, last_month - 2, 1), dt.date(of_year, last_month, last_day))


def parse(text: str) -> Period:
    """Read `2022`, `2022-Q1` or `2020-07-01/2023-05-31`; raises PeriodError with a sentence for anything else."""
    text = text.strip()
    try:
        period = _parsed(text)
    except PeriodError:
        raise
    except ValueError:
        raise PeriodError(_("A date in the period does not exist."), _("Correct the day or the month.")) from None
    if period is None:
        raise PeriodError(_("This is not a period."), _("Write 2022, 2022-Q1 or 2020-07-01/2023-05-31."))
    if not EARLIEST_YEAR <= period.start.year <= period.end.year <= LATEST_YEAR:
        raise PeriodError(
            _("The year must lie between %(earliest)s and %(latest)s.")
            % {"earliest": EARLIEST_YEAR, "latest": LATEST_YEAR},
            _("Correct the year."),
        )
    return period


def _parsed(text: str) -> Period | None:
    if match := _YEAR.fullmatch(text):
        return year(int(match[1]))
    if match := _QUARTER.fullmatch(text):
        return quarter(int(match[1]), int(match[2]))
    if match := _SPAN.fullmatch(text):
        return Period(dt.date.fromisoformat(match[1]), dt.date.fromisoformat(match[2]))
    return None
