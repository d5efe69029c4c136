"""Which experience reports are due under contracts; the room of the reports settles them."""

from __future__ import annotations

from contracts.enums import ObligationKind, OccurrenceState, Party
from contracts.models import ObligationOccurrence
from contracts.models.occurrences import OccurrenceQuerySet


def reports_due(year: int) -> OccurrenceQuerySet:
    """Return each time that a contract asks its supplier for an experience report in a year, unless it is waived."""
    found: OccurrenceQuerySet = ObligationOccurrence.objects.of_kind(ObligationKind.EXPERIENCE_REPORT)
    found = found.filter(due_on__year=year, obligation__party=Party.SUPPLIER, obligation__contract__isnull=False)
    return found.exclude(state=OccurrenceState.WAIVED)
