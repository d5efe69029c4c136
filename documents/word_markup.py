"""WordprocessingML elements by short names, and the measures of the page. Knows lxml, nothing of python-docx."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
EMU_PER_TWIP = 635
EMU_PER_PIXEL = 9525  # at 96 pixels an inch, which is also what CSS calls a pixel

# A4 in twips (1/20 point); the measures of the header's tab stop in word_template/word/styles.xml follow TEXT_WIDTH.
PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
SIDE_MARGIN, TOP_MARGIN, BOTTOM_MARGIN = 1247, 1417, 1304
TEXT_WIDTH = PAGE_WIDTH - 2 * SIDE_MARGIN
LIST_INDENT = 397  # one level; word_template/word/numbering.xml has the same

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_BREAKS = re.compile(r"[\t\n\r]+")


def el(tag: str, *children: Element | None, **attributes: Any) -> Element:
    """Return an element such as `el("w:jc", val="right")`; children and attributes that are None are left out.

    Attributes of "w:" elements get that prefix, `r_id` that of relationships.
    """
    prefix = tag.split(":", maxsplit=1)[0]
    element = etree.Element(qualified(tag))
    for name, value in attributes.items():
        if value is not None:
            element.set(_attribute(prefix, name), str(value))
    element.extend([child for child in children if child is not None])
    return element


def qualified(name: str) -> str:
    """Return "{namespace}p" of "w:p"."""
    prefix, local = name.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def clean(text: str) -> str:
    """Return `text` as XML can hold it: no control characters, and line breaks as the spaces they are in HTML."""
    return _LINE_BREAKS.sub(" ", _FORBIDDEN.sub("", text))


def paragraph(style: str, *runs: Element, properties: tuple[Element, ...] = ()) -> Element:
    """Return a paragraph; `properties` must come in the order the schema asks for."""
    return el("w:p", el("w:pPr", el("w:pStyle", val=style), *properties), *runs)


def field_text(line: str) -> list[Element]:
    """Return a line as somebody typed it, as one run with its tabs; none when it is empty."""
    pieces = _FORBIDDEN.sub("", line).split("\t")
    run = el("w:r")
    for place, piece in enumerate(pieces):
        if place:
            run.append(el("w:tab"))
        if piece:
            text = el("w:t")
            text.text = piece
            text.set(qualified("xml:space"), "preserve")
            run.append(text)
    return [run] if len(run) else []


def _attribute(prefix: str, name: str) -> str:
    if name.startswith("r_"):
        return qualified(f"r:{name[2:]}")
    return qualified(f"w:{name}") if prefix == "w" else name
