"""The logical structure of a laid-out page: one element of the PDF for one element of the HTML, however many pages it fills.

WeasyPrint makes one element for each box, so a table over five pages becomes five tables, footnotes and captions have no
meaning, and running headers are read aloud. Here the boxes of all pages are gathered under the HTML element they came from.
What is repeated or belongs to the page (heads of continued tables, running headers, page numbers) is an artifact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

SVG = "{http://www.w3.org/2000/svg}svg"
_TAGS = {
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    "p": "P",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LI",
    "dt": "Lbl",
    "dd": "LBody",
    "blockquote": "BlockQuote",
    "table": "Table",
    "caption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "section": "Sect",
    "aside": "Sect",
    "div": "Div",
    "figure": "Div",
    "figcaption": "Caption",
    "main": "Part",
    "a": "Link",
    "img": "Figure",
    SVG: "Figure",
}
POINTS_PER_PIXEL = 0.75
_NOTE_FOLLOWS = {"P", *(f"H{level}" for level in range(1, 7))}


class RenderingError(RuntimeError):
    """A page could not be turned into an accessible PDF; the text says why."""


class MissingAlternativeTextError(RenderingError):
    """A picture has no text for those who cannot see it."""


class Content(NamedTuple):
    """A piece of marked content on a page."""

    page: int
    mcid: int


class Annotation(NamedTuple):
    """A link's active area on a page."""

    page: int
    annotation: Any  # pydyf.Dictionary


@dataclass(eq=False, slots=True)
class Element:
    """A structure element. `following` holds the notes set in it, which are read after it."""

    tag: str
    attributes: dict[str, Any] = field(default_factory=dict)
    kids: list[Element | Content | Annotation] = field(default_factory=list)
    following: list[Element] = field(default_factory=list)

    def adopt(self, tag: str, **attributes: Any) -> Element:
        """Return a new last child."""
        child = Element(tag, attributes)
        self.kids.append(child)
        return child

    def put_head_first(self) -> None:
        """Move the last child, a table's head, before its rows: WeasyPrint leaves the head out on a page that a row fills."""
        place = next(index for index, kid in enumerate(self.kids) if isinstance(kid, Element) and kid.tag != "Caption")
        self.kids.insert(place, self.kids.pop())

    def order(self) -> Iterator[Element | Content | Annotation]:
        """Yield the kids in the order of reading, each with the notes that follow it."""
        for kid in self.kids:
            yield kid
            if isinstance(kid, Element):
                yield from kid.following


@dataclass(frozen=True, slots=True)
class PaintedPage:
    """A page's boxes, the number of the marked content that each became, and the page's height in points."""

    box: Any
    marks: Mapping[Any, int]
    height: float


@dataclass(slots=True)
class Structure:
    """The tags of a document. `artifacts` and `texts` are known by page and number of marked content."""

    root: Element
    artifacts: set[Content]
    texts: dict[Content, str]  # what a line ending in a hyphen really says


def structure_of(pages: list[PaintedPage]) -> Structure:
    """Return the logical structure of painted pages. Raises MissingAlternativeTextError."""
    gathering = _Gathering()
    for number, page in enumerate(pages):
        gathering.gather(number, page)
    return Structure(gathering.root, gathering.artifacts, gathering.texts)


