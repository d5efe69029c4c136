"""Turn the bytes of a file into rows of cells, whatever wrote it: encodings, separators, workbooks."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from results.services.importing.errors import ImportRefusedError, refused
from results.services.importing.reading import FileKind, SourceFile

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

TYPE_FORMULA, TYPE_ERROR = "f", "e"  # openpyxl's kinds of cells
DELIMITERS = (";", ",", "\t")
MAX_ROWS = 100_000
MAX_COLUMNS = 100
MAX_PARTS = 1_000
MAX_INFLATION = 10  # times the size limit: what a workbook may unpack to
FIRST_COLUMN = "measure"
_OPERAND = r"(?:\$?[A-Za-z]{1,3}\$?[0-9]+|[0-9][0-9.,]*%?|\"[^\"]*\")"
_OPERAND_STARTS = r"(?:[0-9(\"+-]|\$?[A-Za-z]{1,3}\$?[0-9]|[\w.]+[(|!])"
_FORMULA = re.compile(rf"[=@]|[+-]+(?:[^\W\d_]|[($\"])|[+-]+\s*{_OPERAND}\s*[-+*/^&=<>:!]\s*{_OPERAND_STARTS}")


@dataclass(frozen=True)
class Cell:
    """One cell: its text, and its number when the file itself says that it is one (only workbooks do)."""

    text: str
    number: Decimal | None = None
    is_formula: bool = False


@dataclass(frozen=True)
class Row:
    """One row; `number` counts from 1 as a spreadsheet does."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_blank(self) -> bool:
        return not any(cell.text for cell in self.cells)


@dataclass(frozen=True)
class Sheet:
    head: Row
    rows: tuple[Row, ...]


def decode(source: SourceFile) -> Sheet:
    """Return the head and the rows that are not blank; raises ImportRefusedError when the file cannot be read as a table."""
    rows = _csv_rows(source.content) if source.kind is FileKind.CSV else _workbook_rows(source.content)
    filled = [row for row in rows if not row.is_blank]
    if not filled:
        raise refused(_("The file has no rows."), _("Check that the extract was saved, and choose the file again."))
    head, *body = filled
    if not body:
        raise refused(
            _("The file has a head but no figures."), _("Check the extract: each figure is a row below the head.")
        )
    return Sheet(head=head, rows=tuple(body))


def _csv_rows(content: bytes) -> list[Row]:
    text = _text(content)
    skipped = 0
    if text.lower().startswith("sep="):  # Excel's own hint, a line before the head
        text, skipped = text.partition("\n")[2], 1
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True))
    except csv.Error:
        raise refused(
            _("The file cannot be read as a table: a quotation mark is not closed, or a cell is far too long."),
            _("Save it again as CSV from a spreadsheet program."),
        ) from None
    _guard(len(records), max(map(len, records), default=0))
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


def _delimiter(text: str) -> str:
    """Return the separator that the head is written with: the one that finds its first column, else the most frequent."""
    line = text.lstrip("\r\n").partition("\n")[0].casefold()
    names = {delimiter: [part.strip(' "\r') for part in line.split(delimiter)] for delimiter in DELIMITERS}
    return max(DELIMITERS, key=lambda delimiter: (FIRST_COLUMN in names[delimiter], len(names[delimiter])))


def _text_cell(value: str) -> Cell:
    text = value.replace("\N{NO-BREAK SPACE}", " ").strip()
    return Cell(text, is_formula=_is_formula(text))


def _is_formula(text: str) -> bool:
    """Tell whether a spreadsheet program would calculate the text: "=A1", "@A1", "+SUM(A1)", "-A1", "-2+3", "- A1*2".

    A number with its sign alone ("-5") is none, nor are words behind a dash ("- kun jobcenter 2").
    """
    return bool(_FORMULA.match(text))


def _workbook_rows(content: bytes) -> list[Row]:
    _guard_archive(content)
    try:
        import openpyxl  # slow to load: only who brings a workbook waits for it

        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        try:
            sheets = [rows for sheet in book.worksheets if (rows := _sheet_rows(sheet))]
        finally:
            book.close()
    except ImportRefusedError:
        raise
    except Exception:  # noqa: BLE001 -- openpyxl and zipfile raise whatever their parsers meet in a damaged file
        raise refused(
            _("The workbook is damaged or not a real XLSX file."), _("Save it again from a spreadsheet program.")
        ) from None
    return _the_one_with_figures(sheets)


def _guard_archive(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_INFLATION * settings.IMPORT_MAX_BYTES:
        raise refused(
            _("The workbook unpacks to far more than a table of figures."),
            _("Copy the figures alone to a new workbook, or save them as CSV."),
        )


def _sheet_rows(sheet: ReadOnlyWorksheet) -> list[Row]:
    """Return the rows with content. What a sheet says of its own size is not trusted."""
    sheet.reset_dimensions()
    rows: list[Row] = []
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        filled = [place for place, cell in enumerate(cells, start=1) if cell.value is not None]
        if filled:
            _guard(len(rows) + 1, filled[-1])
            rows.append(Row(number, tuple(_workbook_cell(cell) for cell in cells[: filled[-1]])))
    return rows


def _the_one_with_figures(sheets: list[list[Row]]) -> list[Row]:
    with_head = [rows for rows in sheets if any(cell.text.casefold() == FIRST_COLUMN for cell in rows[0].cells)]
    if len(with_head) > 1:
        raise refused(
            _("%(count)s sheets of the workbook hold figures.") % {"count": len(with_head)},
            _("Put all figures in one sheet, or save each as a file of its own."),
        )
    return next(iter(with_head or sheets), [])


def _workbook_cell(cell: object) -> Cell:
    value = getattr(cell, "value", None)
    kind = getattr(cell, "data_type", "n")
    if kind == TYPE_FORMULA:
        return Cell(str(value), is_formula=True)
    if value is None or kind == TYPE_ERROR:
        return Cell("" if value is None else str(value))
    if isinstance(value, bool):
        return Cell(str(value).upper())
    if isinstance(value, int | float):
        number = Decimal(repr(value)).normalize()
        return Cell(f"{number:f}", number=number)
    if isinstance(value, dt.date):
        return Cell(value.strftime("%Y-%m-%d"))
    return _text_cell(str(value))


def _guard(rows: int, columns: int) -> None:
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise refused(
            _("The table has more than %(rows)s rows or %(columns)s columns.")
            % {"rows": MAX_ROWS, "columns": MAX_COLUMNS},
            _("Only aggregated figures are imported. Check that this is not an extract with a row for each citizen."),
        )
