"""Whether a supplier may write in its report now."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils import timezone

from learnings.models import ExperienceReport
from learnings.queries.standing import fetch_versions, owed
from learnings.queries.writing import why_closed


def check_supplier_may_write(report: ExperienceReport) -> None:
    """Raise ValidationError with what the supplier is told when its report takes no answers now.

    Reads the report's versions, one query, and leaves them with it: whoever goes on to write has them.
    """
    fetch_versions(report)
    if sentence := why_closed(owed(report.round, report, today=timezone.localdate())):
        raise ValidationError(sentence, code="closed")
