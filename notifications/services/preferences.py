"""How a person wants mail."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from notifications.enums import MailFrequency
from notifications.models import Preference


@transaction.atomic
def save_preference(user: User, *, frequency: MailFrequency, muted_kinds: Iterable[str]) -> Preference:
    """Keep a person's choice; raises ValidationError for a kind whose mails cannot be switched off."""
    preference = Preference.objects.filter(user=user).first() or Preference(user=user)
    preference.frequency, preference.muted_kinds = frequency, sorted(muted_kinds)
    preference.full_clean(validate_unique=False)
    values = {"frequency": preference.frequency, "muted_kinds": preference.muted_kinds}
    return Preference.objects.update_or_create(user=user, defaults=values)[0]
