"""Invitations as the one who is invited sees them."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import User
from accounts.services import has_confirmed_address
from suppliers.models import Invitation


def invitations_to(user: User) -> list[Invitation]:
    """Return what somebody may accept without the link of the mail: only for an address proved to be theirs; two queries."""
    waiting = Invitation.objects.open(now=timezone.now()).sent_to(user.email).filter(supplier__merged_into=None)
    found = list(waiting.select_related("supplier", "invited_by"))
    return found if found and has_confirmed_address(user) else []
