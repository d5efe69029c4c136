"""What was talked over with suppliers about their reports, for cases and for next year's report."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from learnings.models import Discussion, ExperienceReport, ReportVersion, Round
from learnings.queries.who import SupplierRef, ref, round_summary
from suppliers.models import Supplier


@dataclass(frozen=True)
class DiscussionSummary:
    """A talk with one supplier: its points and what was agreed, a line each."""

    supplier: SupplierRef
    held_on: dt.date
    focus_points: tuple[str, ...]
    adjustments: tuple[str, ...]
    report_id: int


@dataclass(frozen=True)
class Discussed:
    """The talks about the accepted reports of a round, and with whom there has been none yet."""

    round: Round
    talks: tuple[DiscussionSummary, ...]
    accepted: tuple[SupplierRef, ...]

    @property
    def talked_with(self) -> tuple[SupplierRef, ...]:
        return tuple(sorted({talk.supplier for talk in self.talks}))

    @property
    def not_yet(self) -> tuple[SupplierRef, ...]:
        return tuple(row for row in self.accepted if row not in self.talked_with)


def discussed(round: Round) -> Discussed:
    """Return the talks about a round with whom they were held, and with whom not yet; 3 queries."""
    return Discussed(round, tuple(discussions(round)), round_summary(round).accepted)


def discussions(round: Round) -> list[DiscussionSummary]:
    """Return what was talked over about the round's accepted reports, by supplier; one query."""
    accepted = ReportVersion.objects.newest().accepted().filter(report__round=round).values("report")
    rows = Discussion.objects.filter(report__in=accepted).select_related("report__supplier__merged_into")
    return sorted(map(_summary, rows.order_by("pk")), key=lambda row: row.supplier.name)


def discussion_before(report: ExperienceReport) -> Discussion | None:
    """Return what was last talked over with the supplier, about its report of an earlier year; one query."""
    family = Supplier.objects.family_of(report.supplier)
    earlier = Discussion.objects.filter(report__supplier__in=family, report__round__year__lt=report.round.year)
    return earlier.select_related("report__round").order_by("-report__round__year").first()


def _summary(row: Discussion) -> DiscussionSummary:
    return DiscussionSummary(
        supplier=ref(row.report.supplier),
        held_on=row.held_on,
        focus_points=_lines(row.focus_points),
        adjustments=_lines(row.adjustments),
        report_id=row.report_id,
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
