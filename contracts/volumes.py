"""How many referrals a contract expects in a period. Expected, not guaranteed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from contracts.terms import DAY, month_end


def expected_referrals(per_year: int, start: dt.date, end: dt.date) -> Decimal:
    """Return what a yearly number is from `start` to `end`, both included: a twelfth for a month, and its days' part of it.

    A whole year gives the number itself, leap year or not; a period that ends before it starts gives 0.
    """
    return Decimal(per_year) * sum(_parts(start, end), Decimal(0)) / 12


def _parts(start: dt.date, end: dt.date) -> Iterator[Decimal]:
    while start <= end:
        last = min(month_end(start), end)
        yield Decimal((last - start).days + 1) / month_end(start).day
        start = last + DAY
