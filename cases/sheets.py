"""Read tables that people paste or type as text."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

MAX_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Sheet:
    """A small table of texts. Every row has as many cells as there are headings."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def parse_pasted(text: str) -> Sheet:
    """Return the cells of a pasted table: tabs between cells as a clipboard has them, else `|`, else `;`, else `,`.

    Ragged rows are filled with empty cells; empty lines and Markdown's rule under the headings are left out.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    separator = next((each for each in "\t|;" if any(each in line for line in lines)), ",")
    rows = [_cells(line, separator) for line in lines if not _is_rule(line)]
    if not rows:
        return Sheet((), ())
    width = max(len(row) for row in rows)
    filled = [row + ("",) * (width - len(row)) for row in rows]
    return Sheet(filled[0], tuple(filled[1:]))


def _cells(line: str, separator: str) -> tuple[str, ...]:
    if separator == "|":
        line = line.strip()
        return tuple(cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|"))
    (row,) = csv.reader([line], delimiter=separator)
    return tuple(cell.strip() for cell in row)


def _is_rule(line: str) -> bool:
    return "-" in line and not set(line) - set("|-: \t")


def read_text_file(path: Path) -> Sheet:
    """Return the table of a CSV file: UTF-8 or Windows-1252; tab, `;`, `|` or `,` between cells.

    Raises ValueError with a sentence for people when the file is missing, too large or has no table.
    """
    if not path.is_file():
        raise ValueError(_("There is no file “%(path)s”.") % {"path": path})
    if path.stat().st_size > MAX_BYTES:
        raise ValueError(_("“%(path)s” is too large for a table of figures (over 1 MB).") % {"path": path.name})
    sheet = parse_pasted(_decoded(path.read_bytes()))
    if not sheet.rows or len(sheet.headings) < 2:
        raise ValueError(
            _("“%(path)s” has no table: headings and at least one row with two columns.") % {"path": path.name}
        )
    return sheet


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("windows-1252", errors="replace")
