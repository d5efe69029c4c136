"""Whether a supplier may write in its report now."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils import timezone

from learnings.models import ExperienceReport
from learnings.queries.standing import owed, with_standing
from learnings.queries.writing import why_closed


def check_supplier_may_write(report: ExperienceReport) -> None:
    """Raise ValidationError with what the supplier is told when its report takes no answers now; two queries."""
    found = with_standing(ExperienceReport.objects.filter(pk=report.pk)).get()
    if sentence := why_closed(owed(found.round, found, today=timezone.localdate())):
        raise ValidationError(sentence, code="closed")
