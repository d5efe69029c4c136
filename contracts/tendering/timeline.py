"""Where the bars of a tender's picture lie: planned and actual days of its phases. Numbers only, in units of the picture."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import formats

from contracts.terms import DAY, add_months

if TYPE_CHECKING:
    from contracts.models import TenderPhase

LABELS, WIDTH, ROW, HEAD = 190, 900, 30, 28
PLOT = WIDTH - LABELS - 4  # room for the last outline
MOST_TICKS = 12


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float


@dataclass(frozen=True)
class TimelineRow:
    """A phase: where its name stands, and its bars where there are days for them."""

    label: str
    text_y: float
    planned: Bar | None
    actual: Bar | None
    is_open: bool


@dataclass(frozen=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True)
class Timeline:
    width: int
    height: int
    labels: int
    rows: tuple[TimelineRow, ...]
    ticks: tuple[Tick, ...]
    today_x: float | None


def timeline_of(phases: Sequence[TenderPhase], *, today: dt.date) -> Timeline | None:
    """Return the picture of phases that are not left out, or None when no phase has a day."""
    shown = [phase for phase in phases if not phase.is_skipped]
    days = [day for phase in shown for day in _days_of(phase, today) if day is not None]
    if not days:
        return None
    scale = _Scale(min(days).replace(day=1), add_months(max(days).replace(day=1), 1))
    rows = tuple(_row(phase, place, scale, today) for place, phase in enumerate(shown))
    is_inside = scale.first <= today < scale.last
    return Timeline(
        WIDTH, HEAD + ROW * len(rows) + 8, LABELS, rows, _ticks(scale), scale.x(today) if is_inside else None
    )


@dataclass(frozen=True)
class _Scale:
    first: dt.date
    last: dt.date  # the day after the last that is shown

    def x(self, day: dt.date) -> float:
        return round(LABELS + PLOT * (day - self.first).days / (self.last - self.first).days, 1)


def _days_of(phase: TenderPhase, today: dt.date) -> tuple[dt.date | None, ...]:
    return (
        phase.planned_start_on,
        phase.planned_end_on,
        phase.started_on,
        phase.ended_on,
        max(today, phase.started_on) if phase.is_open and phase.started_on else None,
    )


def _row(phase: TenderPhase, place: int, scale: _Scale, today: dt.date) -> TimelineRow:
    top = HEAD + ROW * place
    end = phase.ended_on or (max(today, phase.started_on) if phase.started_on else None)
    return TimelineRow(
        label=phase.get_kind_display(),
        text_y=top + 16,
        planned=_bar(phase.planned_start_on, phase.planned_end_on, top + 3, scale),
        actual=_bar(phase.started_on, end, top + 14, scale),
        is_open=phase.is_open,
    )


def _bar(start: dt.date | None, end: dt.date | None, y: float, scale: _Scale) -> Bar | None:
    """Return the bar from a first to a last day, both of which belong to it."""
    if start is None or end is None:
        return None
    return Bar(scale.x(start), y, round(scale.x(end + DAY) - scale.x(start), 1))


def _ticks(scale: _Scale) -> tuple[Tick, ...]:
    """Return the months below which the bars lie: each, or only as many as there is room for."""
    months = (scale.last.year - scale.first.year) * 12 + scale.last.month - scale.first.month
    step = -(-months // MOST_TICKS)
    days = [add_months(scale.first, number) for number in range(0, months, step)]
    return tuple(Tick(scale.x(day), formats.date_format(day, "b y")) for day in days)