class _Gathering:
    def __init__(self) -> None:
        self.root = Element("Document")
        self.artifacts: set[Content] = set()
        self.texts: dict[Content, str] = {}
        self._places: dict[Any, Element] = {}  # HTML element -> where its content goes
        self._labels: dict[Any, Element] = {}  # list item or footnote -> its label
        self._references: dict[Any, Element] = {}  # footnote -> its mark
        self._heads: dict[Any, int] = {}  # head of a table -> the page on which it stands first
        self._number = 0
        self._page: PaintedPage
        self._left: dict[Any, int] = {}

    def gather(self, number: int, page: PaintedPage) -> None:
        self._number, self._page, self._left = number, page, dict(page.marks)
        self._visit(page.box, self.root)
        if self._left:
            raise RenderingError(f"content of page {number + 1} belongs to no element: {sorted(self._left.values())}")

    def _visit(self, box: Any, parent: Element) -> None:
        box = box._box if isinstance(box, AbsolutePlaceholder) else box
        if isinstance(box, boxes.MarginBox) or self._is_repeated(box):
            self._discard(box)
            return
        place = self._place(box, parent)
        if box.link_annotation:
            place.kids.append(Annotation(self._number, box.link_annotation))
        if box in self._left:
            place.kids.append(self._content(box))
        for child in getattr(box, "children", ()):
            self._visit(child, place)

    def _is_repeated(self, box: Any) -> bool:
        return box.element_tag == "thead" and self._heads.setdefault(box.element, self._number) != self._number

    def _discard(self, box: Any) -> None:
        if box in self._left:
            self.artifacts.add(Content(self._number, self._left.pop(box)))
        if box.link_annotation and box.element in self._places:
            self._places[box.element].kids.append(Annotation(self._number, box.link_annotation))
        for child in getattr(box, "children", ()):
            self._discard(child)

    def _content(self, box: Any) -> Content:
        content = Content(self._number, self._left.pop(box))
        if isinstance(box, boxes.TextBox) and box.text.endswith(box.style["hyphenate_character"]):
            # The layout's hyphen has become a part of the box's text. A writer's own is another character ("-").
            self.texts[content] = box.text.removesuffix(box.style["hyphenate_character"])
        return content

    # --- where a box belongs

    def _place(self, box: Any, parent: Element) -> Element:
        if box.element is None or isinstance(box, boxes.PageBox | boxes.FootnoteAreaBox):
            return parent
        name, _, pseudo = box.element_tag.partition("::")
        if pseudo:
            return self._pseudo_place(box, pseudo, parent)
        if box.element not in self._places:
            self._places[box.element] = self._new_place(box, name, parent)
        return self._places[box.element]

    def _new_place(self, box: Any, name: str, parent: Element) -> Element:
        if name not in _TAGS:
            return parent
        if name == "li":
            item = parent.adopt("LI")
            self._labels[box.element] = item.adopt("Lbl")
            return item.adopt("LBody")
        if name == "div" and box.element.get("role") == "region":
            return parent
        tag = "LI" if name == "div" and parent.tag == "L" else _TAGS[name]
        made = parent.adopt(tag, **self._attributes(tag, box))
        if tag == "THead":
            parent.put_head_first()
        return made

    def _pseudo_place(self, box: Any, pseudo: str, parent: Element) -> Element:
        if pseudo == "footnote-call":
            if box.element not in self._references:
                self._references[box.element] = self._reference(box.element, parent)
            return self._references[box.element]
        if pseudo in ("marker", "footnote-marker"):
            return self._labels[box.element]
        return parent

    def _reference(self, footnote: Any, parent: Element) -> Element:
        """Return the mark of a footnote, whose text is read after the paragraph that the mark stands in."""
        note = Element("Note", {"ID": f"note-{footnote.get('data-number')}"})
        (parent.following if parent.tag in _NOTE_FOLLOWS else parent.kids).append(note)
        self._labels[footnote] = note.adopt("Lbl")
        self._places[footnote] = note.adopt("P")
        return parent.adopt("Reference")

    def _attributes(self, tag: str, box: Any) -> dict[str, Any]:
        match tag:
            case "TH":
                return {"Scope": "Row" if box.element.get("scope") == "row" else "Column"}
            case "L":
                return {"ListNumbering": {"ol": "Decimal", "ul": "Disc"}.get(box.element.tag, "None")}
            case "Figure":
                return {"Alt": _alternative(box.element), "BBox": self._bounding_box(box)}
        return {}

    def _bounding_box(self, box: Any) -> tuple[float, float, float, float]:
        left, top = box.content_box_x(), box.content_box_y()
        bottom = self._page.height - (top + box.height) * POINTS_PER_PIXEL
        return (
            left * POINTS_PER_PIXEL,
            bottom,
            (left + box.width) * POINTS_PER_PIXEL,
            bottom + box.height * POINTS_PER_PIXEL,
        )


def _alternative(element: Any) -> str:
    alternative = element.get("aria-label" if element.tag == SVG else "alt", "").strip()
    if not alternative:
        raise MissingAlternativeTextError("a picture of the document has no alternative text")
    return alternative
