"""Turn rows of cells into figures that are well formed. Whether their codes exist is for `checking`."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from django.utils.translation import gettext as _

from results.enums import Unit
from results.periods import Period, PeriodError, parse
from results.services.importing import numbers
from results.services.importing.decoding import Cell, Row, Sheet
from results.services.importing.errors import ImportRefusedError, RowError
from results.services.importing.personal import has_cpr, is_cpr_number

Number = TypeVar("Number")
ALL = "*"
DIMENSIONS = ("framework", "supplier_cvr", "lot", "benefit_group", "service")
COUNTS = ("denominator", "outcomes", "pending", "censored", "not_found")
REQUIRED = ("measure", "unit", "period", *DIMENSIONS, "denominator", "outcomes")
OPTIONAL = ("version", "note", "pending", "censored", "not_found", "mean")
COLUMNS = (*REQUIRED, *OPTIONAL)
# the columns as they stand in the files we hand out
LAYOUT = ("measure", "version", "unit", "period", *DIMENSIONS, *COUNTS, "mean", "note")
NOTE_LENGTH = 500


@dataclass(frozen=True)
class ParsedRow:
    """One row as far as it could be read. `codes` has measure, version and every dimension; an empty version is "the valid one".

    What stands in a `broken` column has been refused already; it is None or "" here, and is not to be judged again.
    """

    number: int
    codes: dict[str, str]
    unit: Unit | None
    period: Period | None
    counts: dict[str, int | None]
    mean: Decimal | None
    note: str
    broken: frozenset[str] = frozenset()


@dataclass
class _Reader:
    """Reads the cells of one row and collects what is wrong with them."""

    number: int
    cells: dict[str, Cell]
    errors: list[RowError] = field(default_factory=list)

    def refuse(self, column: str, problem: str, remedy: str, *, value: str | None = None) -> None:
        shown = self.cells.get(column, Cell("")).text if value is None else value
        self.errors.append(RowError(self.number, column, shown[:80], problem, remedy))

    def text(self, column: str) -> str:
        return self.cells.get(column, Cell("")).text

    def number_in(self, column: str, read: Callable[[Cell], Number | None]) -> Number | None:
        try:
            return read(self.cells.get(column, Cell("")))
        except numbers.NumberError as error:
            self.refuse(column, error.problem, error.remedy)
            return None


def parse_sheet(sheet: Sheet) -> tuple[list[ParsedRow], list[RowError]]:
    """Return every row as far as it could be read, and everything that is wrong with its form.

    Raises ImportRefusedError when the head is wrong, since no row can then be read.
    """
    columns = _columns(sheet.head)
    parsed, errors = [], []
    for row in sheet.rows:
        figure, wrong = _row(row, columns)
        parsed.append(figure)
        errors += wrong
    return parsed, errors


def _columns(head: Row) -> list[str]:
    names = [cell.text.casefold() for cell in head.cells]
    while names and not names[-1]:
        names.pop()
    errors = [*_wrong_names(head, names), *_missing_names(head, names)]
    if errors:
        raise ImportRefusedError(errors)
    return names


def _wrong_names(head: Row, names: list[str]) -> list[RowError]:
    errors = []
    for place, name in enumerate(names):
        shown = "" if has_cpr(head.cells[place].text) else head.cells[place].text[:80]
        if not name:
            errors.append(
                RowError(head.number, "", "", _("A column has no name."), _("Name it, or remove the column."))
            )
        elif name not in COLUMNS:
            errors.append(RowError(head.number, shown, "", _("The column is unknown."), _suggest_column(name)))
        elif name in names[:place]:
            errors.append(RowError(head.number, shown, "", _("The column is there twice."), _("Remove one of them.")))
    return errors


def _suggest_column(name: str) -> str:
    close = difflib.get_close_matches(name, COLUMNS, n=1)
    if close:
        return _("Did you mean %(name)s?") % {"name": close[0]}
    return _("Remove it, or use one of: %(names)s.") % {"names": ", ".join(COLUMNS)}


def _missing_names(head: Row, names: list[str]) -> list[RowError]:
    return [
        RowError(
            head.number, name, "", _("The column is missing."), _("Add it to the head and fill it in for every row.")
        )
        for name in REQUIRED
        if name not in names
    ]


def _row(row: Row, columns: list[str]) -> tuple[ParsedRow, list[RowError]]:
    reader = _Reader(row.number, {})
    for place, cell in enumerate(row.cells):
        column = columns[place] if place < len(columns) else ""
        if not _refuse_unsafe(reader, column, cell):
            reader.cells[column] = cell
    unsafe = {error.column for error in reader.errors}
    codes = {column: "" if column in unsafe else _code(reader, column) for column in ("measure", *DIMENSIONS)}
    codes["version"] = reader.text("version")
    parsed = ParsedRow(
        number=row.number,
        codes=codes,
        unit=None if "unit" in unsafe else _unit(reader),
        period=None if "period" in unsafe else _period(reader),
        counts={column: reader.number_in(column, numbers.count) for column in COUNTS},
        mean=reader.number_in("mean", numbers.mean),
        note=_note(reader),
        broken=frozenset(error.column for error in reader.errors),
    )
    return parsed, reader.errors


def _refuse_unsafe(reader: _Reader, column: str, cell: Cell) -> bool:
    """Refuse what must never be read, and say so: persons' numbers, formulas, cells outside the head."""
    if has_cpr(cell.text) or (cell.number is not None and _is_hidden_cpr(cell.number)):
        problem = _("The cell holds what looks like a CPR number.")
        remedy = _("Only aggregated figures may be imported. Remove all rows about single persons from the file.")
        reader.refuse(column, problem, remedy, value="")
    elif cell.is_formula:
        problem, remedy = _("The cell is a formula."), _("Paste the values in its place and save again.")
        reader.refuse(column, problem, remedy, value=cell.text)
    elif cell.text and not column:
        problem, remedy = _("The cell stands outside the head."), _("Give its column a name, or remove it.")
        reader.refuse(column, problem, remedy, value=cell.text)
    else:
        return False
    return True


def _is_hidden_cpr(number: Decimal) -> bool:
    return number == number.to_integral_value() and is_cpr_number(int(number))


def _code(reader: _Reader, column: str) -> str:
    text = reader.text(column).replace(" ", "") if column == "supplier_cvr" else reader.text(column)
    if not text and column == "measure":
        reader.refuse(column, _("The measure is missing."), _("Write its code."))
    elif not text:
        reader.refuse(column, _("The cell is empty."), _("Write a code, or * for all."))
    return text


def _unit(reader: _Reader) -> Unit | None:
    text = reader.text("unit").casefold()
    if text in Unit.values:
        return Unit(text)
    reader.refuse("unit", _("This is not a unit."), _("Write one of: %(units)s.") % {"units": ", ".join(Unit.values)})
    return None


def _period(reader: _Reader) -> Period | None:
    try:
        return parse(reader.text("period"))
    except PeriodError as error:
        reader.refuse("period", error.problem, error.remedy)
        return None


def _note(reader: _Reader) -> str:
    text = reader.text("note")
    if len(text) > NOTE_LENGTH:
        reader.refuse(
            "note",
            _("The note is longer than %(length)s characters.") % {"length": NOTE_LENGTH},
            _("Shorten it, or write it in the delivery's own note."),
        )
    return text
