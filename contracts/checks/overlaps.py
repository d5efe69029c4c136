"""A supplier has one contract at a time in a lot."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from contracts.models import Contract
from records.checks import Problem
from records.values import display


def check_contracts_apart() -> Iterator[Problem]:
    """Find contracts that begin while another of the same supplier and lot still runs; one query."""
    contracts = Contract.objects.select_related("supplier", "lot").order_by("supplier_id", "lot_id", "starts_on", "pk")
    for _key, same in itertools.groupby(contracts.iterator(), lambda row: (row.supplier_id, row.lot_id)):
        yield from _overlapping(same)


def _overlapping(contracts: Iterable[Contract]) -> Iterator[Problem]:
    longest: Contract | None = None
    for contract in contracts:
        if longest is not None and contract.starts_on <= _end(longest):
            yield Problem(
                contract,
                _(
                    "It begins on %(start)s in %(lot)s, where contract %(other)s of the same supplier runs until %(end)s."
                )
                % {
                    "start": display(contract.starts_on),
                    "lot": contract.lot,
                    "other": longest.number,
                    "end": display(longest.effective_ends_on),
                },
            )
        if longest is None or _end(contract) > _end(longest):
            longest = contract


def _end(contract: Contract) -> dt.date:
    return contract.effective_ends_on or dt.date.max
