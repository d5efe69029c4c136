"""Numbers of tenders as people write them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils import formats

register = template.Library()


@register.filter
def short(value: Decimal | None) -> str:
    """Return a number with as many decimals as it needs, two at most: 62,5; nothing is an en dash, and zero is 0."""
    if value is None:
        return "–"
    rounded = value.quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
    return str(formats.number_format(f"{rounded:f}"))
