"""How far the ceilings of frameworks and lots are used, and when they will be."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.db.models import QuerySet

from contracts.burn_down import BurnDown, FrameworkBurnDown, MonthSpend, filled, missing_months
from contracts.models import FrameworkAgreement
from contracts.queries.spend import added, lot_months


def burn_downs(frameworks: QuerySet[FrameworkAgreement], *, today: dt.date) -> list[FrameworkBurnDown]:
    """Return the figures of each framework and its lots, as far as they are known on `today`.

    Three queries, whatever the number of frameworks, lots, contracts and months. The months of spend after today's are left
    out. Deadlines are made of `.all` → `.thresholds` → `.forecast.month`.
    """
    found = list(frameworks.prefetch_related("lots"))
    months: defaultdict[int, defaultdict[int, list[MonthSpend]]] = defaultdict(lambda: defaultdict(list))
    for row in lot_months([framework.pk for framework in found], until=today):
        months[row.framework_id][row.lot_id].append(row.spend)
    return [_burn_down(framework, months[framework.pk], today) for framework in found]


def burn_down(framework: FrameworkAgreement, *, today: dt.date) -> FrameworkBurnDown:
    """Return the figures of one framework and its lots; three queries."""
    return burn_downs(FrameworkAgreement.objects.filter(pk=framework.pk), today=today)[0]


def _burn_down(framework: FrameworkAgreement, by_lot: dict[int, list[MonthSpend]], today: dt.date) -> FrameworkBurnDown:
    whole = added(month for months in by_lot.values() for month in months)
    reported = [each.month for each in whole]
    missing = missing_months(reported)
    lots = [
        BurnDown(framework, lot, filled(by_lot.get(lot.pk, ()), reported), missing, today)
        for lot in framework.lots.all()
    ]
    return FrameworkBurnDown(BurnDown(framework, None, tuple(whole), missing, today), tuple(lots))
