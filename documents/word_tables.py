"""A table of the tree as a Word table: a head row that repeats, first column as row headers, rows that stay whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from documents import words
from documents.tree import Cell, Column, Row, Table
from documents.word_inline import InlineWriter, Look, plain_text
from documents.word_markup import TEXT_WIDTH, Element, clean, el, paragraph

_KEPT_TOGETHER = 12  # rows; a longer table may be divided between pages
_CHARACTER = 110  # twips, about the mean of IBM Plex Sans at 9 points, bold
_CELL_MARGINS = 160
_LONGEST_WORD, _LONGEST_LINE = 26, 60


def data_table(table: Table, inline: InlineWriter, *, indent: int = 0) -> Element:
    """Return the `w:tbl` of a numbered table. Caption, source and notes are paragraphs around it, not part of it."""
    widths = column_widths(table, TEXT_WIDTH - indent)
    keep = len(table.rows) <= _KEPT_TOGETHER
    return el(
        "w:tbl",
        _properties(table, sum(widths), indent),
        el("w:tblGrid", *(el("w:gridCol", w=width) for width in widths)),
        _head(table.columns, widths, inline),
        *(_row(row, table.columns, widths, inline, keep=keep) for row in table.rows),
    )


def column_widths(table: Table, total: int) -> list[int]:
    """Divide `total` twips: every column gets its longest word, the rest goes where the text is."""
    texts = [_column_texts(table, index) for index in range(len(table.columns))]
    needed = [_needed(each, column) for each, column in zip(texts, table.columns, strict=True)]
    wanted = [
        max(need, _twips(max((len(t) for t in each), default=0), _LONGEST_LINE))
        for need, each in zip(needed, texts, strict=True)
    ]
    spare = total - sum(needed)
    if spare <= 0:
        return _shared(needed, total)
    extra = [max(want - need, 0) for want, need in zip(wanted, needed, strict=True)]
    more = _shared(extra, spare) if any(extra) else _shared(needed, spare)
    return [need + plus for need, plus in zip(needed, more, strict=True)]


def _column_texts(table: Table, index: int) -> list[str]:
    column = table.columns[index]
    cells = [row.cells[index].children for row in table.rows if index < len(row.cells)]
    return [column.unit, plain_text(column.label), *(plain_text(cell) for cell in cells)]


def _needed(texts: Sequence[str], column: Column) -> int:
    """Return the width of the longest word, and in a column of figures of the longest cell ("62 (4,8 %)")."""
    unit, label, *cells = texts
    broken = [unit, label] if column.is_numeric else texts
    whole = cells if column.is_numeric else []
    words = [word for text in broken for word in re.split(r"[ ‑-]", text)]
    return _twips(max(len(text) for text in [*words, *whole]), _LONGEST_WORD)


def _twips(characters: int, most: int) -> int:
    return min(characters, most) * _CHARACTER + _CELL_MARGINS


def _shared(weights: Sequence[int], total: int) -> list[int]:
    """Divide `total` by `weights`, without losing a twip."""
    whole = sum(weights) or 1
    edges = [round(total * sum(weights[:n]) / whole) for n in range(len(weights) + 1)]
    return [after - before for before, after in pairwise(edges)]


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
