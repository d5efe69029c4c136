"""A supplier's own experience reports."""

from __future__ import annotations

from typing import Any

from learnings.models import ExperienceReport
from learnings.queries import with_standing
from portal.acting import Acting


def reports_of(acting: Acting) -> Any:
    """Return the reports of whoever one acts for: the one rule of who sees a report, limited to that supplier."""
    return with_standing(acting.rows(ExperienceReport).of_supplier(acting.supplier))
