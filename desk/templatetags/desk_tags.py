"""Addresses with parameters."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.http import urlencode

register = template.Library()


@register.simple_tag
def address(url: str, *pairs: Any, **named: Any) -> str:
    """Return an address with more parameters: names and values in turn, or by keyword."""
    values = dict(zip(pairs[::2], pairs[1::2], strict=True)) | named
    return f"{url}{'&' if '?' in url else '?'}{urlencode(values)}"
