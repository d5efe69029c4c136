"""Words as addresses and codes have them."""

from __future__ import annotations

from django.utils.text import slugify

_DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


def danish_slug(text: str) -> str:
    """Return a text as Danes write it where only plain letters may stand: "Løn på vej" is `loen-paa-vej`."""
    return slugify(text.lower().translate(_DANISH))
