"""A table of the tree as a Word table: a head row that repeats, first column as row headers, rows that stay whole."""

from __future__ import annotations

from collections.abc import Sequence

from documents import words
from documents.tree import Cell, Column, Row, Table
from documents.word_columns import column_widths
from documents.word_inline import InlineWriter, Look, plain_text
from documents.word_markup import TEXT_WIDTH, Element, clean, el, paragraph

_KEPT_TOGETHER, _LOW_CELL = 12, 80  # rows, and characters of a cell: a larger table may be divided between pages


def data_table(table: Table, inline: InlineWriter, *, indent: int = 0) -> Element:
    """Return the `w:tbl` of a numbered table. Caption, source and notes are paragraphs around it, not part of it."""
    widths = column_widths(table, TEXT_WIDTH - indent)
    keep = _is_small(table)
    return el(
        "w:tbl",
        _properties(table, sum(widths), indent),
        el("w:tblGrid", *(el("w:gridCol", w=width) for width in widths)),
        _head(table.columns, widths, inline),
        *(_row(row, table.columns, widths, inline, keep=keep) for row in table.rows),
    )


def _is_small(table: Table) -> bool:
    longest = max((len(plain_text(cell.children)) for row in table.rows for cell in row.cells), default=0)
    return len(table.rows) <= _KEPT_TOGETHER and longest <= _LOW_CELL


def _properties(table: Table, width: int, indent: int) -> Element:
    caption = clean(words.caption_lead(table) + plain_text(table.caption))
    source = clean(words.SOURCE + plain_text(table.source)) if table.source else ""
    return el(
        "w:tblPr",
        el("w:tblStyle", val="DataTable"),
        el("w:tblW", w=width, type="dxa"),
        el("w:tblInd", w=indent, type="dxa") if indent else None,
        el("w:tblLook", val="00A0", firstRow=1, lastRow=0, firstColumn=1, lastColumn=0, noHBand=1, noVBand=1),
        el("w:tblCaption", val=caption),
        el("w:tblDescription", val=". ".join(part for part in (caption, source) if part)),
    )


def _head(columns: Sequence[Column], widths: Sequence[int], inline: InlineWriter) -> Element:
    cells = [
        _cell(_label(column, inline), _head_style(column), width) for column, width in zip(columns, widths, strict=True)
    ]
    return el("w:tr", el("w:trPr", el("w:cantSplit"), el("w:tblHeader")), *cells)


def _label(column: Column, inline: InlineWriter) -> list[Element]:
    runs = inline.runs(column.label)
    if column.unit:
        runs += [el("w:r", el("w:br")), *inline.text(column.unit, Look(style="Unit"))]
    return runs


def _head_style(column: Column) -> str:
    return "TableHeadNumber" if column.is_numeric else "TableHead"


def _row(row: Row, columns: Sequence[Column], widths: Sequence[int], inline: InlineWriter, *, keep: bool) -> Element:
    is_total = row.kind == "total"
    cells = [
        _cell(_content(cell, inline, is_total), _style(column), width, is_total=is_total, keep=keep)
        for cell, column, width in zip(row.cells, columns, widths, strict=True)
    ]
    return el("w:tr", el("w:trPr", el("w:cantSplit")), *cells)


def _content(cell: Cell, inline: InlineWriter, is_total: bool) -> list[Element]:
    return inline.runs(cell.children, Look(is_bold=is_total))


def _style(column: Column) -> str:
    return "TableNumber" if column.is_numeric else "TableText"


def _cell(runs: list[Element], style: str, width: int, *, is_total: bool = False, keep: bool = False) -> Element:
    rule = el("w:tcBorders", el("w:top", val="single", sz=8, space=0, color="1A1A1A")) if is_total else None
    # Kept with the next row, and the last row with the source below: a short table is never divided.
    properties = (el("w:keepNext"),) if keep else ()
    content = paragraph(style, *runs, properties=properties)
    return el("w:tc", el("w:tcPr", el("w:tcW", w=width, type="dxa"), rule), content)
