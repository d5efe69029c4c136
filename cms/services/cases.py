"""Publish a committee case."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from cases.models import CommitteeCase
from cases.queries import latest_snapshot, publish_obstacles
from cms.models import CasePage
from cms.services.publishing import publish_snapshot


@transaction.atomic
def publish_case(case: CommitteeCase, *, by: User | None) -> CasePage:
    """Make the newest version of a case public at the case's own address.

    Raises ValidationError with every obstacle: not approved, documents missing, a check that blocks.
    """
    snapshot = latest_snapshot(case)
    obstacles = publish_obstacles(case)  # to have no snapshot is one
    if snapshot is None or obstacles:
        raise ValidationError(obstacles)
    return publish_snapshot(snapshot, slug=case.slug, by=by)
