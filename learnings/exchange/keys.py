"""Keys that stay the same from one export to the next, so that a project file that comes back finds its rows again."""

from __future__ import annotations

import uuid

ROOT = uuid.uuid5(uuid.NAMESPACE_URL, "urn:partnerskab:learnings")
STRONG = str(uuid.uuid5(ROOT, "strong"))


def key(kind: str, pk: int) -> str:
    """Return the key of a row: `key("theme", 7)`."""
    return str(uuid.uuid5(ROOT, f"{kind}-{pk}"))
