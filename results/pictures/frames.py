"""What stands around the points: axes, names of lines at their ends, and the key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from documents import formats
from documents.drawings import Dash, Shape, Stroke, Symbol, SymbolKind, Tone, Words
from documents.lettering import width, wrapped
from results.pictures.scales import Scale

WIDE, NARROW = 640.0, 350.0  # the text of an A4 page, and a phone's screen
SIZE = 13.0
LINE = 18.0
_SAMPLE = 34.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the key: a stroke or a symbol, and what it means."""

    text: str
    dash: Dash | None = None
    symbol: SymbolKind | None = None
    tone: Tone = "ink"
    width: float = 1.5


def share_axis(scale: Scale, steps: Sequence[float], *, left: float, right: float) -> tuple[Shape, ...]:
    """Return a vertical axis in per cent, with faint lines across."""
    decimals = 0 if all(round(each * 100, 6) == round(each * 100) for each in steps) else 1
    shapes: list[Shape] = []
    for step in steps:
        y = scale(step)
        shapes.append(Stroke(((left, y), (right, y)), 1, "faint" if step else "grey"))
        label = f"{formats.number(step * 100, decimals=decimals)}{formats.NO_BREAK_SPACE}%"
        shapes.append(Words(left - 8, y + 4.5, label, "end"))
    return tuple(shapes)


def count_axis(scale: Scale, steps: Sequence[float], *, y: float, title: str) -> tuple[Shape, ...]:
    """Return a horizontal axis of counts below the plot, with its title at the right below the figures."""
    shapes: list[Shape] = []
    for step in steps:
        x = scale(step)
        shapes += [Stroke(((x, y), (x, y + 5)), 1, "grey"), Words(x, y + 20, formats.number(step), "middle")]
    return (*shapes, Words(scale.end, y + 20 + LINE, title, "end"))


def key(entries: Sequence[Entry], *, top: float, room: float) -> tuple[tuple[Shape, ...], float]:
    """Return the key in rows as wide as the room, and how high it is."""
    shapes: list[Shape] = []
    x, row = 0.0, 0
    for entry in entries:
        lines = wrapped(entry.text, room - _SAMPLE, SIZE)
        wide = _SAMPLE + max(width(line, SIZE) for line in lines)
        if x and x + wide > room:
            x, row = 0.0, row + 1
        y = top + row * LINE + SIZE
        shapes.append(_sample(entry, x, y - 4.5))
        shapes += [Words(x + _SAMPLE, y + place * LINE, line, size=SIZE) for place, line in enumerate(lines)]
        row += len(lines) - 1
        x += wide + 16
    return tuple(shapes), (row + 1) * LINE if entries else 0.0


def _sample(entry: Entry, x: float, y: float) -> Shape:
    if entry.symbol:
        return Symbol(x + 14, y, entry.symbol, tone=entry.tone)
    return Stroke(((x, y), (x + 28, y)), entry.width, entry.tone, entry.dash or "full")
