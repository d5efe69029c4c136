"""Write a list as a spreadsheet: exactly the columns and rows that are seen, with cells that no program will run."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import formats, timezone

from records.values import NOTHING, display

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

BYTE_ORDER_MARK = "\ufeff"
# What spreadsheet programs take as the beginning of a formula (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
NUMBERS = (int, float, Decimal)


def safe_text(text: str) -> str:
    """Return text that a spreadsheet program shows instead of running, as an apostrophe before it makes it do."""
    clean = UNPRINTABLE.sub("", text)
    return f"'{clean}" if clean.startswith(FORMULA_STARTS) else clean


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield the lines of a CSV file for Danish Excel: semicolons, decimal commas, a byte order mark first."""
    yield BYTE_ORDER_MARK + _line([safe_text(str(heading)) for heading in headings])
    for row in rows:
        yield _line([_csv_cell(value) for value in row])


def workbook_bytes(
    title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]], *, widths: Sequence[int] = ()
) -> bytes:
    """Return an XLSX file with one sheet; numbers and dates keep their type, everything else is text.

    With `widths`, in characters, the columns are that wide and long texts are broken into lines: for sheets to write in.
    """
    from openpyxl import Workbook  # slow to load: only who asks for a workbook waits for it

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", str(title))[:31])
    sheet.freeze_panes = "A2"
    for place, width in enumerate(widths):
        sheet.column_dimensions[chr(ord("A") + place)].width = width
    sheet.append([_heading(sheet, heading) for heading in headings])
    for row in rows:
        sheet.append([_broken(_xlsx_cell(sheet, value), is_wide=bool(widths)) for value in row])
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _line(cells: list[str]) -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=";", lineterminator="\r\n").writerow(cells)
    return stream.getvalue()


def _csv_cell(value: Any) -> str:
    if isinstance(value, NUMBERS) and not isinstance(value, bool):
        return format(value, "f" if isinstance(value, Decimal) else "").replace(
            ".", formats.get_format("DECIMAL_SEPARATOR")
        )
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    return safe_text(_text(value))


def _xlsx_cell(sheet: WriteOnlyWorksheet, value: Any) -> WriteOnlyCell:
    if isinstance(value, NUMBERS) and not isinstance(value, bool):
        return _cell(sheet, value)
    if isinstance(value, dt.datetime):
        return _cell(sheet, timezone.make_naive(value) if timezone.is_aware(value) else value)
    if isinstance(value, dt.date):
        return _cell(sheet, value)
    return _text_cell(sheet, _text(value))


def _broken(cell: WriteOnlyCell, *, is_wide: bool) -> WriteOnlyCell:
    if is_wide:
        cell.alignment = _lines()
    return cell


@functools.cache
def _lines() -> Alignment:
    from openpyxl.styles import Alignment

    return Alignment(wrap_text=True, vertical="top")


def _text_cell(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    """Return a text cell; what looks like a formula is also marked as quoted, so that it stays text when edited."""
    cell = _cell(sheet, UNPRINTABLE.sub("", text))
    cell.data_type = "s"
    if text.startswith(FORMULA_STARTS):
        cell.quotePrefix = True
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: Any) -> WriteOnlyCell:
    from openpyxl.cell import WriteOnlyCell

    return WriteOnlyCell(sheet, value)


@functools.cache
def _bold() -> Font:
    from openpyxl.styles import Font

    return Font(bold=True)


def _heading(sheet: WriteOnlyWorksheet, heading: str) -> WriteOnlyCell:
    cell = _text_cell(sheet, str(heading))
    cell.font = _bold()
    return cell


def _text(value: Any) -> str:
    text = display(value)
    return "" if text == NOTHING else text
