"""Deadlines of one supplier, framework or contract, as a list and as what comes first."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from contracts.deadlines import Deadline
from contracts.deadlines.wheel import wheel
from contracts.queries.deadline_rows import record_of
from contracts.queries.deadlines import Scope, deadlines
from desk.tables import Column, Table
from desk.viewer import Viewer
from records.viewsets import address_of

FIRST = 6


def agreement_address(deadline: Deadline) -> str:
    """Return where the agreement is read that the day is about; its number is all that takes."""
    return address_of(record_of(deadline.agreement))


def next_deadlines(viewer: Viewer, **scope: int) -> list[dict[str, Any]]:
    """Return what comes first, the overdue before all; at most 16 queries."""
    return _first(deadlines(Scope(viewer.user, **scope), today=viewer.today), viewer)


def next_and_year(viewer: Viewer, **scope: int) -> dict[str, Any]:
    """Return what comes first and the wheel of this year, for `contracts/_year_wheel.html`, from one pass."""
    found = deadlines(Scope(viewer.user, **scope), today=viewer.today)
    drawn = wheel(found, year=viewer.today.year, today=viewer.today)
    return {
        "next": _first(found, viewer),
        "wheel": drawn,
        "dots": [(dot, agreement_address(dot.deadline)) for month in drawn.months for dot in month.dots],
        "ahead": next((each for each in found if each.due_on >= viewer.today), None),
    }


def _first(found: list[Deadline], viewer: Viewer) -> list[dict[str, Any]]:
    return [
        {
            "deadline": each,
            "stage": each.stage(today=viewer.today),
            "days": (each.due_on - viewer.today).days,
            "days_over": (viewer.today - each.due_on).days,
            "url": agreement_address(each),
        }
        for each in found[:FIRST]
    ]


def deadlines_table(viewer: Viewer, **scope: int) -> Table:
    """Return every deadline as it stands today, the earliest first, each with the rule that it follows from."""
    return Table(
        name="frister",
        title=_("Deadlines"),
        columns=[
            Column(_("Due"), lambda row: row.due_on),
            Column(_("What"), lambda row: row.what),
            Column(_("Agreement"), lambda row: row.agreement.title, agreement_address),
            Column(_("Begin by"), lambda row: row.begin_by),
            Column(_("State"), lambda row: row.stage(today=viewer.today).label),
            Column(_("Follows from"), _why),
        ],
        rows=deadlines(Scope(viewer.user, **scope), today=viewer.today),
        empty_text=_("No deadlines. They follow from the terms of the agreements, as soon as those are written."),
    )


def _why(deadline: Deadline) -> str:
    return ". ".join(text for text in (deadline.rule, deadline.meeting_sentence) if text)
