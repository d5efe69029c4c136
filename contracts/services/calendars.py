"""The secret address of a person's calendar."""

from __future__ import annotations

import uuid

from django.db import transaction

from accounts.models import User
from contracts.models import CalendarFeed


@transaction.atomic
def renew_calendar(user: User) -> CalendarFeed:
    """Give the person's calendar a new address; the one before it stops working."""
    return CalendarFeed.objects.update_or_create(user=user, defaults={"key": uuid.uuid4()})[0]


def revoke_calendar(user: User) -> None:
    """Stop the person's calendar; does nothing when there is none."""
    CalendarFeed.objects.filter(user=user).delete()
