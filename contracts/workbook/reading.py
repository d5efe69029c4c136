"""From a file to rows of values, with everything that is wrong with single cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from contracts.workbook.columns import KEPT, Column
from contracts.workbook.tables import EXAMPLE, GUIDE, SHEETS, TABLES, Table
from records.sheets.columns import columns_of
from records.sheets.decoding import Sheet, decode_book
from records.sheets.errors import ImportRefusedError, RowError
from records.sheets.reading import SourceFile
from records.sheets.rows import RowReader, read_rows


@dataclass(slots=True)
class ParsedRow:
    """One row: its values by field, for the columns that the sheet has, and its key."""

    reader: RowReader
    values: dict[str, Any]
    key: tuple[Any, ...]


@dataclass
class ParsedBook:
    """The rows of each table; `errors` are those of whole sheets, and `ignored` the sheets that are not read."""

    rows: dict[str, list[ParsedRow]] = field(default_factory=dict)
    errors: list[RowError] = field(default_factory=list)
    ignored: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return sum(map(len, self.rows.values()))


def parse_book(source: SourceFile) -> ParsedBook:
    """Read all sheets; raises ImportRefusedError when the file is no such workbook."""
    book = decode_book(source, SHEETS)
    parsed = ParsedBook(ignored=tuple(name for name in book.unknown if name != GUIDE))
    for table in TABLES:
        if (sheet := book.sheets.get(table.key)) is None:
            continue
        try:
            parsed.rows[table.key] = list(parse_sheet(sheet, table))
        except ImportRefusedError as refusal:
            parsed.errors += refusal.errors
    return parsed


def parse_sheet(sheet: Sheet, table: Table) -> Iterator[ParsedRow]:
    """Yield the rows of one sheet; raises ImportRefusedError at once when its head is wrong."""
    heads = set(columns_of(sheet, table.layout))
    present = [column for column in table.columns if column.head in heads]
    return (
        _parsed(reader, table, present) for reader in read_rows(sheet, table.layout) if not _is_example(reader, table)
    )


def _is_example(reader: RowReader, table: Table) -> bool:
    return any(reader.text(table.head_of(name)).upper() == EXAMPLE for name in table.identity)


def _parsed(reader: RowReader, table: Table, present: list[Column]) -> ParsedRow:
    broken = reader.broken
    values = {column.field: _value(reader, column) for column in present if column.head not in broken}
    values = {name: value for name, value in values.items() if value is not KEPT}
    _check_owner(reader, values, table)
    return ParsedRow(reader, values, table.key_of(values))


def _value(reader: RowReader, column: Column) -> Any:
    if column.is_required and not reader.text(column.head):
        reader.refuse(column.head, _("The cell is empty."), _("It must be filled in for every row."))
        return column.nothing
    before = len(reader.errors)
    value = reader.read(column.head, column.read)
    return column.nothing if len(reader.errors) > before else value


def _check_owner(reader: RowReader, values: dict[str, Any], table: Table) -> None:
    """Options and amendments belong to a contract or a framework, prices to a contract or a lot: to one of them."""
    if not table.owners or sum(bool(values.get(name)) for name in table.owners) == 1:
        return
    first, second = map(table.head_of, table.owners)
    problem = _("The row names no agreement, or two.")
    remedy = _("Fill in “%(first)s” or “%(second)s”, and leave the other cell empty.")
    reader.refuse(first, problem, remedy % {"first": first, "second": second})
