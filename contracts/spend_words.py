"""What an import of spend does, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from documents.formats import MISSING, kroner, number

if TYPE_CHECKING:
    from contracts.services.spend.comparing import Alarm, Figures


def alarm_text(alarm: Alarm) -> str:
    """Return that a ceiling is passed, by how much, and what follows from it."""
    return _(
        "%(agreement)s: the ceiling of %(ceiling)s is passed by %(over)s. No new citizens may be referred; courses that have "
        "begun continue."
    ) % {"agreement": alarm.agreement, "ceiling": kroner(alarm.ceiling_dkk), "over": kroner(alarm.over_dkk)}


def figures_text(figures: Figures | None) -> str:
    """Return "100.000 kr., 7 referrals"; a dash for nothing."""
    if figures is None:
        return MISSING
    is_whole = figures.amount_dkk == int(figures.amount_dkk)
    amount = kroner(figures.amount_dkk, decimals=0 if is_whole else 2)
    if figures.referrals is None:
        return amount
    return _("%(amount)s, referrals: %(referrals)s") % {"amount": amount, "referrals": number(figures.referrals)}
