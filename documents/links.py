"""Which addresses a document may lead to."""

from __future__ import annotations

import re

_ALLOWED = re.compile(r"(https?://[^\s/]|mailto:[^\s@]+@|#)[^\s]*\Z", re.IGNORECASE)


def is_allowed(href: str) -> bool:
    """Tell whether a document may carry this link: http(s), mailto or a place in the document itself.

    Of any other link a rendering shows the text alone.
    """
    return bool(_ALLOWED.match(href)) and href != "#"
