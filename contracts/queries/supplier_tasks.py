"""What a supplier has to do under its contracts, and by when, as its own people see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.rules import AnyUser
from contracts.enums import Party
from contracts.models import Contract, Document, ObligationOccurrence
from contracts.queries.obligations import days_in_words

PAPERS_WITHIN_DAYS = 60


@dataclass(frozen=True)
class SupplierTask:
    """One thing that is due under a contract, with how far away its day is, in words."""

    title: str
    due_on: dt.date
    contract: Contract
    state: str
    is_overdue: bool
    note: str = ""
    kind: str = ""


def tasks_of(contracts: QuerySet[Contract], *, user: AnyUser, today: dt.date) -> tuple[SupplierTask, ...]:
    """Return what the supplier must do: all that is overdue, of each obligation the next time, and papers that expire.

    Two queries, the earliest first. What the municipality must do is not among it.
    """
    found = [*_due(contracts, user, today), *_expiring(contracts, user, today)]
    return tuple(sorted(found, key=lambda task: (task.due_on, task.title)))


def _due(contracts: QuerySet[Contract], user: AnyUser, today: dt.date) -> Iterator[SupplierTask]:
    waiting = ObligationOccurrence.objects.visible_to(user).open().filter(obligation__contract__in=contracts)
    rows: Any = waiting.filter(obligation__party=Party.SUPPLIER).select_related("obligation__contract__lot__framework")
    has_next: set[int] = set()
    for row in rows.order_by("due_on", "pk"):
        if row.due_on >= today:
            if row.obligation_id in has_next:
                continue
            has_next.add(row.obligation_id)
        task = _task(row.obligation.title, row.due_on, row.obligation.contract, today, row.obligation.description)
        yield replace(task, kind=row.obligation.kind)


def _expiring(contracts: QuerySet[Contract], user: AnyUser, today: dt.date) -> Iterator[SupplierTask]:
    """Yield documents that a new one is needed of; a newer paper of a contract that has ended is asked for by nobody."""
    until = today + dt.timedelta(days=PAPERS_WITHIN_DAYS)
    rows: Any = Document.objects.visible_to(user).filter(contract__in=contracts, expires_on__lte=until)
    for row in rows.select_related("contract__lot__framework"):
        if not _is_over(row.contract, today):
            title = _("Send a new version of “%(document)s”") % {"document": row}
            has_expired = row.expires_on < today
            note = _("The one that we have has expired.") if has_expired else _("The one that we have expires.")
            yield _task(title, row.expires_on, row.contract, today, note)


def _task(title: str, due_on: dt.date, contract: Contract, today: dt.date, note: str) -> SupplierTask:
    days = (due_on - today).days
    return SupplierTask(title, due_on, contract, days_in_words(days), is_overdue=days < 0, note=note)


def _is_over(contract: Contract, today: dt.date) -> bool:
    """Tell whether a contract and the courses that run off under it have ended."""
    last = contract.run_off_ends_on or contract.effective_ends_on
    return last is not None and last < today
