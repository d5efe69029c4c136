"""Who may read what, and when a person is to have mail of a notice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from accounts.enums import Role
from accounts.rules import AnyUser, has_role
from notifications.enums import MailFrequency
from notifications.kinds import Kind

LONGEST_SNOOZE = dt.timedelta(days=366)


def can_read_mail_log(user: AnyUser) -> bool:
    return has_role(user, Role.ADMINISTRATOR, Role.AUDITOR)


def mail_frequency(kind: Kind, *, chosen: MailFrequency, muted_kinds: Collection[str]) -> MailFrequency:
    """Return how often a person is mailed of a kind; what may not be switched off comes once a day at least."""
    if not kind.can_be_switched_off:
        return MailFrequency.DAILY if chosen == MailFrequency.OFF else chosen
    return MailFrequency.OFF if kind.code in muted_kinds else chosen
