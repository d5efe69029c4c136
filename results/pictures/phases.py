"""A series over time, cut into phases that may be compared: what may be drawn, its centre, its limits and the run rules.

A phase ends where the definition changes or the law breaks the series. Periods that are missing, hidden or too small leave a gap,
and no line crosses one. With fewer than ten points a phase is a line and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

from results.pictures.limits import ALARM, FEWEST, limits_at
from results.pictures.parts import Amount, share_of
from results.statistics import Interval, RunChart, run_chart
from results.statistics.runs import FEWEST_POINTS

Kind = Literal["p", "run"]


@dataclass(frozen=True, slots=True)
class TimePoint:
    """One period of a series, counted by a definition."""

    period: str
    base: Amount
    outcomes: Amount
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """A supplier over time; `is_own` sets the reader's own figures apart."""

    name: str
    points: tuple[TimePoint, ...]
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """What makes figures from a period on another series, in a few words: "ny kontanthjælp"."""

    period: str
    reason: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A point that everybody may see: its place among the periods, and its counts."""

    index: int
    base: int
    outcomes: int

    @property
    def share(self) -> float:
        return self.outcomes / self.base


@dataclass(frozen=True, slots=True)
class Phase:
    """Comparable points. Centre and rules are None with fewer than ten, limits where the chart has none."""

    points: tuple[Seen, ...]
    centre: float | None
    rules: RunChart | None
    limits: tuple[Interval, ...] = ()

    @property
    def has_shift(self) -> bool:
        return self.rules is not None and self.rules.has_shift

    @property
    def beyond(self) -> tuple[Seen, ...]:
        """The points outside the limits."""
        return tuple(
            point for point, limits in zip(self.points, self.limits, strict=False) if not limits.holds(point.share)
        )

    @property
    def stretches(self) -> tuple[tuple[Seen, ...], ...]:
        """The points in stretches without a gap."""
        found: list[list[Seen]] = []
        for point in self.points:
            if found and found[-1][-1].index == point.index - 1:
                found[-1].append(point)
            else:
                found.append([point])
        return tuple(map(tuple, found))


def seen_points(series: Series, periods: Sequence[str]) -> dict[int, Seen]:
    """Return what may be drawn, by its place among the periods. Raises ValueError for one not among them, or given twice."""
    places = {period: index for index, period in enumerate(periods)}
    named = [point.period for point in series.points]
    strange = sorted({each for each in named if each not in places or named.count(each) > 1})
    if strange:
        raise ValueError(f"{series.name!r} has periods that are unknown or given twice: {', '.join(strange)}")
    found = {}
    for point in series.points:
        if share_of(point.outcomes, point.base) is not None and (point.base.shown or 0) >= FEWEST:
            index = places[point.period]
            found[index] = Seen(index, int(point.base.shown or 0), int(point.outcomes.shown or 0))
    return found


def breaks_of(series: Series, periods: Sequence[str], breaks: Sequence[Break]) -> tuple[Break, ...]:
    """Return the breaks of a series in order: those given, and those where its definition changes."""
    places = {period: index for index, period in enumerate(periods)}
    found = {places[each.period]: each for each in breaks if each.period in places}
    ordered = sorted(series.points, key=lambda point: places[point.period])
    for before, after in pairwise(ordered):
        if before.definition != after.definition:
            found.setdefault(places[after.period], Break(after.period, f"ny definition ({after.definition})"))
    return tuple(found[index] for index in sorted(found) if index > 0)


def phases_of(series: Series, periods: Sequence[str], breaks: Sequence[Break], kind: Kind) -> tuple[Phase, ...]:
    """Return the phases of a series that have points."""
    seen = seen_points(series, periods)
    starts = [periods.index(each.period) for each in breaks_of(series, periods, breaks)]
    return tuple(_phase(points, kind) for points in _cut(seen, [0, *starts, len(periods)]) if points)


def _cut(seen: dict[int, Seen], edges: Sequence[int]) -> Iterator[tuple[Seen, ...]]:
    for start, end in pairwise(edges):
        yield tuple(seen[index] for index in sorted(seen) if start <= index < end)


def _phase(points: tuple[Seen, ...], kind: Kind) -> Phase:
    if len(points) < FEWEST_POINTS:
        return Phase(points, None, None)
    shares = [point.share for point in points]
    pooled = sum(point.outcomes for point in points) / sum(point.base for point in points)
    centre = pooled if kind == "p" else median(shares)
    limits = tuple(limits_at(centre, point.base, ALARM) for point in points) if kind == "p" else ()
    return Phase(points, centre, run_chart(shares, centre=centre), limits)
