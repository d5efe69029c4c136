"""The year wheel: where on it each deadline stands. Geometry alone, which the template draws."""

from __future__ import annotations

import calendar
import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from contracts.deadlines.deadline import Deadline, Stage

SIZE = 640
CENTRE = SIZE / 2
OUTER, MONTHS_OUTER, RING = 310, 306, 262
FIRST_RING, RING_STEP, RINGS = 246, 20, 7
DOT = 8
TODAY_INNER = 100


@dataclass(frozen=True)
class Dot:
    deadline: Deadline
    stage: Stage
    x: float
    y: float

    @property
    def diamond(self) -> str:
        """The corners of a diamond, which is how what is overdue looks: never by colour alone."""
        reach = DOT * 1.25
        corners = ((0, -reach), (reach, 0), (0, reach), (-reach, 0))
        return " ".join(f"{self.x + x:.1f},{self.y + y:.1f}" for x, y in corners)


@dataclass(frozen=True)
class Month:
    """A twelfth of the wheel: its outline, where its name stands, and what did not find room."""

    first: dt.date
    outline: str
    name_x: float
    name_y: float
    dots: tuple[Dot, ...]
    count: int
    rest: int
    rest_x: float
    rest_y: float

    @property
    def last(self) -> dt.date:
        return self.first.replace(day=calendar.monthrange(self.first.year, self.first.month)[1])


@dataclass(frozen=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Wheel:
    year: int
    months: tuple[Month, ...]
    today: Line | None
    count: int
    overdue: int
    busiest: Month | None


def wheel(deadlines: Iterable[Deadline], *, year: int, today: dt.date) -> Wheel:
    """Return the wheel of a year. January begins on top, and the year runs with the clock."""
    by_month: dict[int, list[Deadline]] = {month: [] for month in range(1, 13)}
    for deadline in deadlines:
        if deadline.due_on.year == year:
            by_month[deadline.due_on.month].append(deadline)
    months = tuple(_month(dt.date(year, month, 1), found, today) for month, found in by_month.items())
    count = sum(month.count for month in months)
    overdue = sum(row.due_on < today for found in by_month.values() for row in found)
    busiest = max(months, key=lambda month: month.count) if count else None
    return Wheel(year, months, _today(year, today), count, overdue, busiest)


def _month(first: dt.date, deadlines: Sequence[Deadline], today: dt.date) -> Month:
    start, end = (first.month - 1) / 12, first.month / 12
    middle = (start + end) / 2
    name_x, name_y = _point(middle, (MONTHS_OUTER + RING) / 2)
    dots = _dots(first, deadlines, today)
    rest_x, rest_y = _point(middle, FIRST_RING - RINGS * RING_STEP + 4)
    outline = _sector(start, end, OUTER, TODAY_INNER)
    rest = len(deadlines) - len(dots)
    return Month(first, outline, name_x, name_y, tuple(dots), len(deadlines), rest, rest_x, rest_y)


def _dots(first: dt.date, deadlines: Sequence[Deadline], today: dt.date) -> list[Dot]:
    """Place the dots by their day; those that would lie on each other move inwards, ring by ring."""
    days = calendar.monthrange(first.year, first.month)[1]
    rings: list[list[float]] = [[] for _ring in range(RINGS)]
    dots = []
    for deadline in sorted(deadlines, key=lambda row: row.due_on):
        # Half a day from the month's edges, so that a dot never lies on the line between two.
        turn = (first.month - 1 + 0.1 + 0.8 * (deadline.due_on.day - 0.5) / days) / 12
        for number, taken in enumerate(rings):
            radius = FIRST_RING - number * RING_STEP
            apart = 2.2 * DOT / (2 * math.pi * radius)
            if all(abs(turn - other) >= apart for other in taken):
                taken.append(turn)
                dots.append(Dot(deadline, deadline.stage(today=today), *_point(turn, radius)))
                break
    return dots


def _point(turn: float, radius: float) -> tuple[float, float]:
    """Return the point so far round from the top, as a share of a whole turn."""
    angle = 2 * math.pi * turn
    return round(CENTRE + radius * math.sin(angle), 1), round(CENTRE - radius * math.cos(angle), 1)


def _sector(start: float, end: float, outer: float, inner: float) -> str:
    """Return the outline of a ring's sector as an SVG path."""
    (ax, ay), (bx, by) = _point(start, outer), _point(end, outer)
    (cx, cy), (dx, dy) = _point(end, inner), _point(start, inner)
    return f"M{ax},{ay} A{outer},{outer} 0 0 1 {bx},{by} L{cx},{cy} A{inner},{inner} 0 0 0 {dx},{dy} Z"


def _today(year: int, today: dt.date) -> Line | None:
    if today.year != year:
        return None
    days = calendar.monthrange(year, today.month)[1]
    turn = (today.month - 1 + (today.day - 0.5) / days) / 12
    return Line(*_point(turn, TODAY_INNER), *_point(turn, RING))
