"""What contracts cost, contract by contract and month by month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from contracts.burn_down import MonthSpend
from contracts.burn_down_words import percent
from contracts.models import Contract, Spend
from contracts.queries.contract_spend import ContractSpend, contract_spend
from contracts.queries.spend import exact
from contracts.terms import add_months
from desk.queries.facts import period
from desk.tables import Column, Table
from desk.viewer import Viewer
from documents.formats import MISSING, month
from records.viewsets import address_of


def spent_since(contracts: QuerySet[Contract], viewer: Viewer, *, months: int) -> Decimal | None:
    """Return what the contracts cost in the last months; None when nobody has reported any of them."""
    rows = viewer.rows(Spend).current().filter(contract__in=contracts.values("pk"))
    since = add_months(viewer.today.replace(day=1), -months)
    total = rows.filter(month__gte=since, month__lte=viewer.today).aggregate(total=Sum("amount_dkk"))["total"]
    return None if total is None else exact(total)


def referrals_table(contracts: QuerySet[Contract], viewer: Viewer) -> Table:
    """Return contracts with what they have cost, and their referrals against those expected."""

    def figures(rows: Iterable[Any]) -> list[ContractSpend]:
        return contract_spend(rows, today=viewer.today)

    return Table(
        name="forbrug",
        title=_("Spend and referrals by contract"),
        columns=[
            Column(_("Contract"), lambda row: row.contract.number, lambda row: address_of(row.contract)),
            Column(_("Lot"), lambda row: row.contract.lot),
            Column(_("Period"), _reported),
            Column(_("Spend in DKK"), lambda row: row.spent_dkk, is_number=True),
            Column(_("Referrals"), lambda row: row.referrals, is_number=True),
            Column(_("Expected"), lambda row: row.expected and round(row.expected, 1), is_number=True),
            Column(_("Of the expected"), lambda row: percent(row.share), is_number=True),
        ],
        rows=contracts.select_related("supplier", "lot").order_by("lot__code", "number"),
        prepare=figures,
        empty_text=_("No contracts yet."),
    )


def _reported(figures: ContractSpend) -> str:
    return MISSING if figures.since is None else period(figures.since, figures.until)


def months_table(contracts: QuerySet[Contract], viewer: Viewer) -> Table:
    """Return what the contracts cost month by month, the newest first."""
    rows = viewer.rows(Spend).current().filter(contract__in=contracts.values("pk"), month__lte=viewer.today)
    sums = rows.order_by("-month").values_list("month").annotate(amount=Sum("amount_dkk"), referred=Sum("referrals"))
    return Table(
        name="maaneder",
        title=_("Month by month"),
        columns=[
            Column(_("Month"), lambda row: _month(row.month)),
            Column(_("Spend in DKK"), lambda row: row.amount_dkk, is_number=True),
            Column(_("Referrals"), lambda row: row.referrals, is_number=True),
        ],
        rows=[MonthSpend(day, exact(amount), referred) for day, amount, referred in sums],
        empty_text=_("No spending has been reported yet."),
    )


def _month(day: dt.date) -> str:
    return str(month(day)).capitalize()
