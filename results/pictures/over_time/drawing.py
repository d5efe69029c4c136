"""Series over time as shapes: a small picture for each, on one scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from documents.drawings import Drawing, Shape, Stroke, Symbol, Words
from documents.lettering import fitted, width
from results.pictures.frames import NARROW, SIZE, WIDE, Entry, key, share_axis
from results.pictures.over_time.data import OverTime
from results.pictures.phases import Break, Phase, Series
from results.pictures.scales import Scale, rounded_up, ticks

_LEFT, _TITLE, _STRIP, _AXIS, _BETWEEN = 52.0, 36.0, 16.0, 26.0, 22.0


@dataclass(frozen=True, slots=True)
class _Panel:
    """Where one small picture lies."""

    x: Scale  # from places among the periods
    y: Scale
    left: float
    top: float

    @property
    def step(self) -> float:
        return self.x(1) - self.x(0)


def drawings_of(over_time: OverTime) -> tuple[Drawing, Drawing]:
    """Return the drawing for documents and wide screens, and the one for phones."""
    return _drawing(over_time, WIDE), _drawing(over_time, NARROW)


def _drawing(over_time: OverTime, wide: float) -> Drawing:
    count = len(over_time.panels)
    columns = 2 if wide == WIDE and count > 1 else 1
    panel_wide = (wide - _BETWEEN * (columns - 1)) / columns
    plot_height = 220.0 if count == 1 else 140.0
    height = _TITLE + _STRIP + plot_height + _AXIS
    top_share = _top(over_time)
    shapes: list[Shape] = []
    for place, (series, phases, breaks) in enumerate(over_time.panels):
        left, top = (place % columns) * (panel_wide + _BETWEEN), (place // columns) * (height + 12)
        panel = _panel(len(over_time.periods), left, top, wide=panel_wide, height=plot_height, share=top_share)
        shapes += _panel_shapes(over_time, series, phases, breaks, panel)
    bottom = -(-count // columns) * (height + 12)
    keyed, key_height = key(_entries(over_time), top=bottom, room=wide)
    return Drawing(wide, bottom + key_height + 4, (*shapes, *keyed))


def _panel(periods: int, left: float, top: float, *, wide: float, height: float, share: float) -> _Panel:
    upper = top + _TITLE + _STRIP
    inner = (wide - _LEFT - 8) / max(periods, 1) / 2  # half a period before the first and after the last
    x = Scale(0, max(periods - 1, 1), left + _LEFT + inner, left + wide - 8 - inner)
    return _Panel(x, Scale(0, share, upper + height, upper), left, top)


def _top(over_time: OverTime) -> float:
    """Return the upper end of the scale that all share, made of what is drawn alone."""
    phases = [phase for _, phases, _ in over_time.panels for phase in phases]
    shares = [point.share for phase in phases for point in phase.points]
    shares += [share for _, share in over_time.context]
    return min(1.0, rounded_up((max(shares, default=0.0) or 0.1) * 1.15, most=4))


def _panel_shapes(
    over_time: OverTime, series: Series, phases: Sequence[Phase], breaks: Sequence[Break], panel: _Panel
) -> Iterator[Shape]:
    right = panel.x.end + panel.step / 2
    room = right - panel.left
    yield Words(panel.left, panel.top + 13, fitted(series.name, room, SIZE), is_strong=True)
    yield Words(panel.left, panel.top + 30, fitted(_status(phases), room, SIZE), tone="grey")
    left = panel.left + _LEFT
    yield from share_axis(panel.y, ticks(panel.y.high, most=4), left=left, right=right)
    yield from _periods(over_time.periods, panel)
    yield from _breaks(over_time, breaks, panel)
    yield from _context(over_time, panel)
    for phase in phases:
        yield from _phase_lines(phase, panel)
    for phase in phases:
        yield from _points(phase, panel)


def _status(phases: Sequence[Phase]) -> str:
    """Return what the rules say of the last phase, or of the one that has shifted."""
    ruled = [phase for phase in phases if phase.rules is not None]
    if not ruled:
        return "Under 10 perioder: ingen regel" if phases else "Ingen tal, der kan tegnes"
    rules = next((phase for phase in reversed(ruled) if phase.has_shift), ruled[-1]).rules
    if rules is None or rules.longest_run_limit is None:
        return "For få perioder ved siden af midten: ingen regel"
    if rules.has_long_run:
        return f"Skift: {rules.longest_run} i træk på samme side (højst {rules.longest_run_limit})"
    if rules.has_few_crossings:
        times = "gang" if rules.crossings == 1 else "gange"
        return f"Skift: krydser midten {rules.crossings} {times} (mindst {rules.crossings_limit})"
    return "Intet skift"


def _periods(periods: Sequence[str], panel: _Panel) -> Iterator[Shape]:
    """Yield a mark for each period, and the names that have room: the last, the first, then from the left."""
    y = panel.y.start
    order = [len(periods) - 1, 0, *range(1, len(periods) - 1)] if len(periods) > 1 else range(len(periods))
    taken: list[tuple[float, float]] = []
    edges = panel.left + _LEFT - 20, panel.x.end + panel.step / 2 + 8
    for index in order:
        x, half = panel.x(index), width(periods[index], SIZE) / 2 + 4
        middle = min(max(x, edges[0] + half), edges[1] - half)
        yield Stroke(((x, y), (x, y + 4)), 1, "grey")
        if all(middle + half <= start or end <= middle - half for start, end in taken):
            taken.append((middle - half, middle + half))
            yield Words(middle, y + 19, periods[index], "middle")


def _breaks(over_time: OverTime, breaks: Sequence[Break], panel: _Panel) -> Iterator[Shape]:
    last = float("-inf")
    half = width("brud", SIZE) / 2
    for each in breaks:
        x = panel.x(over_time.periods.index(each.period)) - panel.step / 2
        yield Stroke(((x, panel.y.end), (x, panel.y.start)), 1.25, "ink", "dashed")
        if x - half > last:
            yield Words(x, panel.y.end - 4, "brud", "middle", tone="grey")
            last = x + half + 3


def _context(over_time: OverTime, panel: _Panel) -> Iterator[Shape]:
    stretch: list[tuple[float, float]] = []
    before = -2
    for index, share in sorted(over_time.context):
        if index != before + 1:
            yield Stroke(tuple(stretch), 1.5, "accent", "long")
            stretch = []
        stretch.append((panel.x(index), panel.y(share)))
        before = index
    yield Stroke(tuple(stretch), 1.5, "accent", "long")


def _phase_lines(phase: Phase, panel: _Panel) -> Iterator[Shape]:
    half = panel.step / 2
    if phase.centre is not None:
        y = panel.y(phase.centre)
        first, last = phase.points[0].index, phase.points[-1].index
        yield Stroke(((panel.x(first) - half, y), (panel.x(last) + half, y)), 1.25, "grey")
    for point, limits in zip(phase.points, phase.limits, strict=False):
        for limit in (limits.lower, limits.upper):
            if limit is not None and 0 < limit <= panel.y.high:
                x, y = panel.x(point.index), panel.y(limit)
                yield Stroke(((x - half, y), (x + half, y)), 1.25, "grey", "dotted")
    for stretch in phase.stretches:
        yield Stroke(tuple((panel.x(point.index), panel.y(point.share)) for point in stretch), 2, "accent")


def _points(phase: Phase, panel: _Panel) -> Iterator[Shape]:
    for point in phase.points:
        is_beyond = point in phase.beyond
        yield Symbol(
            panel.x(point.index),
            panel.y(point.share),
            "square" if is_beyond else "circle",
            10 if is_beyond else 7,
            "accent",
        )


def _entries(over_time: OverTime) -> list[Entry]:
    phases = [phase for _, phases, _ in over_time.panels for phase in phases]
    entries = []
    if any(phase.centre is not None for phase in phases):
        entries.append(Entry("Gennemsnit" if over_time.kind == "p" else "Median", "full", tone="grey"))
    if any(phase.limits for phase in phases):
        entries.append(Entry("99,8 %-grænser", "dotted", tone="grey"))
    if any(phase.beyond for phase in phases):
        entries.append(Entry("Uden for grænserne", symbol="square", tone="accent"))
    if over_time.outside:
        entries.append(
            Entry(f"Til sammenhæng, uden for sammenligningen: {over_time.outside.name}", "long", tone="accent")
        )
    breaks = dict.fromkeys((each.period, each.reason) for _, _, found in over_time.panels for each in found)
    ordered = sorted(breaks, key=lambda each: over_time.periods.index(each[0]))
    entries += [Entry(f"Brud fra {period}: {reason}", "dashed") for period, reason in ordered]
    return entries
