"""Block nodes as Word paragraphs and tables, in the order of the tree.

Styles: the document's title is Title, a heading of level 2 (a chapter) "heading 1", level 3 "heading 2" and so on; an
annex title is a chapter. Captions are Caption, sources Source, notes below a table Table Note, quotes Quote, remarks
Note Title and Note Text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from documents import words
from documents.tree import (
    Annex,
    Block,
    Chart,
    Heading,
    Inline,
    ListBlock,
    ListItem,
    Note,
    Paragraph,
    Picture,
    Quote,
    Table,
)
from documents.word_drawings import drawing, fitted
from documents.word_inline import InlineWriter
from documents.word_lists import STYLES, Lists, position
from documents.word_markup import LIST_INDENT, Element, el, paragraph, qualified
from documents.word_tables import data_table

ANNEX_LEVEL = 2
DEEPEST_LEVEL = 6  # as in HTML
_BELOW_LIST, _BELOW_TABLE = 180, 270  # twips


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands: how deep in lists, and in which style running text is set there."""

    depth: int = 0
    text_style: str = "BodyText"

    @property
    def indent(self) -> int:
        return self.depth * LIST_INDENT

    @property
    def indentation(self) -> tuple[Element, ...]:
        return (el("w:ind", left=self.indent),) if self.depth else ()


TOP = Place()


@dataclass
class BlockWriter:
    """Writes blocks one after another. `picture` stores bytes and gives relationship, width and height in pixels."""

    inline: InlineWriter
    lists: Lists
    picture: Callable[[bytes], tuple[str, int, int]]
    asset: Callable[[str], bytes]
    chart_png: Callable[[Chart], bytes]
    _bookmarks: int = field(default=0, init=False)
    _drawings: int = field(default=0, init=False)

    def blocks(self, nodes: Iterable[Block], place: Place = TOP) -> list[Element]:
        """Return paragraphs and tables, in order."""
        return [element for node in nodes for element in self.block(node, place)]

    def block(self, node: Block, place: Place = TOP) -> list[Element]:
        """Return the paragraphs and tables of one block."""
        return _METHODS[type(node)](self, node, place)

    def _heading(self, node: Heading, place: Place) -> list[Element]:
        return [self._titled(node.level, words.heading_lead(node), node.children, node.anchor)]

    def _annex(self, node: Annex, place: Place) -> list[Element]:
        """Return "Bilag 1: …" as a chapter with its blocks; the page break before it is the section's."""
        title = self._titled(ANNEX_LEVEL, words.caption_lead(node), node.title, node.anchor)
        return [title, *self.blocks(node.children)]

    def _titled(self, level: int, lead: str, children: tuple[Inline, ...], anchor: str) -> Element:
        runs = [*self.inline.text(lead), *self.inline.runs(children)]
        return paragraph(f"Heading{min(max(level, 2), DEEPEST_LEVEL) - 1}", *self._marked(anchor, runs))

    def _paragraph(self, node: Paragraph, place: Place) -> list[Element]:
        return [paragraph(place.text_style, *self.inline.runs(node.children), properties=place.indentation)]

    def _list(self, node: ListBlock, place: Place) -> list[Element]:
        numbering = self.lists.begin(node.kind, depth=place.depth)
        inside = replace(place, depth=place.depth + 1, text_style="ListContinue")
        written = [element for item in node.items for element in self._item(item, STYLES[node.kind], numbering, inside)]
        return written if place.depth else _spaced_below(written, _BELOW_LIST)

    def _item(self, item: ListItem, style: str, numbering: int, inside: Place) -> list[Element]:
        """Return the item's first paragraph with its number, and the rest below it."""
        first, rest = _first_paragraph(item)
        number = position(numbering, depth=inside.depth - 1)
        numbered = paragraph(style, *self.inline.runs(first), properties=(number,))
        return [numbered, *self.blocks(rest, inside)]

    def _quote(self, node: Quote, place: Place) -> list[Element]:
        said = [paragraph("Quote", *self.inline.runs(each.children)) for each in node.children]
        if not node.attribution:
            return said
        return [*said, paragraph("QuoteAttribution", *self.inline.runs(node.attribution))]

    def _note(self, node: Note, place: Place) -> list[Element]:
        title = [paragraph("NoteTitle", *self.inline.text(node.title))] if node.title else []
        return [*title, *self.blocks(node.children, replace(place, text_style="NoteText"))]

    def _table(self, node: Table, place: Place) -> list[Element]:
        # Written in the order of reading, which is the order in which footnotes are counted.
        caption = self._caption(words.caption_lead(node), node.caption, node.anchor)
        table = data_table(node, self.inline, indent=place.indent)
        after = [*self._source(node.source), *(self._table_note(note) for note in node.notes)]
        # A paragraph must follow: two tables would run together, and a section can't end in one.
        return [caption, table, *(_spaced_below(after, _BELOW_TABLE) if after else [paragraph("TableEnd")])]

    def _chart(self, node: Chart, place: Place) -> list[Element]:
        size = self.picture(self.chart_png(node))
        headline = self._caption(words.caption_lead(node), node.headline, node.anchor)
        described = [paragraph("FigureText", *self.inline.runs(node.description))] if node.description else []
        figure = self._figure(size, node.alt, is_full_width=True)
        return [
            headline,
            *described,
            figure,
            *self._table(node.table, place),
            *_spaced_below(self._source(node.source), _BELOW_TABLE),
        ]

    def _picture(self, node: Picture, place: Place) -> list[Element]:
        figure = self._figure(self.picture(self.asset(node.asset)), node.alt)
        return [figure, self._caption(words.caption_lead(node), node.caption, node.anchor)]

    def _figure(self, stored: tuple[str, int, int], alt: str, *, is_full_width: bool = False) -> Element:
        relationship, width_px, height_px = stored
        self._drawings += 1
        size = fitted(width_px, height_px, is_full_width=is_full_width)
        return paragraph("Figure", drawing(relationship, size, alt=alt, number=self._drawings))

    def _caption(self, lead: str, children: tuple[Inline, ...], anchor: str) -> Element:
        return paragraph("Caption", *self._marked(anchor, [*self.inline.text(lead), *self.inline.runs(children)]))

    def _source(self, source: tuple[Inline, ...]) -> list[Element]:
        return [paragraph("Source", *self.inline.text(words.SOURCE), *self.inline.runs(source))] if source else []

    def _table_note(self, note: tuple[Inline, ...]) -> Element:
        return paragraph("TableNote", *self.inline.runs(note))

    def _marked(self, anchor: str, runs: list[Element]) -> list[Element]:
        """Return the runs between the ends of a bookmark, so that references lead here."""
        if not anchor:
            return runs
        self._bookmarks += 1
        name = self.inline.bookmarks[anchor]
        return [el("w:bookmarkStart", id=self._bookmarks, name=name), *runs, el("w:bookmarkEnd", id=self._bookmarks)]


