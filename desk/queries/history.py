"""A record's history as a tab."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.urls import reverse

from desk.viewer import Viewer
from records.versions import entries_of
from records.viewsets import register_of

PER_PAGE = 20


def history(record: models.Model, viewer: Viewer) -> dict[str, Any]:
    """Return the record's entries, newest first, with the way to bring one back for those who may."""
    register = register_of(type(record))
    may_change = "change" in register.actions and register.permission_policy.user_has_permission(viewer.user, "change")
    return {
        "entries": Paginator(entries_of(type(record), record.pk), PER_PAGE).get_page(viewer.asked.get("side")),
        "can_restore": may_change,
        "restore_url": reverse(register.get_url_name("restore"), args=[record.pk]),
        "compare_url": reverse(register.get_url_name("compare"), args=[record.pk]),
    }
