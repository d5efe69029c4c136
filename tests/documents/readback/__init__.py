"""What a reader of a document meets, in the same terms whether it is read from the tree, HTML, PDF tags or Word XML."""

import re
from dataclasses import dataclass, fields, replace
from typing import Any

# Breaking white space only: a hard space must survive in HTML and Word.
_SPACES = re.compile(r"[ \t\n\r]+")
_CONTEXT = 60


@dataclass(frozen=True)
class CellOutline:
    text: str
    is_header: bool


@dataclass(frozen=True)
class TableOutline:
    caption: str
    rows: tuple[tuple[CellOutline, ...], ...]


@dataclass(frozen=True)
class ItemOutline:
    """`depth` is 1 for an outermost list; `marker` is "•" or a number such as "2."; lists and tables inside are not `text`."""

    depth: int
    marker: str
    text: str


@dataclass(frozen=True)
class Outline:
    """Everything in the order of reading. A footnote's mark stands in a text as "[1]".

    `text` is all of the body's text (facts and list markers aside); `links` are the body's, then those of the footnotes.
    """

    headings: tuple[tuple[int, str], ...]
    tables: tuple[TableOutline, ...]
    items: tuple[ItemOutline, ...]
    links: tuple[tuple[str, str], ...]
    alternatives: tuple[str, ...]
    footnotes: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    text: str


def normal(text: str) -> str:
    """Return text with each run of white space as one space, and without soft hyphens, which no reader sees."""
    return _SPACES.sub(" ", text.replace("\u00ad", "")).strip()


def squeezed(outline: Outline) -> Outline:
    """Return the outline with no white space at all, for comparison with a PDF.

    A PDF of WeasyPrint has no space where a line ends, so what is read from it can't tell "end of line" from "space".
    """
    return replace(outline, **{each.name: _squeezed(getattr(outline, each.name)) for each in fields(outline)})


def difference(expected: Outline, actual: Outline) -> str:
    """Return the first thing that differs, in words, or "" when nothing does."""
    for each in fields(expected):
        found = _difference(each.name, getattr(expected, each.name), getattr(actual, each.name))
        if found:
            return found
    return ""


def _squeezed(value: Any) -> Any:
    match value:
        case str():
            return "".join(value.split())
        case tuple():
            return tuple(_squeezed(each) for each in value)
        case CellOutline() | TableOutline() | ItemOutline():
            return replace(value, **{each.name: _squeezed(getattr(value, each.name)) for each in fields(value)})
        case _:
            return value


def _difference(path: str, expected: Any, actual: Any) -> str:
    if expected == actual:
        return ""
    if isinstance(expected, str) and isinstance(actual, str):
        return _text_difference(path, expected, actual)
    if isinstance(expected, CellOutline | TableOutline | ItemOutline):
        return _attribute_difference(path, expected, actual)
    if isinstance(expected, tuple):
        return _item_difference(path, expected, actual)
    return f"{path}: expected {expected!r}, got {actual!r}"


def _text_difference(path: str, expected: str, actual: str) -> str:
    pairs = enumerate(zip(expected, actual, strict=False))
    at = next((n for n, (a, b) in pairs if a != b), min(len(expected), len(actual)))
    window = slice(max(at - _CONTEXT, 0), at + _CONTEXT)
    return f"{path}, character {at}:\n  expected …{expected[window]!r}…\n  got      …{actual[window]!r}…"


def _attribute_difference(path: str, expected: Any, actual: Any) -> str:
    found = (
        _difference(f"{path}.{e.name}", getattr(expected, e.name), getattr(actual, e.name)) for e in fields(expected)
    )
    return next(text for text in found if text)


def _item_difference(path: str, expected: tuple, actual: tuple) -> str:
    for n, (a, b) in enumerate(zip(expected, actual, strict=False)):
        if found := _difference(f"{path}[{n}]", a, b):
            return found
    shorter = min(len(expected), len(actual))
    extra, whose = (expected[shorter], "missing") if len(expected) > shorter else (actual[shorter], "not expected")
    return f"{path}: expected {len(expected)}, got {len(actual)}; {whose}: {extra!r}"