_METHODS: dict[type, Callable[[BlockWriter, Any, Place], list[Element]]] = {
    Heading: BlockWriter._heading,
    Paragraph: BlockWriter._paragraph,
    ListBlock: BlockWriter._list,
    Quote: BlockWriter._quote,
    Note: BlockWriter._note,
    Table: BlockWriter._table,
    Chart: BlockWriter._chart,
    Picture: BlockWriter._picture,
    Annex: BlockWriter._annex,
}


def end_section(body: list[Element], properties: Element) -> None:
    """End a section after the last paragraph of `body`, adding one where it ends in a table."""
    if not body or body[-1].tag != qualified("w:p"):
        body.append(paragraph("TableEnd"))
    body[-1][0].append(properties)


def _spaced_below(elements: list[Element], twips: int) -> list[Element]:
    """Set the last paragraph apart from what follows, as its style sets it close to its own kind."""
    last = elements[-1] if elements else None
    if last is not None and last.tag == qualified("w:p") and last[0].find(qualified("w:spacing")) is None:
        properties = last[0]
        indentation = properties.find(qualified("w:ind"))
        place = len(properties) if indentation is None else properties.index(indentation)
        properties.insert(place, el("w:spacing", after=twips))
    return elements


def _first_paragraph(item: ListItem) -> tuple[tuple[Inline, ...], tuple[Block, ...]]:
    if item.children and isinstance(item.children[0], Paragraph):
        return item.children[0].children, item.children[1:]
    return (), item.children
