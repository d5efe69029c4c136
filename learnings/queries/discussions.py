"""What was talked over with suppliers about their reports, for cases and for next year's report."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from learnings.models import Discussion, ExperienceReport, Round
from learnings.queries.who import SupplierRef, ref
from suppliers.models import Supplier


@dataclass(frozen=True)
class DiscussionSummary:
    """A talk with one supplier: its points and what was agreed, a line each."""

    supplier: SupplierRef
    held_on: dt.date
    focus_points: tuple[str, ...]
    adjustments: tuple[str, ...]


def discussions(round: Round) -> list[DiscussionSummary]:
    """Return what was talked over about the round's reports, by supplier; one query."""
    rows = Discussion.objects.filter(report__round=round).select_related("report__supplier__merged_into")
    return [_summary(row) for row in rows.order_by("report__supplier__name", "pk")]


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
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
