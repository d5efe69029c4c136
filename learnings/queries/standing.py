"""How far reports are, what each supplier owes and by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from learnings.enums import WAITS_FOR_SUPPLIER, ReportState, RoundState
from learnings.models import ExperienceReport, ReportVersion, Review, Round
from learnings.queries.who import owing_contracts
from learnings.rules import may_supplier_write
from suppliers.models import Supplier


@dataclass(frozen=True)
class OwedReport:
    """A report that waits for a supplier: not begun, a draft, or sent back.

    `report` is None until somebody begins it. `may_write` tells whether the supplier's own people can write now: in an open
    round, and in a closed one when it was extended to today or later, or sent back. `review` is the one that sent it back.
    """

    round: Round
    report: ExperienceReport | None
    state: ReportState
    due_on: dt.date
    is_extended: bool
    is_overdue: bool
    may_write: bool
    review: Review | None


def with_standing(reports: QuerySet[ExperienceReport]) -> QuerySet[ExperienceReport]:
    """Fetch what `state_of`, `newest_of` and `review_of` ask of each report; 2 queries however many."""
    return reports.select_related("round", "supplier__merged_into").prefetch_related(_versions())


def fetch_versions(report: ExperienceReport) -> None:
    """Fetch the same for a report that is there already, anew; one query."""
    vars(report).get("_prefetched_objects_cache", {}).pop("versions", None)
    prefetch_related_objects([report], _versions())


def _versions() -> Prefetch:
    return Prefetch("versions", ReportVersion.objects.select_related("review").order_by("number"))


def state_of(report: ExperienceReport | None) -> ReportState:
    """Return how far a report is: its newest submitted version's review decides, else its versions. No query after
    `with_standing`."""
    versions = list(report.versions.all()) if report else []
    newest = _newest(versions)
    if newest is None:
        return ReportState.DRAFT if versions else ReportState.MISSING
    review = _review(newest)
    if review is not None:
        return ReportState.ACCEPTED if review.is_acceptance else ReportState.SENT_BACK
    return ReportState.SUBMITTED if versions[-1].is_submitted else ReportState.REOPENED


def newest_of(report: ExperienceReport) -> ReportVersion | None:
    """Return the submitted version that counts."""
    return _newest(list(report.versions.all()))


def review_of(report: ExperienceReport) -> Review | None:
    """Return what the municipality said of the newest submitted version; None when it has not yet."""
    newest = newest_of(report)
    return _review(newest) if newest else None


def report_in(round: Round, supplier: Supplier) -> ExperienceReport | None:
    """Return the supplier's report in a round, also one under a name that was merged into it; 2 queries."""
    family = Supplier.objects.family_of(supplier)
    found = with_standing(ExperienceReport.objects.filter(round=round, supplier__in=family))
    return next(iter(sorted(found, key=lambda report: report.supplier_id != supplier.pk)), None)


def owed_reports(supplier: Supplier, *, today: dt.date) -> tuple[OwedReport, ...]:
    """Return the reports that wait for a supplier and that it can write now, the earliest due first. As `own_reports`."""
    waiting = filter(is_waiting, own_reports(supplier, today=today))
    return tuple(sorted(waiting, key=lambda row: (row.due_on, row.round.pk)))


def own_reports(supplier: Supplier, *, today: dt.date) -> list[OwedReport]:
    """Return how the supplier stands with each round that it has or owes a report in, the newest first.

    Three queries, and one for each open round that it has no report in.
    """
    begun = {row.round_id: row for row in with_standing(ExperienceReport.objects.of_supplier(supplier))}
    rounds = {row.round_id: row.round for row in begun.values()}
    family = Supplier.objects.family_of(supplier)
    for this in Round.objects.filter(state=RoundState.OPEN).exclude(pk__in=rounds):
        if owing_contracts(this).filter(supplier__in=family).exists():
            rounds[this.pk] = this
    rows = [owed(this, begun.get(pk), today=today) for pk, this in rounds.items()]
    return sorted(rows, key=lambda row: -row.round.year)


def owed(round: Round, report: ExperienceReport | None, *, today: dt.date) -> OwedReport:
    """Return how a supplier stands with a round, whether it has begun or not; needs `with_standing`."""
    state, due_on = state_of(report), report.due_on if report else round.closes_on
    extended_to = report.extended_to if report else None
    review = review_of(report) if report else None
    return OwedReport(
        round=round,
        report=report,
        state=state,
        due_on=due_on,
        is_extended=extended_to is not None,
        is_overdue=due_on < today and state in WAITS_FOR_SUPPLIER,
        may_write=may_supplier_write(RoundState(round.state), state, extended_to=extended_to, today=today),
        review=review if state == ReportState.SENT_BACK else None,
    )


def is_waiting(row: OwedReport) -> bool:
    """Tell whether the supplier has something to write, and can."""
    return row.state in WAITS_FOR_SUPPLIER and row.may_write


def _newest(versions: Sequence[ReportVersion]) -> ReportVersion | None:
    submitted = [version for version in versions if version.is_submitted]
    return submitted[-1] if submitted else None


def _review(version: ReportVersion) -> Review | None:
    return getattr(version, "review", None)
