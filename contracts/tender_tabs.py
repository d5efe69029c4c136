"""Tabs that rooms above hang onto a tender's page: registered when their app is ready, since contracts cannot know them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from contracts.models import Tender


@dataclass(frozen=True)
class Tab:
    key: str
    label: str
    url: str


TabMaker = Callable[[Tender], Tab]
_makers: dict[str, TabMaker] = {}


def register(room: str, maker: TabMaker) -> None:
    """Register the tab of a room. Raises ValueError when it already has one."""
    if _makers.setdefault(room, maker) is not maker:
        raise ValueError(f"the room {room!r} already has a tab on tenders: {_makers[room]!r}")


def tabs_from_above(tender: Tender) -> list[Tab]:
    return [make(tender) for make in _makers.values()]
