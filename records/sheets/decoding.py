"""Turn the bytes of a file into rows of cells, whatever wrote it: encodings, separators, workbooks."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from records.sheets.errors import ImportRefusedError, RowError, refused
from records.sheets.layouts import RIGHT_FILE, Layout
from records.sheets.reading import FileKind, SourceFile

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

TYPE_FORMULA, TYPE_ERROR = "f", "e"  # openpyxl's kinds of cells
DELIMITERS = (";", ",", "\t")
MAX_ROWS = 100_000
MAX_COLUMNS = 100
MAX_PARTS = 1_000
MAX_INFLATION = 10  # times the size limit: what a workbook may unpack to
_OPERAND = r"(?:\$?[A-Za-z]{1,3}\$?[0-9]+|[0-9][0-9.,]*%?|\"[^\"]*\")"
_OPERAND_STARTS = r"(?:[0-9(\"+-]|\$?[A-Za-z]{1,3}\$?[0-9]|[\w.]+[(|!])"
_FORMULA = re.compile(rf"[=@]|[+-]+(?:[^\W\d_]|[($\"])|[+-]+\s*{_OPERAND}\s*[-+*/^&=<>:!]\s*{_OPERAND_STARTS}")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, and its number when the file itself says that it is one (only workbooks do).

    `is_words` is a text that looks as a formula but is stored as text, so that no program will ever run it.
    """

    text: str
    number: Decimal | None = None
    is_formula: bool = False
    is_words: bool = False


EMPTY = Cell("")


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `number` counts from 1 as a spreadsheet does."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_blank(self) -> bool:
        return not any(cell.text for cell in self.cells)


@dataclass(frozen=True)
class Sheet:
    """A head and the rows that are not blank; `name` is empty where the file has one sheet only."""

    head: Row
    rows: tuple[Row, ...]
    name: str = ""


@dataclass(frozen=True)
class Book:
    """The sheets of a workbook that were asked for, by key; `unknown` are the names of the others."""

    sheets: Mapping[str, Sheet]
    unknown: tuple[str, ...]


def decode(source: SourceFile, layout: Layout) -> Sheet:
    """Return the one sheet of a file; raises ImportRefusedError when the file cannot be read as a table.

    Of a workbook with several sheets the one whose first row is a head of this layout is taken.
    """
    if source.kind is FileKind.CSV:
        rows = [row for row in _csv_rows(source.content, layout) if not row.is_blank]
    else:
        rows = _the_one_with_head(dict(_workbook_sheets(source.content, layout.advice)), layout)
    if not rows:
        raise refused(_("The file has no rows."), _("Check that the extract was saved, and choose the file again."))
    head, *body = rows
    if not body:
        raise refused(
            _("The file has a head but no rows below it."), _("Check that the extract was saved with its content.")
        )
    return Sheet(head=head, rows=tuple(body))


def decode_book(source: SourceFile, keys: Mapping[str, str], *, advice: str | Promise = RIGHT_FILE) -> Book:
    """Return the named sheets of a workbook, each with its head; sheets without content are left out.

    `keys` gives the key of each name that a sheet may have, in small letters: `{"kontrakter": "contracts"}`. Raises
    ImportRefusedError when the file is no workbook, has none of the sheets, or has one twice.
    """
    if source.kind is not FileKind.XLSX:
        raise refused(
            _("The file is not a workbook with sheets."), _("Save it as XLSX, with a sheet for each kind of record.")
        )
    filled = dict(_workbook_sheets(source.content, advice))
    found: dict[str, Sheet] = {}
    twice, unknown = [], []
    for title, (head, *body) in filled.items():
        key = keys.get(" ".join(title.casefold().split()))
        if key is None:
            unknown.append(title)
        elif key in found:
            twice.append(_twice(title, found[key].name))
        else:
            found[key] = Sheet(head=head, rows=tuple(body), name=title)
    if twice:
        raise ImportRefusedError(twice)
    if not found:
        names = ", ".join(f"“{name}”" for name in keys)
        raise refused(
            _("The workbook has none of the sheets that are read."), _("Name them: %(names)s.") % {"names": names}
        )
    return Book(sheets=found, unknown=tuple(unknown))


def _twice(title: str, first: str) -> RowError:
    problem = _("The sheet holds the same kind of record as “%(first)s”.") % {"first": first}
    return RowError(None, "", "", problem, _("Put all rows in one of them."), title)


