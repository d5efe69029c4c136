"""Tables that people typed or pasted, and pictures."""

from __future__ import annotations

from typing import Any, Literal

from cases.assembly.text import Marks, plain
from cases.checks.cells import TOTAL_LABELS, read_cell
from cases.sheets import Sheet, parse_pasted
from documents import tree as t
from documents.services.snapshots import store_asset


def typed_table_node(value: Any, marks: Marks) -> t.Table:
    """Return the typed cells as a table; a column of numbers is set as numbers, a row labelled "I alt" as the total."""
    sheet = parse_pasted(value["cells"])
    return t.Table(
        anchor=value["name"],
        caption=plain(value["caption"], marks),
        columns=tuple(_column(sheet, place, heading) for place, heading in enumerate(sheet.headings)),
        rows=tuple(_row(row) for row in sheet.rows),
        source=(t.Text(value["source"]),) if value["source"] else (),
        notes=tuple(plain(line, marks) for line in (value["note"] or "").splitlines() if line.strip()),
    )


def picture_node(value: Any) -> t.Picture:
    """Return the picture with its bytes kept by digest, scaled to what a page can show."""
    rendition = value["image"].get_rendition("max-1600x1600|format-png")
    with rendition.file.open("rb") as stream:
        digest = store_asset(stream.read(), media_type="image/png")
    return t.Picture(value["name"], digest, "image/png", value["alt"] or "", (t.Text(value["caption"]),))


def _column(sheet: Sheet, place: int, heading: str) -> t.Column:
    cells = [row[place] for row in sheet.rows if row[place]]
    is_numeric = place > 0 and any(map(_is_figure, cells)) and all(_is_figure(cell) or cell in "–-•" for cell in cells)
    return t.Column((t.Text(heading),), is_numeric=is_numeric)


def _is_figure(cell: str) -> bool:
    value = read_cell(cell)
    return value.count is not None or value.percent is not None or value.is_hidden


def _row(row: tuple[str, ...]) -> t.Row:
    kind: Literal["body", "total"] = "total" if row[0].strip(" :").lower() in TOTAL_LABELS else "body"
    return t.Row(tuple(t.Cell((t.Text(cell),) if cell else ()) for cell in row), kind=kind)
