"""Cells of a table as people write them: "1.286", "62 (4,8 %)", "–", "•"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cases.sheets import Sheet

NUMBER = r"-?\d{1,3}(?:[.\u00a0 ]\d{3})+|-?\d+"
PERCENT = re.compile(r"(-?\d+(?:[.,](\d+))?)\s*(?:%|pct\.?)")
SHARE = r"-?\d+(?:[.,]\d+)?\s*(?:%|pct\.?)"
PERSONS = r"(?:borgere?|personer|person|pers\.)"
COUNT = re.compile(rf"^(?:ca\.\s*)?({NUMBER})(?:\s*{PERSONS})?(?:\s*\({SHARE}\))?\s*\**$", re.IGNORECASE)
HIDDEN_TEXTS = frozenset({"•", "<5", "< 5", "1-4", "1–4", "x", "*", "..", "skjult"})
TOTAL_LABELS = frozenset({"total", "i alt", "ialt", "alle"})


@dataclass(frozen=True)
class CellValue:
    """What a cell says: a count, a percentage with its decimals, or that it is hidden. None where it says nothing."""

    text: str
    count: int | None = None
    percent: float | None = None
    decimals: int = 0
    is_hidden: bool = False


@dataclass(frozen=True)
class GridRow:
    """`line` is the row's number in the file, the headings being 1."""

    line: int
    label: str
    cells: tuple[CellValue, ...]
    is_total: bool


@dataclass(frozen=True)
class Grid:
    """A table read for checking: the first column labels the rows, the second is the base, the others are outcomes."""

    headings: tuple[str, ...]
    body: tuple[GridRow, ...]
    total: GridRow | None


def read_cell(text: str) -> CellValue:
    """Return what a cell says. A count is a number, alone or with its percentage in parentheses: 1.286 or 62 (4,8 %).

    Thousands may be parted by a point or a space. A number among other words counts nothing: 2 gange, 12 uger, 1. kvartal.
    """
    stripped = text.strip()
    if stripped.lower() in HIDDEN_TEXTS:
        return CellValue(stripped, is_hidden=True)
    share = PERCENT.search(stripped)
    found = COUNT.match(stripped)
    count = int(re.sub(r"[.\u00a0 ]", "", found[1])) if found else None
    if share is None:
        return CellValue(stripped, count=count)
    return CellValue(stripped, count=count, percent=float(share[1].replace(",", ".")), decimals=len(share[2] or ""))


def read_grid(sheet: Sheet) -> Grid:
    """Return the sheet as a grid; a row labelled Total or I alt, wherever it stands, is the total."""
    rows = [
        GridRow(line, row[0], tuple(read_cell(cell) for cell in row[1:]), row[0].strip(" :").lower() in TOTAL_LABELS)
        for line, row in enumerate(sheet.rows, start=2)
    ]
    total = next((row for row in rows if row.is_total), None)
    return Grid(sheet.headings, tuple(row for row in rows if not row.is_total), total)