def _csv_rows(content: bytes, layout: Layout) -> list[Row]:
    text = _text(content)
    skipped = 0
    if text.lower().startswith("sep="):  # Excel's own hint, a line before the head
        text, skipped = text.partition("\n")[2], 1
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, layout), strict=True))
    except csv.Error:
        raise refused(
            _("The file cannot be read as a table: a quotation mark is not closed, or a cell is far too long."),
            _("Save it again as CSV from a spreadsheet program."),
        ) from None
    _guard(len(records), max(map(len, records), default=0), layout.advice)
    return [
        Row(number, tuple(_text_cell(value) for value in record))
        for number, record in enumerate(records, start=1 + skipped)
    ]


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refused(
        _("The file's letters can be read neither as UTF-8 nor as Windows-1252."), _("Save it again as “CSV UTF-8”.")
    )


def _delimiter(text: str, layout: Layout) -> str:
    """Return the separator that the head is written with: the one that finds its first column, else the most frequent."""
    line = text.lstrip("\r\n").partition("\n")[0]
    names = {delimiter: [part.strip(' "\r') for part in line.split(delimiter)] for delimiter in DELIMITERS}
    return max(DELIMITERS, key=lambda delimiter: (layout.is_head(names[delimiter]), len(names[delimiter])))


def _text_cell(value: str) -> Cell:
    text = value.replace("\N{NO-BREAK SPACE}", " ").strip()
    return Cell(text, is_formula=_is_formula(text))


def _is_formula(text: str) -> bool:
    """Tell whether a spreadsheet program would calculate the text: "=A1", "@A1", "+SUM(A1)", "-A1", "-2+3", "- A1*2".

    A number with its sign alone ("-5") is none, nor are words behind a dash ("- kun jobcenter 2").
    """
    return bool(_FORMULA.match(text))


def _workbook_sheets(content: bytes, advice: str | Promise) -> Iterator[tuple[str, list[Row]]]:
    """Return the sheets that have content, by title."""
    _guard_archive(content)
    try:
        import openpyxl  # slow to load: only who brings a workbook waits for it

        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        try:
            sheets = [(sheet.title, _sheet_rows(sheet, advice)) for sheet in book.worksheets]
        finally:
            book.close()
    except ImportRefusedError:
        raise
    except Exception:  # noqa: BLE001 -- openpyxl and zipfile raise whatever their parsers meet in a damaged file
        raise refused(
            _("The workbook is damaged or not a real XLSX file."), _("Save it again from a spreadsheet program.")
        ) from None
    return ((title, rows) for title, rows in sheets if rows)


def _guard_archive(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_INFLATION * settings.IMPORT_MAX_BYTES:
        raise refused(
            _("The workbook unpacks to far more than a table."),
            _("Copy the values alone to a new workbook, or save them as CSV."),
        )


def _sheet_rows(sheet: ReadOnlyWorksheet, advice: str | Promise) -> list[Row]:
    """Return the rows with content. What a sheet says of its own size is not trusted."""
    sheet.reset_dimensions()
    rows: list[Row] = []
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        filled = [place for place, cell in enumerate(cells, start=1) if cell.value is not None]
        if filled:
            _guard(len(rows) + 1, filled[-1], advice)
            row = Row(number, tuple(_workbook_cell(cell) for cell in cells[: filled[-1]]))
            rows += [] if row.is_blank else [row]
    return rows


def _the_one_with_head(sheets: Mapping[str, list[Row]], layout: Layout) -> list[Row]:
    with_head = [title for title, rows in sheets.items() if layout.is_head(cell.text for cell in rows[0].cells)]
    if len(with_head) > 1:
        raise refused(
            _("%(count)s sheets of the workbook have the same head.") % {"count": len(with_head)},
            _("Put all rows in one sheet, or save each sheet as a file of its own."),
            value=", ".join(with_head),
        )
    return next((sheets[title] for title in with_head or sheets), [])


def _workbook_cell(cell: object) -> Cell:
    value = getattr(cell, "value", None)
    kind = getattr(cell, "data_type", "n")
    if kind == TYPE_FORMULA:
        return Cell(str(value), is_formula=True)
    if value is None or kind == TYPE_ERROR:
        return EMPTY if value is None else Cell(str(value))
    if isinstance(value, bool):
        return Cell(str(value).upper())
    if isinstance(value, int | float):
        number = Decimal(repr(value)).normalize()
        return Cell(f"{number:f}", number=number)
    if isinstance(value, dt.date):
        return Cell(value.strftime("%Y-%m-%d"))
    text = _text_cell(str(value))
    return replace(text, is_words=True) if text.is_formula else text


def _guard(rows: int, columns: int, advice: str | Promise) -> None:
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise refused(
            _("The table has more than %(rows)s rows or %(columns)s columns.")
            % {"rows": MAX_ROWS, "columns": MAX_COLUMNS},
            str(advice),
        )
