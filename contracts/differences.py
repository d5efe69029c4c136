"""What differs between two sets of terms, and how changes that were made apart are put together. Pure functions.

Terms are flat: one key for each field and each row that has a value, and no key where there is nothing. A row (a price, an
option) is one value, so two people who change the same row disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Terms = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """One term before and after; None is nothing at all."""

    key: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Conflict:
    """A term that both sides have changed, and not to the same."""

    key: str
    base: Any
    mine: Any
    now: Any


@dataclass(frozen=True)
class Merge:
    """Terms put together. Where there is a conflict they hold what is there now."""

    terms: dict[str, Any]
    conflicts: tuple[Conflict, ...]


def diff(before: Terms, after: Terms) -> tuple[Difference, ...]:
    """Return what differs, in the order of the terms; what is new comes last."""
    keys = [*before, *(key for key in after if key not in before)]
    found = (Difference(key, before.get(key), after.get(key)) for key in keys)
    return tuple(difference for difference in found if difference.before != difference.after)


def apply(differences: Iterable[Difference], terms: Terms) -> dict[str, Any]:
    """Return the terms with the differences in them: `apply(diff(a, b), a) == b`."""
    changed = dict(terms)
    for difference in differences:
        if difference.after is None:
            changed.pop(difference.key, None)
        else:
            changed[difference.key] = difference.after
    return changed


def merge(*, base: Terms, mine: Terms, now: Terms) -> Merge:
    """Put what `mine` changed since `base` into what is there `now`.

    What somebody else changed to the same is no conflict, and what only one side changed is that side's.
    """
    changes = diff(base, mine)
    disputed = {c.key for c in changes if now.get(c.key) not in (c.before, c.after)}
    conflicts = (Conflict(c.key, c.before, c.after, now.get(c.key)) for c in changes if c.key in disputed)
    return Merge(apply((c for c in changes if c.key not in disputed), now), tuple(conflicts))
