"""A drawing as its reader sees it: where words lie in the real font, and what a point says by the axes."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from lxml import etree
from PIL import ImageFont

import documents
from documents.drawings import Drawing, Symbol, Words, drawing_svg
from results.pictures import Amount

FONTS = Path(documents.__file__).parent / "assets" / "fonts"
SVG = "{http://www.w3.org/2000/svg}"


@cache
def font(weight: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"IBMPlexSans-{weight}.otf", 100, layout_engine=ImageFont.Layout.BASIC)


def words_of(drawing: Drawing) -> list[Words]:
    return [shape for shape in drawing.shapes if isinstance(shape, Words) and shape.text.strip()]


def symbols_of(drawing: Drawing, *kinds: str) -> list[Symbol]:
    return [shape for shape in drawing.shapes if isinstance(shape, Symbol) and (not kinds or shape.kind in kinds)]


def printed(text: str) -> str:
    """Return what is printed of a text: no control signs, and a space that does not break is as wide as another."""
    return "".join(sign for sign in text.replace("\N{NO-BREAK SPACE}", " ") if sign.isprintable())


def rectangle(words: Words) -> tuple[float, float, float, float]:
    """Return where the letters are, without the room above and below them."""
    wide = font("SemiBold" if words.is_strong else "Regular").getlength(printed(words.text)) / 100 * words.size
    left = words.x - {"start": 0, "middle": wide / 2, "end": wide}[words.anchor]
    return left, words.y - 0.7 * words.size, left + wide, words.y + 0.15 * words.size


def overlaps(drawing: Drawing) -> list[tuple[str, str]]:
    """Return the pairs of words that lie on each other."""
    placed = [(each.text, rectangle(each)) for each in words_of(drawing)]
    return [
        (a, b)
        for (a, one), (b, two) in combinations(placed, 2)
        if one[0] < two[2] - 0.5 and two[0] < one[2] - 0.5 and one[1] < two[3] - 0.5 and two[1] < one[3] - 0.5
    ]


def outside(drawing: Drawing) -> list[str]:
    """Return the words that stick out of the picture."""
    placed = [(each.text, rectangle(each)) for each in words_of(drawing)]
    return [
        text
        for text, (left, top, right, bottom) in placed
        if left < -1 or top < -1 or right > drawing.width + 1 or bottom > drawing.height + 1
    ]


def parsed(drawing: Drawing) -> etree._Element:
    """Return the SVG as a tree of what its grammar allows; fails for anything else."""
    text = drawing_svg(drawing)
    assert "nan" not in text.lower().replace("finan", "") or any(
        "nan" in each.text.lower() for each in words_of(drawing)
    )
    root = etree.fromstring(text.encode())
    assert root.tag == f"{SVG}svg"
    assert {each.tag for each in root.iter()} <= {
        f"{SVG}{name}" for name in ("svg", "path", "rect", "circle", "polygon", "text")
    }
    assert not {name for each in root.iter() for name in each.attrib} & {"id", "style", "class", "href", "onclick"}
    return root


def with_hidden(value: Any, change: Any) -> Any:
    """Return an input whose hidden amounts are changed, and nothing else."""
    if isinstance(value, Amount):
        return replace(value, value=change(value.value)) if value.is_hidden else value
    if isinstance(value, tuple):
        return tuple(with_hidden(each, change) for each in value)
    if hasattr(value, "__dataclass_fields__"):
        return replace(value, **{each.name: with_hidden(getattr(value, each.name), change) for each in fields(value)})
    return value
