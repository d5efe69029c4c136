"""What single contracts cost, and how many were referred against what was expected."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from contracts.models import Contract, Spend
from contracts.queries.spend import exact
from contracts.terms import DAY, earliest, month_end
from contracts.volumes import expected_referrals


@dataclass(frozen=True)
class ContractSpend:
    """One contract's figures for the whole months that its framework has reported, from `since` to `until`.

    `expected` is what the agreed number a year comes to in those of the months that the contract has had: expected, not
    guaranteed. Months that nobody reported are not expected of it either. None is unknown, not 0.
    """

    contract: Contract
    since: dt.date | None
    until: dt.date | None
    spent_dkk: Decimal | None
    referrals: int | None
    expected: Decimal | None

    @property
    def share(self) -> Decimal | None:
        """Referrals against those expected: 0.8 is 80 per cent."""
        if self.referrals is None or not self.expected:
            return None
        return self.referrals / self.expected


def contract_spend(
    contracts: Iterable[Contract], *, today: dt.date, since: dt.date | None = None
) -> list[ContractSpend]:
    """Return the figures of contracts in their order; two queries. Needs `lot` fetched. `since` leaves out earlier months."""
    contracts = list(contracts)
    rows = Spend.objects.current().filter(month__lt=_first_open_month(today)).order_by()
    if since is not None:
        rows = rows.filter(month__gte=since.replace(day=1))
    reported: defaultdict[int, list[dt.date]] = defaultdict(list)
    frameworks = {contract.lot.framework_id for contract in contracts}
    months = rows.filter(contract__lot__framework__in=frameworks).values_list("contract__lot__framework_id", "month")
    for framework_id, month in months.distinct().order_by("month"):
        reported[framework_id].append(month)
    sums = {
        pk: (exact(amount), referred)
        for pk, amount, referred in rows.filter(contract__in=contracts)
        .values_list("contract_id")
        .annotate(amount=Sum("amount_dkk"), referred=Sum("referrals"))
    }
    return [
        _figures(contract, reported[contract.lot.framework_id], *sums.get(contract.pk, (None, None)))
        for contract in contracts
    ]


def _first_open_month(today: dt.date) -> dt.date:
    """Return the first day of the month that is not over on `today`."""
    return (today + DAY).replace(day=1)


def _figures(
    contract: Contract, reported: list[dt.date], spent: Decimal | None, referrals: int | None
) -> ContractSpend:
    last_referral = earliest(contract.effective_ends_on, contract.last_referral_on) or dt.date.max
    periods = [(max(contract.starts_on, month), min(last_referral, month_end(month))) for month in reported]
    had = [(start, end) for start, end in periods if start <= end]
    per_year, expected = contract.expected_referrals_per_year, None
    if per_year is not None and had:
        expected = sum((expected_referrals(per_year, start, end) for start, end in had), Decimal(0))
    since, until = (had[0][0], had[-1][1]) if had else (None, None)
    return ContractSpend(contract, since, until, spent, referrals, expected)
