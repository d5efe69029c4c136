"""Small helps of templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def at(mapping: Mapping[Any, Any], key: Any) -> Any:
    """Return the mapping's value at a key, or None."""
    return mapping.get(key)


@register.filter
def percent(share: float | None) -> str:
    """Return a share in whole per cent, or “–” when there is none."""
    return "–" if share is None else f"{round(100 * share)} %"


@register.filter
def coefficient(value: float | None) -> str:
    """Return a coefficient with two decimals, or “–” when there is none."""
    return "–" if value is None else f"{value:.2f}".replace(".", ",").replace("-", "−")
