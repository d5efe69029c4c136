"""Rows by the names of their columns, without what must never be read: persons' numbers, formulas, cells outside the head."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from django.utils.translation import gettext as _

from records.sheets.columns import columns_of
from records.sheets.decoding import Cell, Row, Sheet
from records.sheets.errors import CellError, RowError
from records.sheets.layouts import Layout
from records.sheets.personal import has_cpr, is_cpr_number

Value = TypeVar("Value")
SHOWN_LENGTH = 80
_WHOLE_THOUSANDS = re.compile(r"[0-9]+000(?:[.,]0+)?")


@dataclass
class RowReader:
    """Reads the cells of one row and collects what is wrong with them; a cell that was refused is read as empty."""

    number: int
    cells: dict[str, Cell] = field(default_factory=dict)
    errors: list[RowError] = field(default_factory=list)
    sheet: str = ""

    @property
    def broken(self) -> frozenset[str]:
        """The columns that something is wrong with."""
        return frozenset(error.column for error in self.errors)

    def refuse(self, column: str, problem: str, remedy: str, *, value: str | None = None) -> None:
        shown = self.text(column) if value is None else value
        self.errors.append(RowError(self.number, column, shown[:SHOWN_LENGTH], problem, remedy, self.sheet))

    def text(self, column: str) -> str:
        return self.cells.get(column, Cell("")).text

    def read(self, column: str, reader: Callable[[Cell], Value | None]) -> Value | None:
        """Return what `reader` makes of the cell; None when it is empty, or refused with the reader's CellError."""
        try:
            return reader(self.cells.get(column, Cell("")))
        except CellError as error:
            self.refuse(column, error.problem, error.remedy)
            return None


def read_rows(sheet: Sheet, layout: Layout) -> Iterator[RowReader]:
    """Return a reader for each row; raises ImportRefusedError at once when the head is wrong."""
    columns = columns_of(sheet, layout)
    return (_reader(row, columns, layout, sheet.name) for row in sheet.rows)


def _reader(row: Row, columns: list[str], layout: Layout, sheet: str) -> RowReader:
    reader = RowReader(row.number, sheet=sheet)
    for place, cell in enumerate(row.cells):
        column = columns[place] if place < len(columns) else ""
        if not _refuse_unsafe(reader, column, cell, layout):
            reader.cells[column] = cell
    return reader


def _refuse_unsafe(reader: RowReader, column: str, cell: Cell, layout: Layout) -> bool:
    if _is_personal(cell, column, layout):
        problem = _("The cell holds what looks like a CPR number.")
        remedy = _("Nothing about single citizens may be imported. Remove it from the file.")
        reader.refuse(column, problem, remedy, value="")
    elif cell.is_formula and not (cell.is_words and column in layout.words):
        problem, remedy = _("The cell is a formula."), _("Paste the values in its place and save again.")
        reader.refuse(column, problem, remedy, value=cell.text)
    elif cell.text and not column:
        problem, remedy = _("The cell stands outside the head."), _("Give its column a name, or remove it.")
        reader.refuse(column, problem, remedy, value=cell.text)
    else:
        return False
    return True


def _is_personal(cell: Cell, column: str, layout: Layout) -> bool:
    if column in layout.amounts and _WHOLE_THOUSANDS.fullmatch(cell.text):
        return False  # 110,500,000 is a ceiling and no one born on 1 October 1950
    if column in layout.certain and cell.number is not None:
        return False
    return has_cpr(cell.text) or (cell.number is not None and _is_hidden_cpr(cell.number))


def _is_hidden_cpr(number: Decimal) -> bool:
    return number == number.to_integral_value() and is_cpr_number(int(number))
