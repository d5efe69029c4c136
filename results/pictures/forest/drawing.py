"""The forest as shapes: a row for each supplier, on an axis of ratios."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from documents import formats
from documents.drawings import Drawing, Shape, Stroke, Symbol, Words
from documents.lettering import fitted, width, wrapped
from results.pictures.forest.data import Forest, ForestRow
from results.pictures.frames import NARROW, SIZE, WIDE
from results.pictures.parts import Amount
from results.pictures.scales import Scale

_SPANS = (2.0, 4.0, 8.0)  # the axis runs from 1 / span to span; what lies further off is an arrow
_TICKS = (1.0, 1 / 2, 2.0, 1 / 4, 4.0, 1 / 8, 8.0)  # the first ones are sure of their label


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where things stand across: names, the plot, and the columns of figures by their right ends."""

    wide: float
    name_room: float
    name_lines: int
    plot: tuple[float, float]
    columns: tuple[float, ...]
    row_height: float
    has_name_above: bool


_WIDE = _Layout(WIDE, 176, 2, (190, 466), (522, 580, 638), 34, has_name_above=False)
_NARROW = _Layout(NARROW, 346, 1, (18, 192), (242, 296, 348), 44, has_name_above=True)
_HEADS = ("O", "E", "n")


def drawings_of(forest: Forest) -> tuple[Drawing, Drawing]:
    """Return the drawing for documents and wide screens, and the one for phones."""
    return _drawing(forest, _WIDE), _drawing(forest, _NARROW)


def _drawing(forest: Forest, layout: _Layout) -> Drawing:
    scale = _scale(forest, layout)
    shapes: list[Shape] = [*_heads(layout)]
    y = 26.0
    for group, rows in forest.sections:
        if group:
            shapes.append(Words(0, y + 17, fitted(group, layout.wide, SIZE), is_strong=True))
            y += 26
        for row in rows:
            shapes += _row_shapes(row, y, scale, layout)
            y += layout.row_height
    end = ("Færre end forventet", "Flere end forventet")
    middle = scale(1)
    sides = (Words(middle - 8, y + 40, end[0], "end"), Words(middle + 8, y + 40, end[1]))
    if layout.has_name_above:
        sides = (Words(middle - 6, y + 40, "← Færre", "end"), Words(middle + 6, y + 40, "Flere →"))
    own = " Firkant: egne tal." if any(row.is_own for row in forest.drawn) else ""
    key = Words(layout.wide, y + 62, f"O: observeret. E: forventet. n: {forest.about.unit}.{own}", "end")
    return Drawing(layout.wide, y + 68, (*shapes, *_tick_labels(scale, y + 18), *sides, key))


def _scale(forest: Forest, layout: _Layout) -> Scale:
    """Return a scale made of what is drawn alone, wide enough for the marks and as many of the intervals as fit."""
    ratios = [ratio for row in forest.drawn if (ratio := row.ratio)]
    bounds = [each for row in forest.drawn if (pair := row.bounds) for each in pair if each > 0]
    needed = max([max(each, 1 / each) for each in ratios], default=1.0)
    wished = min(max([max(each, 1 / each) for each in bounds], default=1.0), 4.0)
    span = next((each for each in _SPANS if each >= max(needed, wished)), _SPANS[-1])
    start, end = layout.plot
    return Scale(1 / span, span, start, end, is_log=True)


def _grid(scale: Scale, top: float, bottom: float) -> Iterator[Shape]:
    for tick in _TICKS:
        if scale.holds(tick):
            x, is_one = scale(tick), tick == 1
            yield Stroke(((x, top), (x, bottom)), 1.5 if is_one else 1, "ink" if is_one else "faint")


def _tick_labels(scale: Scale, y: float) -> Iterator[Shape]:
    """Yield the figures of the axis that have room, from 1 outwards."""
    taken: list[tuple[float, float]] = []
    for tick in _TICKS:
        decimals = next(each for each in range(5) if round(tick, each) == tick)
        label, x = formats.number(tick, decimals=decimals), scale(tick)
        half = width(label, SIZE) / 2 + 3
        if scale.holds(tick) and all(x + half <= left or right <= x - half for left, right in taken):
            taken.append((x - half, x + half))
            yield Words(x, y, label, "middle", is_strong=tick == 1)


def _heads(layout: _Layout) -> Iterator[Shape]:
    yield Words(sum(layout.plot) / 2, 14, "O/E", "middle", is_strong=True)
    for x, head in zip(layout.columns, _HEADS, strict=True):
        yield Words(x, 14, head, "end", is_strong=True)


def _row_shapes(row: ForestRow, top: float, scale: Scale, layout: _Layout) -> Iterator[Shape]:
    middle = top + (30 if layout.has_name_above else layout.row_height / 2)
    yield from _grid(scale, top + 20 if layout.has_name_above else top, top + layout.row_height)
    yield Stroke(((0, top), (layout.wide, top)), 0.75, "faint")
    lines = wrapped(row.name, layout.name_room, SIZE, most=layout.name_lines)
    first = top + 15 if layout.has_name_above else middle + 4.5 - (len(lines) - 1) * 7.5
    for index, line in enumerate(lines):
        yield Words(0, first + index * 15, line, is_strong=row.is_own)
    yield from _mark(row, middle, scale)
    figures = (_text(row.observed), _text(row.expected, decimals=1), _text(row.base))
    for x, figure_text in zip(layout.columns, figures, strict=True):
        yield Words(x, middle + 4.5, figure_text, "end")


def _text(amount: Amount, *, decimals: int = 0) -> str:
    """Return a figure as everybody may see it."""
    return formats.HIDDEN if amount.is_hidden else formats.number(amount.value, decimals=decimals)


def _mark(row: ForestRow, y: float, scale: Scale) -> Iterator[Shape]:
    """Yield the interval and the mark; what lies beyond the axis becomes an arrow at its end."""
    ratio, bounds = row.ratio, row.bounds
    if ratio is None:
        return
    if bounds:
        low, high = bounds
        if low <= scale.high and high >= scale.low:
            yield Stroke(((scale(low or scale.low), y), (scale(high), y)), 2.5, "grey")
        if low < scale.low and ratio >= scale.low:
            yield Symbol(scale.start, y, "left", 8, "grey")
        if high > scale.high and ratio <= scale.high:
            yield Symbol(scale.end, y, "right", 8, "grey")
    if ratio < scale.low:
        yield Symbol(scale.start, y, "left", 11, "accent")
    elif ratio > scale.high:
        yield Symbol(scale.end, y, "right", 11, "accent")
    else:
        yield Symbol(scale(ratio), y, "square" if row.is_own else "circle", 10, "accent")
