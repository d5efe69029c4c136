"""Sums of what is bought, month by month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from contracts.burn_down import MonthSpend
from contracts.models import Spend

CENTS = Decimal("0.01")


@dataclass(frozen=True)
class LotMonth:
    """One lot's month, as the database sums it."""

    framework_id: int
    lot_id: int
    spend: MonthSpend


def lot_months(framework_ids: Iterable[int] | None = None, *, until: dt.date | None = None) -> Iterator[LotMonth]:
    """Return the months in which something counts, in order; one query. Without ids, of all frameworks."""
    rows = Spend.objects.current()
    if framework_ids is not None:
        rows = rows.filter(contract__lot__framework__in=list(framework_ids))
    if until is not None:
        rows = rows.filter(month__lte=until)
    sums = (
        rows.order_by("month", "contract__lot")
        .values_list("contract__lot__framework_id", "contract__lot_id", "month")
        .annotate(amount=Sum("amount_dkk"), referred=Sum("referrals"))
    )
    for framework_id, lot_id, month, amount, referred in sums.iterator(chunk_size=2000):
        yield LotMonth(framework_id, lot_id, MonthSpend(month, exact(amount), referred))


def added(months: Iterable[MonthSpend]) -> list[MonthSpend]:
    """Return one row for each month, in order: the sum of those given for it."""
    sums: dict[dt.date, MonthSpend] = {}
    for each in months:
        before = sums.get(each.month)
        sums[each.month] = each if before is None else _sum(before, each)
    return [sums[month] for month in sorted(sums)]


def exact(amount: Decimal) -> Decimal:
    """Return a sum in whole øre: SQLite sums decimals as floating point."""
    return amount.quantize(CENTS)


def _sum(one: MonthSpend, other: MonthSpend) -> MonthSpend:
    known = [each.referrals for each in (one, other) if each.referrals is not None]
    return MonthSpend(one.month, one.amount_dkk + other.amount_dkk, sum(known) if known else None)
