"""Nodes of the tree as HTML: one method a kind of node, the same elements on screen and in print.

Only footnotes differ: on screen they are links to notes at the end, in print the note stands in the text and the
style sheet floats it to the foot of its page. No markup carries a style, so that a strict content policy can hold.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import Any, ClassVar, Literal

from documents import words
from documents.charts import chart_svg
from documents.html_widths import width_class
from documents.links import is_allowed
from documents.tree import (
    Annex,
    Block,
    Cell,
    Chart,
    Column,
    Emphasis,
    Fact,
    Footnote,
    Heading,
    Inline,
    Link,
    ListBlock,
    ListItem,
    Note,
    Paragraph,
    Picture,
    Quote,
    Reference,
    Row,
    Strong,
    Table,
    Text,
    Value,
)

Medium = Literal["screen", "print"]
Assets = Callable[[str], bytes]

# HTML has no way to write these; a stray one comes from text pasted from elsewhere.
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160), 0xFFFE, 0xFFFF])


class Markup:
    """Writes nodes of one document for one medium. Everything it returns is escaped HTML."""

    def __init__(self, medium: Medium, *, assets: Assets) -> None:
        self._is_print = medium == "print"
        self._assets = assets

    # --- inline

    def inlines(self, nodes: Iterable[Inline]) -> str:
        """Return the nodes as phrasing content."""
        return "".join(self._inline(node) for node in nodes)

    def _inline(self, node: Inline) -> str:
        return self._INLINES[type(node)](self, node)

    def _strong(self, node: Strong) -> str:
        return f"<strong>{self.inlines(node.children)}</strong>"

    def _emphasis(self, node: Emphasis) -> str:
        return f"<em>{self.inlines(node.children)}</em>"

    def _reference(self, node: Reference) -> str:
        return f'<a href="#{text(node.target)}">{text(node.text)}</a>'

    def _link(self, node: Link) -> str:
        content = self.inlines(node.children)
        return f'<a href="{text(node.href)}">{content}</a>' if is_allowed(node.href) else content

    def _footnote(self, node: Footnote) -> str:
        number = node.number
        if self._is_print:
            return f'<span class="footnote" data-number="{number}">{self.inlines(node.children)}</span>'
        return f'<sup><a id="noteref-{number}" href="#note-{number}" role="doc-noteref">{number}</a></sup>'

    def endnotes(self, notes: tuple[Footnote, ...]) -> str:
        """Return the notes with links back to their marks, or "" when there are none; only on screen."""
        if not notes:
            return ""
        items = "".join(self._endnote(note) for note in notes)
        return f'<section class="notes" role="doc-endnotes" aria-label="{text(words.FOOTNOTES)}"><ol>{items}</ol></section>'

    def _endnote(self, note: Footnote) -> str:
        back = f'<a href="#noteref-{note.number}" role="doc-backlink" aria-label="{text(words.BACK_TO_TEXT)}">↩</a>'
        return f'<li id="note-{note.number}"><p>{self.inlines(note.children)} {back}</p></li>'

    # --- blocks

    def blocks(self, nodes: Iterable[Block]) -> str:
        """Return the nodes as flow content, one line a block."""
        return "\n".join(self._block(node) for node in nodes)

    def _block(self, node: Block) -> str:
        return self._BLOCKS[type(node)](self, node)

    def _paragraph(self, node: Paragraph) -> str:
        return f"<p>{self.inlines(node.children)}</p>"

    def _note(self, node: Note) -> str:
        title = f'<p class="note-title"><strong>{text(node.title)}</strong></p>' if node.title else ""
        return f'<div class="note" role="note">{title}{self.blocks(node.children)}</div>'

    def _heading(self, node: Heading) -> str:
        name = f"h{min(max(node.level, 2), 6)}"
        return f"<{name}{_id(node.anchor)}>{text(words.heading_lead(node))}{self.inlines(node.children)}</{name}>"

    def _list(self, node: ListBlock) -> str:
        name = "ul" if node.kind == "bullet" else "ol"
        items = "".join(self._item(item) for item in node.items)
        return f'<{name} class="{node.kind}">{items}</{name}>'

    def _item(self, item: ListItem) -> str:
        return f"<li>{self.blocks(item.children)}</li>"

    def _quote(self, node: Quote) -> str:
        attribution = f'<p class="attribution">{self.inlines(node.attribution)}</p>' if node.attribution else ""
        return f'<div class="quote"><blockquote>{self.blocks(node.children)}</blockquote>{attribution}</div>'

    def _chart(self, node: Chart) -> str:
        description = f'<p class="description">{self.inlines(node.description)}</p>' if node.description else ""
        return (
            f'<figure class="chart"{_id(node.anchor)}>{self._caption("figcaption", node, node.headline)}{description}'
            f"{_plot(node)}{self._table(node.table)}{self._source(node.source)}</figure>"
        )

    def _picture(self, node: Picture) -> str:
        data = base64.b64encode(self._assets(node.asset)).decode()
        image = f'<img src="data:{node.media_type};base64,{data}" alt="{text(node.alt)}">'
        caption = self._caption("figcaption", node, node.caption)
        return f'<figure class="picture"{_id(node.anchor)}>{image}{caption}</figure>'

    def _annex(self, node: Annex) -> str:
        label = text(words.annex_label(node))
        title = f"{text(words.caption_lead(node))}{self.inlines(node.title)}"
        return (
            f'<section class="annex" data-label="{label}"{_id(node.anchor)}><h2>{title}</h2>\n'
            f"{self.blocks(node.children)}</section>"
        )

    def _caption(self, name: str, node: Table | Chart | Picture, children: tuple[Inline, ...]) -> str:
        lead = words.caption_lead(node)
        label = f'<span class="label">{text(lead)}</span>' if lead else ""
        return f"<{name}><span>{label}{self.inlines(children)}</span></{name}>"

    def _source(self, source: tuple[Inline, ...]) -> str:
        return f'<p class="source">{text(words.SOURCE)}{self.inlines(source)}</p>' if source else ""

    # --- tables

    def _table(self, node: Table) -> str:
        caption = self._caption("caption", node, node.caption) if node.number or node.caption else ""
        head = "".join(self._head_cell(column) for column in node.columns)
        body = "".join(self._row(row, node.columns) for row in node.rows)
        table = f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        below = self._source(node.source) + "".join(
            f'<p class="table-note">{self.inlines(each)}</p>' for each in node.notes
        )
        kind = f"table {width_class(node)}".strip()
        return f'<div class="{kind}"{_id(node.anchor)}>{_scroller(table, words.table_label(node) or words.TABLE)}{below}</div>'

    def _head_cell(self, column: Column) -> str:
        unit = f' <span class="unit">{text(column.unit)}</span>' if column.unit else ""
        content = self.inlines(column.label) + unit
        kind = ' class="number"' if column.is_numeric else ""
        return f'<th scope="col"{kind}>{content}</th>' if content else f"<td{kind}></td>"

    def _row(self, row: Row, columns: tuple[Column, ...]) -> str:
        kind = ' class="total"' if row.kind == "total" else ""
        return f"<tr{kind}>{''.join(self._cells(row.cells, columns))}</tr>"

    def _cells(self, cells: tuple[Cell, ...], columns: tuple[Column, ...]) -> Iterator[str]:
        for index, (cell, column) in enumerate(zip(cells, columns, strict=True)):
            name, scope = ("td", "") if index else ("th", ' scope="row"')
            kind = ' class="number"' if column.is_numeric else ""
            yield f"<{name}{scope}{kind}>{self.inlines(cell.children)}</{name}>"

    # --- front matter

    def facts(self, facts: tuple[Fact, ...]) -> str:
        """Return the narrow column of facts, or "" when there are none."""
        items = "".join(f"<div><dt>{text(each.label)}</dt><dd>{text(each.value)}</dd></div>" for each in facts)
        return f'<aside class="facts" aria-label="{text(words.FACTS)}"><dl>{items}</dl></aside>' if facts else ""

    _INLINES: ClassVar[dict[type, Callable[[Markup, Any], str]]] = {
        Text: lambda _, node: text(node.text),
        Value: lambda _, node: _value(node),
        Strong: _strong,
        Emphasis: _emphasis,
        Link: _link,
        Reference: _reference,
        Footnote: _footnote,
    }
    _BLOCKS: ClassVar[dict[type, Callable[[Markup, Any], str]]] = {
        Heading: _heading,
        Paragraph: _paragraph,
        ListBlock: _list,
        Quote: _quote,
        Note: _note,
        Table: _table,
        Chart: _chart,
        Picture: _picture,
        Annex: _annex,
    }


def text(value: str) -> str:
    """Return plain text as HTML, for content and for attributes in double quotes."""
    return escape(value.translate(_CONTROLS), quote=True)


def _id(anchor: str) -> str:
    return f' id="{text(anchor)}"' if anchor else ""


def _value(node: Value) -> str:
    content = text(node.text)
    return f'<span class="restricted">{content}</span>' if node.is_hidden else content


def _plot(node: Chart) -> str:
    picture = chart_svg(node).replace("<svg ", f'<svg role="img" aria-label="{text(node.alt)}" ', 1)
    return _scroller(picture, words.figure_label(node), kind="scroll plot")


def _scroller(content: str, label: str, *, kind: str = "scroll") -> str:
    # On a narrow screen what is wide scrolls in a region of its own, which the keyboard must reach and a reader must name.
    return f'<div class="{kind}" role="region" aria-label="{text(label)}" tabindex="0">{content}</div>'
