"""Write the definitions that figures are counted by."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from records.services import save_record
from results.models import MeasureVersion

# What the figures were counted by. The note, the word on totals and the dates may be put right afterwards.
DEFINING = ("measure_id", "code", "window", "population", "counts", "counts_unripe_as_no_outcome")


@transaction.atomic
def save_measure_version(version: MeasureVersion, *, reason: str = "", by: User | None) -> MeasureVersion:
    """Save a definition. Once figures are counted by it, what it says about counting stands.

    Raises ValidationError: a changed definition is a new version, or old figures would be called something else.
    """
    if version.pk:
        before = MeasureVersion.objects.select_for_update().get(pk=version.pk)
        is_changed = any(getattr(before, name) != getattr(version, name) for name in DEFINING)
        if is_changed and version.observations.exists():
            raise ValidationError(
                _("Figures are already counted by this version, so its definition stands. Make a new version instead.")
            )
    return save_record(version, reason=reason, by=by)
