"""A meter as a picture: each bar with its sentence, drawn so that the limit is seen beside what is used."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from contracts.meter import Share
from contracts.queries.shares import Meter
from contracts.wording import kroner, share_sentence

WIDTH = 100  # the picture's own units
NEAR_PERCENT = 80  # of the limit, from where on the bar is marked


@dataclass(frozen=True)
class Bar:
    """One bar: `used` and `limit` are places on a line of 100, written for SVG; "" where there is none."""

    name: str
    sentence: str
    tone: str
    word: str
    used: str
    limit: str
    changes: tuple[str, ...]


def bars_of(meter: Meter) -> tuple[Bar, ...]:
    """Return a meter's bars."""
    return tuple(_bar(share) for share in meter.shares)


def _bar(share: Share) -> Bar:
    tone, word = _tone(share)
    used, limit = _places(share)
    changes = tuple(f"{change.name}: {kroner(change.value_dkk)}" for change in share.changes)
    return Bar(share.basis.name, share_sentence(share), tone, word, used, limit, changes)


def _tone(share: Share) -> tuple[str, str]:
    limit = share.basis.limit_percent
    if share.percent is None or limit is None:
        return "plain", ""
    if share.is_over:
        return "over", _("Beyond the limit")
    if share.percent * 100 >= limit * NEAR_PERCENT and share.changes:
        return "near", _("Near the limit")
    return "below", ""


def _places(share: Share) -> tuple[str, str]:
    """Return where what is used and the limit stand; the line ends a little beyond the greater of the two."""
    if share.percent is None:
        return "", ""
    limit = share.basis.limit_percent
    end = max(share.percent, (limit or share.percent) * Decimal("1.25")) or Decimal(1)
    used, mark = (f"{value * WIDTH / end:.2f}" if value is not None else "" for value in (share.percent, limit))
    return used, mark
