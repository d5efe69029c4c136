"""What `manage.py check` says of this room's settings."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import Error
from django.utils.translation import gettext as _
from django.utils.translation import override

LIMITS = (3, 5, 10)


def check_min_cell(**_kwargs: Any) -> list[Error]:
    """Refuse a limit that nobody uses: a slip of the pen would show small numbers, or nothing."""
    if settings.DISCLOSURE_MIN_CELL in LIMITS:
        return []
    with override(settings.LANGUAGE_CODE):  # commands switch translations off
        message = _("DISCLOSURE_MIN_CELL is %(got)s. It must be 3, 5 or 10.")
        hint = _("5 is what Statistics Denmark uses, and what counts when the setting is left out.")
        return [Error(message % {"got": settings.DISCLOSURE_MIN_CELL}, hint=hint, id="results.E001")]
