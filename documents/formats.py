"""Danish texts for numbers, shares and days, as they stand in documents and on pages.

Halves round away from zero, as a reader with a calculator does it. A space that must not break is U+00A0.

`MISSING` says that there is no figure: none was collected, or nothing can be computed (a share of no one).
`HIDDEN` says that there is a figure that may not be shown, because it, or one that follows from it, is about few persons. It is
one mark for every hidden cell, so that the mark tells nothing of the size. "–" is taken, ".." is silent in a screen reader and
easily missed, and a word like "skjult" sounds as if somebody had something to hide; the dot is read aloud and explained
by `HIDDEN_NOTE` below each table that has one.
"""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date
from babel.numbers import format_decimal

LOCALE = "da"
MISSING = "–"
HIDDEN = "•"
HIDDEN_NOTE = f"{HIDDEN} Tallet vises ikke, fordi det eller et andet tal i tabellen handler om få personer."
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


def number(value: float | Decimal | None, *, decimals: int = 0) -> str:
    """Return "1.286" or, with decimals=1, "4,3"; MISSING for None."""
    if value is None:
        return MISSING
    pattern = "#,##0" + (f".{'0' * decimals}" if decimals else "")
    return format_decimal(_rounded(value, decimals), format=pattern, locale=LOCALE)


def percent(numerator: int | None, denominator: int | None, *, decimals: int = 1) -> str:
    """Return "4,8 %" with a no-break space; MISSING when either is None or the denominator is 0."""
    if numerator is None or not denominator:
        return MISSING
    share = Decimal(100) * Decimal(numerator) / Decimal(denominator)
    return f"{number(share, decimals=decimals)}{NO_BREAK_SPACE}%"


def count_with_percent(numerator: int | None, denominator: int | None, *, decimals: int = 1) -> str:
    """Return "62 (4,8 %)", only the count when there is no share, and MISSING without a count."""
    share = percent(numerator, denominator, decimals=decimals)
    return number(numerator) if share == MISSING else f"{number(numerator)} ({share})"


def day(value: dt.date | None) -> str:
    """Return "7. august 2023"; MISSING for None."""
    return MISSING if value is None else format_date(value, format="long", locale=LOCALE)


def month(value: dt.date | None) -> str:
    """Return "august 2023"; MISSING for None."""
    return MISSING if value is None else format_date(value, format="LLLL y", locale=LOCALE)


def kroner(value: float | Decimal | None, *, decimals: int = 0) -> str:
    """Return "1.234.568 kr.", or with decimals=2 "1.234.567,50 kr.", with a no-break space; MISSING for None."""
    return MISSING if value is None else f"{number(value, decimals=decimals)}{NO_BREAK_SPACE}kr."


def millions(value: float | Decimal | None) -> str:
    """Return "1,2 mio. kr."; MISSING for None."""
    return (
        MISSING if value is None else f"{number(Decimal(str(value)) / 1_000_000, decimals=1)}{NO_BREAK_SPACE}mio. kr."
    )


def approximately(value: float | Decimal) -> str:
    """Return "ca. 12.000": two digits that count, never finer than tens; "under 10" for what would be rounded to none."""
    exponent = max(Decimal(str(value)).adjusted() - 1, 1)
    rounded = _rounded(value, -exponent)
    return "under 10" if value and not rounded else f"ca. {number(rounded)}"


def _rounded(value: float | Decimal, decimals: int) -> Decimal:
    step = Decimal(1).scaleb(-decimals)
    rounded = (Decimal(str(value)) / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step
    return rounded + 0 if rounded else Decimal(0)  # never "-0"
