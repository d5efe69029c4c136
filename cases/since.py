"""What has changed in the suppliers' answers behind a frozen paper. No database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

Evidence = Mapping[str, Mapping[str, Any]]
COUNTED = frozenset({"supplier_count", "suppliers", "rating"})


def changes_between(frozen: Evidence, now: Evidence) -> tuple[str, ...]:
    """Return a sentence for each count of suppliers that both texts have and that is no longer what it was."""
    return tuple(sentence for key in frozen if key in now for sentence in _change(frozen[key], now[key]))


def _change(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    if before["kind"] not in COUNTED:
        return
    facts = {"label": after["label"], "before": _count(before), "after": _count(after)}
    if facts["before"] != facts["after"]:
        yield _("“%(label)s”: %(before)s then, %(after)s now.") % facts
    elif _who(before) != _who(after):
        yield _("“%(label)s”: %(after)s as before, but other suppliers.") % facts


def _count(entry: Mapping[str, Any]) -> str:
    values = entry["values"]
    total = values.get("answered", values.get("asked"))
    return _("%(n)s of %(m)s") % {"n": values.get("suppliers"), "m": total} if values else ""


def _who(entry: Mapping[str, Any]) -> Any:
    internal = entry.get("internal", {})
    return internal.get("suppliers"), internal.get("groups")
