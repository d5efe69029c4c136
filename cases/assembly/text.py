"""Rich text as Wagtail stores it, turned into nodes of the document tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from lxml import html
from wagtail.rich_text import RichText, expand_db_html

from cases.blocks.names import MARK
from documents import tree as t

Inlines = tuple[t.Inline, ...]
Marks = Mapping[str, Inlines]


def blocks_of(text: RichText | str, marks: Marks) -> tuple[t.Block, ...]:
    """Return paragraphs and lists, with {name} replaced by the mark of that name; unknown names stay as written."""
    return tuple(block for element in _elements(text) for block in _block(element, marks))


def inlines_of(text: RichText | str, marks: Marks) -> Inlines:
    """Return the text as one run of inline nodes, paragraphs joined by a space."""
    runs = [_inlines(element, marks) for element in _elements(text)]
    return tuple(node for position, run in enumerate(runs) for node in ((t.Text(" "),) if position else ()) + run)


def plain(text: str, marks: Marks) -> Inlines:
    """Return unformatted text with its marks replaced."""
    return tuple(_marked(text, marks))


def paragraph(text: str, marks: Marks | None = None) -> t.Paragraph:
    return t.Paragraph(plain(text, marks or {}))


def _elements(text: RichText | str) -> list[html.HtmlElement]:
    source = text.source if isinstance(text, RichText) else text
    if not source.strip():
        return []
    fragment = html.fragment_fromstring(expand_db_html(source), create_parent="div")
    if fragment.text and fragment.text.strip():
        return [fragment]
    return list(fragment)


def _block(element: html.HtmlElement, marks: Marks) -> Iterator[t.Block]:
    if element.tag in {"ul", "ol"}:
        yield _list(element, marks)
    elif children := _inlines(element, marks):
        yield t.Paragraph(children)


def _list(element: html.HtmlElement, marks: Marks) -> t.ListBlock:
    kind: Literal["bullet", "decimal"] = "bullet" if element.tag == "ul" else "decimal"
    return t.ListBlock(kind, tuple(t.ListItem(tuple(_item(item, marks))) for item in element.iterchildren("li")))


def _item(element: html.HtmlElement, marks: Marks) -> Iterator[t.Block]:
    nested = [child for child in element if child.tag in {"ul", "ol"}]
    for child in nested:
        element.remove(child)
    yield t.Paragraph(_inlines(element, marks))
    for child in nested:
        yield _list(child, marks)


def _inlines(element: html.HtmlElement, marks: Marks) -> Inlines:
    return tuple(_trimmed(list(_run(element, marks))))


def _run(element: html.HtmlElement, marks: Marks) -> Iterator[t.Inline]:
    yield from _marked(_collapsed(element.text), marks)
    for child in element:
        yield from _inline(child, marks)
        yield from _marked(_collapsed(child.tail), marks)


def _inline(element: html.HtmlElement, marks: Marks) -> Iterator[t.Inline]:
    make = _INLINE.get(str(element.tag))
    children = tuple(_run(element, marks))
    if element.tag == "br":
        yield t.Text(" ")
    elif make is None or not children:
        yield from children
    else:
        yield make(element, children)


_INLINE: dict[str, Callable[[html.HtmlElement, Inlines], t.Inline]] = {
    "b": lambda _element, children: t.Strong(children),
    "strong": lambda _element, children: t.Strong(children),
    "i": lambda _element, children: t.Emphasis(children),
    "em": lambda _element, children: t.Emphasis(children),
    "a": lambda element, children: t.Link(element.get("href", ""), children),
}


def _marked(text: str, marks: Marks) -> Iterator[t.Inline]:
    position = 0
    for match in MARK.finditer(text):
        if match[1] in marks:
            if before := text[position : match.start()]:
                yield t.Text(before)
            yield from marks[match[1]]
            position = match.end()
    if rest := text[position:]:
        yield t.Text(rest)


def _collapsed(text: str | None) -> str:
    """Collapse white space as a browser does, keeping spaces that must not break."""
    if not text:
        return ""
    words = " ".join(part for part in text.replace("\n", " ").split(" ") if part)
    return f"{' ' if text[0].isspace() else ''}{words}{' ' if text[-1].isspace() and words else ''}"


def _trimmed(nodes: list[t.Inline]) -> list[t.Inline]:
    if nodes and isinstance(nodes[0], t.Text):
        nodes[0] = t.Text(nodes[0].text.lstrip(" "))
    if nodes and isinstance(nodes[-1], t.Text):
        nodes[-1] = t.Text(nodes[-1].text.rstrip(" "))
    return [node for node in nodes if not (isinstance(node, t.Text) and not node.text)]
