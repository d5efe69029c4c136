"""What pages and mails ask about notices."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count

from accounts.models import User
from notifications.enums import NoticeState
from notifications.models import Notice, Preference


def chosen_mail(user_ids: Collection[int]) -> dict[int, Preference]:
    """Return how each person wants mail, saved or not, by the person's number; one query."""
    saved = {preference.user_id: preference for preference in Preference.objects.filter(user__in=user_ids)}
    return {pk: saved.get(pk) or Preference(user_id=pk) for pk in user_ids}


def count_by_state(user: User) -> dict[NoticeState, int]:
    """Return how many of a person's notices are in each state; one query."""
    counted = Notice.objects.visible_to(user).values_list("state").annotate(count=Count("pk")).order_by()
    found = dict(counted)
    return {state: found.get(state, 0) for state in NoticeState}


def waiting_count(user: User) -> int:
    """Return how many notices wait for a person: the number in the menu."""
    return Notice.objects.visible_to(user).in_state(NoticeState.OPEN).count()
