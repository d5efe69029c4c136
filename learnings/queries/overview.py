"""How far each supplier's report in a round is, for the round's own page and its export."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from learnings.enums import ReportState, RowFilter
from learnings.models import Answer, ExperienceReport, Round
from learnings.queries.standing import OwedReport, newest_of, owed, with_standing
from learnings.queries.who import SupplierRef, owing_suppliers
from suppliers.enums import SUBMITTERS
from suppliers.models import Membership, Supplier


@dataclass(frozen=True)
class ReportRow:
    """How far a supplier's report is. `answers` have a text in the version that counts; `coded` of them have excerpts.

    `survivor_id` is the supplier that stands for it today; `team` counts those who are told: administrators and submitters.
    """

    supplier: SupplierRef
    survivor_id: int
    report_id: int | None
    state: ReportState
    version_number: int | None
    submitted_at: dt.datetime | None
    handed_in_by: str
    due_on: dt.date
    extension_reason: str
    is_extended: bool
    is_overdue: bool
    is_late: bool
    team: int
    discussed_on: dt.date | None
    answers: int
    coded: int

    @property
    def is_submitted(self) -> bool:
        return self.version_number is not None

    @property
    def is_undiscussed(self) -> bool:
        return self.is_submitted and self.discussed_on is None


@dataclass(frozen=True)
class _Facts:
    """Answers and coded ones by report, and how many are told by supplier."""

    progress: dict[int, tuple[int, int]]
    teams: Counter[int]


def report_rows(round: Round, *, today: dt.date) -> list[ReportRow]:
    """Return a row for each supplier that owes or has begun a report, by name; 6 queries."""
    reports = ExperienceReport.objects.filter(round=round).select_related("discussion")
    found = {report.supplier: report for report in with_standing(reports)}
    facts = _Facts(_progress(round), _teams())
    answering = {supplier.survivor_id for supplier in found}
    silent = [supplier for supplier in owing_suppliers(round) if supplier.pk not in answering]
    everybody = sorted({*silent, *found}, key=lambda supplier: supplier.name)
    return [_row(each, owed(round, found.get(each), today=today), facts) for each in everybody]


def matching(rows: Iterable[ReportRow], which: str) -> list[ReportRow]:
    """Return the rows that a filter of the overview asks for; all for one that is not known."""
    if which in ReportState.values:
        return [row for row in rows if row.state == which]
    tests = {
        RowFilter.OVERDUE: lambda row: row.is_overdue,
        RowFilter.LATE: lambda row: row.is_late,
        RowFilter.UNDISCUSSED: lambda row: row.is_undiscussed,
        RowFilter.WITHOUT_TEAM: lambda row: not row.team,
        RowFilter.EXTENDED: lambda row: row.is_extended,
    }
    wanted = tests.get(which)  # type: ignore[call-overload]
    return [row for row in rows if wanted is None or wanted(row)]


def counts(rows: Sequence[ReportRow]) -> list[tuple[str, str, int]]:
    """Return value, label and number of rows of every filter that finds something, states first."""
    states = Counter(row.state for row in rows)
    found = [(state.value, str(state.label), states[state]) for state in ReportState]
    found += [(each.value, str(each.label), len(matching(rows, each))) for each in RowFilter]
    return [row for row in found if row[2]]


def overview_headings() -> list[str]:
    return [
        _("Supplier"),
        _("State"),
        _("Last day"),
        _("Reason for the extension"),
        _("Submitted"),
        _("Version"),
        _("Late"),
        _("Handed in by"),
        _("Answers"),
        _("Answers coded"),
        _("Discussed"),
        _("People told"),
    ]


def overview_line(row: ReportRow) -> list[object]:
    """Return a row of the overview as it is exported, under `overview_headings`."""
    return [
        row.supplier.name,
        row.state.label,
        row.due_on,
        row.extension_reason,
        row.submitted_at,
        row.version_number,
        row.is_late,
        row.handed_in_by,
        row.answers,
        row.coded,
        row.discussed_on,
        row.team,
    ]


def _teams() -> Counter[int]:
    people = Membership.objects.active().filter(role__in=SUBMITTERS, user__is_active=True).order_by()
    return Counter(people.values_list("supplier", flat=True))


def _progress(round: Round) -> dict[int, tuple[int, int]]:
    answers: dict[int, list[bool]] = defaultdict(list)
    counting = Answer.objects.counting().with_text().filter(version__report__round=round)
    for answer in counting.defer("text", "wording").select_related("version").prefetch_related("excerpts"):
        answers[answer.version.report_id].append(bool(answer.excerpts.all()))
    return {report_id: (len(coded), sum(coded)) for report_id, coded in answers.items()}


def _row(supplier: Supplier, standing: OwedReport, facts: _Facts) -> ReportRow:
    report = standing.report
    newest = newest_of(report) if report else None
    answers, coded = facts.progress.get(report.pk, (0, 0)) if report else (0, 0)
    discussion = getattr(report, "discussion", None)
    return ReportRow(
        supplier=SupplierRef(name=supplier.name_then_and_now, id=supplier.pk),
        survivor_id=supplier.survivor_id,
        report_id=report.pk if report else None,
        state=standing.state,
        version_number=newest.number if newest else None,
        submitted_at=newest.submitted_at if newest else None,
        handed_in_by=newest.handed_in_by if newest else "",
        due_on=standing.due_on,
        extension_reason=report.extension_reason if report else "",
        is_extended=standing.is_extended,
        is_overdue=standing.is_overdue,
        is_late=_is_late(report),
        team=facts.teams[supplier.survivor_id],
        discussed_on=discussion.held_on if discussion else None,
        answers=answers,
        coded=coded,
    )


def _is_late(report: ExperienceReport | None) -> bool:
    """Tell whether the first version came in after the supplier's last day."""
    submitted = [version for version in report.versions.all() if version.is_submitted] if report else []
    return bool(report and submitted and report.is_late(submitted[0]))
