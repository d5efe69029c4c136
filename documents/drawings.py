"""A drawing of strokes, boxes, symbols and words, laid out in CSS pixels before it reaches a paper or a page.

A chart whose labels must not collide has to know where everything lies, so what draws it (`results.pictures`) lays it out itself
and hands over plain shapes. They are frozen with the paper, which then looks the same for ever, and written as SVG here, without
a drawing library in the web process. No shape carries a title, an identifier or a word that is not seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Literal

Tone = Literal["ink", "grey", "faint", "accent", "paper"]
Dash = Literal["full", "dashed", "dotted", "long"]
SymbolKind = Literal["circle", "diamond", "square", "ring", "left", "right"]
Anchor = Literal["start", "middle", "end"]

FONT = "IBM Plex Sans, Arial, sans-serif"
# Each tone keeps its distance from the others in grey too; the accent is as dark as the grey of words.
COLOURS: dict[Tone, str] = {
    "ink": "#1a1a1a",
    "grey": "#595959",
    "faint": "#d0d0d0",
    "accent": "#1f5f99",
    "paper": "#ffffff",
}
DASHES: dict[Dash, str] = {"full": "", "dashed": "7 4", "dotted": "1.5 3.5", "long": "12 5"}

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through places in order."""

    places: tuple[Place, ...]
    width: float = 1.0
    tone: Tone = "ink"
    dash: Dash = "full"


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle, by its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    tone: Tone = "grey"


@dataclass(frozen=True, slots=True)
class Symbol:
    """A mark around its middle; `size` is its width. A ring is open, "left" and "right" point out of the picture."""

    x: float
    y: float
    kind: SymbolKind = "circle"
    size: float = 9.0
    tone: Tone = "ink"


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text; `y` is its base line, `x` its start, middle or end."""

    x: float
    y: float
    text: str
    anchor: Anchor = "start"
    size: float = 13.0
    is_strong: bool = False
    tone: Tone = "ink"


Shape = Stroke | Box | Symbol | Words


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes on white, the later ones on top of the earlier."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


def drawing_svg(drawing: Drawing, *, is_sized: bool = False) -> str:
    """Return the drawing as an SVG element: one that fills its place, or with `is_sized` one with a size in pixels.

    The same drawing gives the same text. It has no script, style, identifier or outside reference, and no words for screen
    readers: those stand in the chart's `alt`.
    """
    width, height = _number(drawing.width), _number(drawing.height)
    size = f' width="{width}" height="{height}"' if is_sized else ""
    shapes = "".join(map(_shape, drawing.shapes))
    return f'<svg xmlns="http://www.w3.org/2000/svg"{size} viewBox="0 0 {width} {height}">{shapes}</svg>'


def _shape(shape: Shape) -> str:
    match shape:
        case Stroke():
            return _stroke(shape)
        case Box(x, y, width, height, tone):
            place = f'x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" height="{_number(height)}"'
            return f'<rect {place} fill="{COLOURS[tone]}"/>'
        case Symbol():
            return _symbol(shape)
        case Words():
            return _words(shape)


def _stroke(stroke: Stroke) -> str:
    if len(stroke.places) < 2:
        return ""
    dash = f' stroke-dasharray="{DASHES[stroke.dash]}"' if DASHES[stroke.dash] else ""
    path = "M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in stroke.places)
    colour = COLOURS[stroke.tone]
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{_number(stroke.width)}"{dash}/>'


def _symbol(symbol: Symbol) -> str:
    x, y, half, colour = symbol.x, symbol.y, symbol.size / 2, COLOURS[symbol.tone]
    middle = f'cx="{_number(x)}" cy="{_number(y)}"'
    if symbol.kind == "circle":
        return f'<circle {middle} r="{_number(half)}" fill="{colour}"/>'
    if symbol.kind == "ring":
        return f'<circle {middle} r="{_number(half)}" fill="none" stroke="{colour}" stroke-width="2"/>'
    corners = " ".join(f"{_number(x + dx * half)},{_number(y + dy * half)}" for dx, dy in _CORNERS[symbol.kind])
    return f'<polygon points="{corners}" fill="{colour}"/>'


_CORNERS: dict[SymbolKind, tuple[Place, ...]] = {
    "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "left": ((-1, 0), (1, -1), (1, 1)),
    "right": ((1, 0), (-1, -1), (-1, 1)),
}


def _words(words: Words) -> str:
    anchor = "" if words.anchor == "start" else f' text-anchor="{words.anchor}"'
    weight = ' font-weight="600"' if words.is_strong else ""
    place = f'x="{_number(words.x)}" y="{_number(words.y)}"'
    face = f'font-family="{FONT}" font-size="{_number(words.size)}"{weight}{anchor}'
    return f'<text {place} {face} fill="{COLOURS[words.tone]}">{escape(_printable(words.text))}</text>'


def _printable(text: str) -> str:
    """Return the text without signs that XML cannot hold."""
    return "".join(sign for sign in text if sign.isprintable() or sign == "\N{NO-BREAK SPACE}")


def _number(value: float) -> str:
    """Return a length with two decimals at most: no drawing is finer than a hundredth of a pixel."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"
