"""The front page: what is to be done, and by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from contracts.enums import ObligationKind
from contracts.models import Contract
from contracts.queries.obligations import days_in_words
from contracts.queries.supplier_tasks import SupplierTask, tasks_of
from learnings.queries import OwedReport, own_reports
from learnings.queries.standing import is_waiting
from portal.acting import Acting
from suppliers.models import Invitation


@dataclass(frozen=True)
class ReportTask:
    """A report that the supplier owes, with how far away its last day is, in words."""

    row: OwedReport
    state: str
    is_overdue: bool


@dataclass(frozen=True)
class Overview:
    """What waits for a supplier. Invitations are those that its team waits for an answer to."""

    reports: tuple[ReportTask, ...]
    tasks: tuple[SupplierTask, ...]
    invitations: tuple[Invitation, ...]
    has_contracts: bool

    @property
    def overdue_count(self) -> int:
        return sum(task.is_overdue for task in self.reports) + sum(task.is_overdue for task in self.tasks)

    @property
    def next_day(self) -> dt.date:
        """Return the earliest day on which something is due; to be asked only when something is."""
        return min([*(task.row.due_on for task in self.reports), *(task.due_on for task in self.tasks)])


def overview(acting: Acting) -> Overview:
    """Return what is to be done, the earliest first; seven queries, and one for each open round without a report."""
    contracts = acting.rows(Contract).filter(supplier=acting.supplier)
    waiting = acting.rows(Invitation).waiting().filter(supplier=acting.supplier) if acting.can_manage_team else ()
    reports = own_reports(acting.supplier, today=acting.today)
    return Overview(
        reports=tuple(_report_task(row, acting) for row in sorted(filter(is_waiting, reports), key=_due_on)),
        tasks=tuple(_without(reports, tasks_of(contracts, user=acting.user, today=acting.today))),
        invitations=tuple(waiting),
        has_contracts=contracts.exists(),
    )


def _due_on(row: OwedReport) -> dt.date:
    return row.due_on


def _without(reports: list[OwedReport], tasks: tuple[SupplierTask, ...]) -> Iterator[SupplierTask]:
    """Leave out what contracts ask as reports of a year whose round is there: the report itself says how it stands."""
    years = {row.round.closes_on.year for row in reports}
    return (task for task in tasks if task.kind != ObligationKind.EXPERIENCE_REPORT or task.due_on.year not in years)


def _report_task(row: OwedReport, acting: Acting) -> ReportTask:
    days = (row.due_on - acting.today).days
    return ReportTask(row, days_in_words(days), is_overdue=row.is_overdue)
