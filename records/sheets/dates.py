"""Read the days and months that people and programs write; each reader raises CellError and gives None for an empty cell.

A workbook's own dates come as `2026-12-31`. Danish order is day before month, whatever stands between them.
"""

from __future__ import annotations

import datetime as dt
import re

from babel import Locale
from django.utils.translation import gettext as _

from records.sheets.decoding import Cell
from records.sheets.errors import CellError

EARLIEST_YEAR, LATEST_YEAR = 1990, 2200
_ISO_DAY = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})(?:[t ]00:00(?::00)?)?")
_DANISH_DAY = re.compile(r"(?P<day>[0-9]{1,2})([./-])\s?(?P<month>[0-9]{1,2})\2\s?(?P<year>[0-9]{4})")
_WORDS_DAY = re.compile(r"(?:den )?(?P<day>[0-9]{1,2})\.? (?P<name>[^\W\d_]+)\.? (?P<year>[0-9]{4})")
_ISO_MONTH = re.compile(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})")
_DANISH_MONTH = re.compile(r"(?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4})")
_WORDS_MONTH = re.compile(r"(?P<name>[^\W\d_]+)\.?[ -](?P<year>[0-9]{4})")
_DAYS = (_ISO_DAY, _DANISH_DAY, _WORDS_DAY)
_MONTHS = (_ISO_MONTH, _DANISH_MONTH, _WORDS_MONTH)


def day(cell: Cell) -> dt.date | None:
    """Read `2026-12-31`, `31.12.2026`, `31-12-2026`, `31/12/2026` or `31. december 2026`."""
    if not cell.text:
        return None
    found = _date(cell.text, _DAYS)
    if found is None:
        raise CellError(
            _("This is not a date."), _("Write it as 31.12.2026 or 2026-12-31, with four digits for the year.")
        )
    return found


def month(cell: Cell) -> dt.date | None:
    """Read `2026-03`, `03-2026`, `marts 2026`, or any day of the month; return its first day."""
    if not cell.text:
        return None
    found = _date(cell.text, (*_MONTHS, *_DAYS))
    if found is None:
        raise CellError(
            _("This is not a month."), _("Write it as 2026-03 or marts 2026, with four digits for the year.")
        )
    return found.replace(day=1)


def _date(text: str, patterns: tuple[re.Pattern[str], ...]) -> dt.date | None:
    text = " ".join(text.casefold().split())
    for pattern in patterns:
        if match := pattern.fullmatch(text):
            parts = match.groupdict()
            number = int(parts["month"]) if "month" in parts else _month_number(parts["name"])
            return _existing(int(parts["year"]), number, int(parts.get("day", 1))) if number is not None else None
    return None


def _existing(year: int, number: int, day_of_month: int) -> dt.date:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise CellError(
            _("The year must lie between %(earliest)s and %(latest)s.")
            % {"earliest": EARLIEST_YEAR, "latest": LATEST_YEAR},
            _("Correct the year."),
        )
    try:
        return dt.date(year, number, day_of_month)
    except ValueError:
        raise CellError(_("The date does not exist."), _("Correct the day or the month.")) from None


def _month_number(name: str) -> int | None:
    """Return the number of a month by its Danish name or the first three letters of it."""
    names = Locale("da").months["format"]["wide"]
    return next((number for number, full in names.items() if name in {full, full[:3]}), None)
