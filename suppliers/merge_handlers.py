"""The registry through which the rooms above say what a merge of suppliers does to their records.

Filled in `AppConfig.ready()`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from accounts.models import User
from suppliers.models import Supplier


@dataclass(frozen=True)
class MergePart:
    """What a merge would do to one kind of record: which rows move, which stay with the old supplier, and what forbids it.

    Rows are named. Each refusal is a sentence; one is enough to refuse the whole merge. `kept_why` says why rows stay.
    """

    label: str
    moved: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    kept_why: str = ""
    kept_number: int | None = None  # where `kept` names kinds of rows, not each
    refusals: tuple[str, ...] = ()

    @property
    def kept_count(self) -> int:
        return len(self.kept) if self.kept_number is None else self.kept_number


@dataclass(frozen=True)
class Merge:
    """One merge as it is carried out: all it writes to history carries its moment, reason and actor."""

    loser: Supplier
    survivor: Supplier
    moment: dt.datetime
    reason: str
    by: User | None


class MergeHandler(Protocol):
    """How one room takes part. The suppliers are locked while `merge` and `undo` run, inside their transaction."""

    def preview(self, loser: Supplier, survivor: Supplier) -> list[MergePart]: ...

    def merge(self, merge: Merge) -> None: ...

    def undo(self, merge: Merge, *, merged_at: dt.datetime) -> None:
        """Move back what the merge of that moment moved and what still stands at the survivor."""


_handlers: dict[str, MergeHandler] = {}


def register(room: str, handler: MergeHandler) -> None:
    """Register how a room takes part in merges. Raises ValueError when it already does."""
    if _handlers.setdefault(room, handler) is not handler:
        raise ValueError(f"the room {room!r} already has a merge handler: {_handlers[room]!r}")


def handlers() -> list[MergeHandler]:
    """Return the handlers, the lowest room first: apps are made ready from the top."""
    return list(reversed(_handlers.values()))
