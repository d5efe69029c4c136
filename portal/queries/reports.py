"""A supplier's own experience reports."""

from __future__ import annotations

from typing import Any

from learnings.models import ExperienceReport
from learnings.queries import with_standing
from portal.acting import Acting


def reports_of(acting: Acting) -> Any:
    """Return the reports of whoever one acts for: the one rule of who sees a report, limited to that supplier."""
    return with_standing(_own(acting))


def report_to_save_in(acting: Acting, pk: int) -> ExperienceReport | None:
    """Return one of the same by itself, for a service that reads it again under its lock; None for any other."""
    found: ExperienceReport | None = _own(acting).order_by().only("pk").filter(pk=pk).first()
    return found


def _own(acting: Acting) -> Any:
    return acting.rows(ExperienceReport).of_supplier(acting.supplier)
