"""Amounts and shares in words, so that what is rounded never says the opposite of what is true."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from contracts.meter import Share
from documents.formats import NO_BREAK_SPACE, number

DECIMALS = (1, 2, 3)


def kroner(amount: Decimal) -> str:
    """Return "84.000 kr.", with øre only when there are any."""
    decimals = 0 if amount == int(amount) else 2
    return f"{number(amount, decimals=decimals)}{NO_BREAK_SPACE}kr."


def percent(value: Decimal, *, decimals: int | None = None) -> str:
    """Return "10 %" or "8,4 %"; without `decimals` as few as the value has."""
    shown = max(0, -int(value.normalize().as_tuple().exponent)) if decimals is None else decimals
    return f"{number(value, decimals=shown)}{NO_BREAK_SPACE}%"


def share_sentence(share: Share) -> str:
    """Return "84.000 kr. af 1.000.000 kr. er 8,4 % – grænsen er 10 %"; only the amount when there is nothing to measure by."""
    limit = share.basis.limit_percent
    if share.percent is None or share.value_dkk is None:
        return kroner(share.used_dkk)
    words = {
        "used": kroner(share.used_dkk),
        "value": kroner(share.value_dkk),
        "percent": _percent_beside(share.percent, limit),
    }
    if limit is None:
        return _("%(used)s of %(value)s is %(percent)s – there is no limit") % words
    return _("%(used)s of %(value)s is %(percent)s – the limit is %(limit)s") % {**words, "limit": percent(limit)}


def _percent_beside(value: Decimal, limit: Decimal | None) -> str:
    """Return the share with as many decimals as it takes to tell it from the limit."""
    texts = [percent(value, decimals=decimals) for decimals in DECIMALS]
    if limit is None or value == limit:
        return texts[0]
    for text, decimals in zip(texts, DECIMALS, strict=True):
        if text != percent(limit, decimals=decimals):
            return text
    words = _("a little more than %(limit)s") if value > limit else _("a little less than %(limit)s")
    return words % {"limit": percent(limit)}
