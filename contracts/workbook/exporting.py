"""Write the register as the workbook that can be imported again, and the empty one with its guide."""

from __future__ import annotations

import datetime as dt
import functools
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import formats
from django.utils.translation import gettext as _

from accounts.rules import AnyUser
from contracts.models import (
    Amendment,
    Contract,
    ContractOption,
    ContractPrice,
    FrameworkAgreement,
    FrameworkOption,
    Lot,
    LotPrice,
)
from contracts.workbook.cells import LONGEST, NO, YES
from contracts.workbook.columns import Amount, Choice, Column, Day, YesNo
from contracts.workbook.tables import (
    AMENDMENTS,
    CONTRACTS,
    EXAMPLE,
    FRAMEWORKS,
    GUIDE,
    LOTS,
    OPTIONS,
    PRICES,
    SUPPLIERS,
    TABLES,
    Table,
)
from records.export import FORMULA_STARTS, UNPRINTABLE
from suppliers.models import Supplier

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Tell = Callable[[int, str], None]  # percent, and what is being done
CHUNK = 2000
ROWS_WITH_LISTS = 5000
AMOUNT_FORMAT, DAY_FORMAT = "#,##0.00", "dd.mm.yyyy"
EXAMPLES: dict[str, dict[str, Any]] = {
    SUPPLIERS.key: {
        "cvr": EXAMPLE,
        "name": "Vejen Frem ApS",
        "postal_code": "8000",
        "city": "Aarhus C",
        "status": "active",
    },
    FRAMEWORKS.key: {
        "code": EXAMPLE,
        "name": "Beskæftigelsesindsatser 2026",
        "starts_on": dt.date(2026, 7, 1),
        "ends_on": dt.date(2028, 6, 30),
        "ceiling_dkk": Decimal(40_000_000),
        "retender_threshold_percent": 70,
        "stop_threshold_percent": 95,
        "notice_months": 6,
        "price_regulation": "net_price_index",
    },
    LOTS.key: {"code": EXAMPLE, "framework": "beskaeftigelse-2026", "name": "Unge med komplekse forløb"},
    CONTRACTS.key: {
        "number": EXAMPLE,
        "supplier": "12345678",
        "lot": "unge-komplekse",
        "starts_on": dt.date(2026, 7, 1),
        "ends_on": dt.date(2028, 6, 30),
        "value_dkk": Decimal(4_000_000),
        "notice_to_month_end": True,
        "sharing_level": "none",
    },
    OPTIONS.key: {
        "contract": EXAMPLE,
        "number": 1,
        "length_months": 12,
        "decide_months_before": 6,
        "state": "open",
    },
    PRICES.key: {
        "contract": EXAMPLE,
        "service": "mentor",
        "unit": "pr. uge og borger",
        "valid_from": dt.date(2026, 7, 1),
        "price_dkk": Decimal(1_450),
        "valid_to": dt.date(2027, 6, 30),
    },
    AMENDMENTS.key: {
        "contract": EXAMPLE,
        "number": 1,
        "title": "Flere pladser",
        "legal_basis": "mindre-aendring",
        "rationale": "Flere borgere end ventet.",
        "value_dkk": Decimal(250_000),
        "effective_on": dt.date(2027, 1, 1),
        "state": "in_force",
        "signed_on": dt.date(2026, 12, 1),
    },
}


def say_nothing(percent: int, message: str = "") -> None:
    """Tell nobody how far the work has come."""


def register_workbook(user: AnyUser, *, tell: Tell = say_nothing) -> bytes:
    """Return everything that the user may see as a workbook: importing it again changes nothing."""
    book = _new_book()
    for place, table in enumerate(TABLES):
        _write_sheet(book, table, _written(table, user, functools.partial(_tell_of, tell, place)))
    tell(95, _("Keeping the file …"))
    return _saved(book)


def _written(table: Table, user: AnyUser, tell: Callable[[int], None]) -> Iterator[list[Any]]:
    """Yield the rows as they stand in cells, and tell now and then how many there have been."""
    for number, row in enumerate(_rows(table, user)):
        if number % CHUNK == 0:
            tell(number)
        yield [column.written(value) for column, value in zip(table.columns, row, strict=True)]


def _tell_of(tell: Tell, place: int, done: int) -> None:
    """Say which sheet is being written; how far that is of all is no more than a guess by the sheets."""
    facts = {"sheet": TABLES[place].title, "count": formats.number_format(done, force_grouping=True)}
    tell(5 + 90 * place // len(TABLES), _("%(sheet)s: %(count)s rows …") % facts)


def template_workbook() -> bytes:
    """Return the workbook without records: a guide, lists of words where there are few, and an example in each sheet."""
    book = _new_book()
    _write_guide(book)
    for table in TABLES:
        example = EXAMPLES[table.key]
        row = [column.written(example[column.field]) if column.field in example else None for column in table.columns]
        _write_sheet(book, table, [row])
    return _saved(book)


def _rows(table: Table, user: AnyUser) -> Iterator[list[Any]]:
    """Yield the values of each record, in a fixed order."""
    if table is OPTIONS:
        yield from _owned(table, ContractOption.objects.visible_to(user), "contract", ("decision",), ("number",))
        yield from _owned(table, FrameworkOption.objects.visible_to(user), "framework", ("decision",), ("number",))
        return
    if table is PRICES:
        order = ("service__code", "unit", "valid_from", "pk")
        yield from _owned(table, LotPrice.objects.visible_to(user), "lot", ("service",), order)
        yield from _owned(table, ContractPrice.objects.visible_to(user), "contract", ("service",), order)
        return
    for record in _records(table, user).iterator(chunk_size=CHUNK):
        yield [column.stored(record) for column in table.columns]


def _owned(table: Table, rows: Any, owner: str, joined: Sequence[str], order: Sequence[str]) -> Iterator[list[Any]]:
    """Yield the rows that belong to one kind of agreement; the columns of the other kinds stay empty."""
    others = set(table.owners) - {owner}
    for record in rows.select_related(owner, *joined).order_by(owner, *order).iterator(chunk_size=CHUNK):
        yield [column.nothing if column.field in others else column.stored(record) for column in table.columns]


def _records(table: Table, user: AnyUser) -> Any:
    querysets = {
        SUPPLIERS.key: Supplier.objects.current().order_by("cvr"),
        FRAMEWORKS.key: FrameworkAgreement.objects.select_related("responsible", "decision", "predecessor")
        .prefetch_related("people")
        .order_by("code"),
        LOTS.key: Lot.objects.select_related("framework")
        .prefetch_related("target_groups", "services")
        .order_by("code"),
        CONTRACTS.key: Contract.objects.select_related("supplier", "lot", "responsible", "predecessor").order_by(
            "number"
        ),
        AMENDMENTS.key: Amendment.objects.select_related("contract", "framework", "legal_basis", "decision").order_by(
            "contract__number", "framework__code", "number"
        ),
    }
    return querysets[table.key].visible_to(user)


def _new_book() -> Workbook:
    from openpyxl import Workbook  # slow to load: only who asks for a workbook waits for it

    return Workbook(write_only=True)


def _saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_sheet(book: Workbook, table: Table, rows: Iterable[Sequence[Any]]) -> None:
    sheet = _sheet(book, table.title, [column.width for column in table.columns])
    _add_lists(sheet, table)
    sheet.append([_heading(sheet, column.head) for column in table.columns])
    formats = [_format(column) for column in table.columns]
    for row in rows:
        sheet.append([_cell(sheet, value, form) for value, form in zip(row, formats, strict=True)])


def _sheet(book: Workbook, title: str, widths: Sequence[int]) -> WriteOnlyWorksheet:
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    sheet.freeze_panes = "B2"
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    return sheet


def _add_lists(sheet: WriteOnlyWorksheet, table: Table) -> None:
    """Let the spreadsheet program offer the words of a column; others are warned of there, and refused here."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for place, column in enumerate(table.columns, start=1):
        if words := _words(column):
            listed = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
            listed.add(f"{get_column_letter(place)}2:{get_column_letter(place)}{ROWS_WITH_LISTS}")
            sheet.data_validations.append(listed)


def _words(column: Column) -> list[str]:
    if isinstance(column, YesNo):
        return [YES, NO]
    return list(column.words.values()) if isinstance(column, Choice) else []


def _format(column: Column) -> str:
    if isinstance(column, Amount):
        return AMOUNT_FORMAT
    return DAY_FORMAT if isinstance(column, Day) else ""


def _cell(sheet: WriteOnlyWorksheet, value: Any, number_format: str) -> Any:
    """Return a value as a cell; a text that a program would take for a formula is marked as text."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        text = UNPRINTABLE.sub("", value)[:LONGEST]
        return _text_cell(sheet, text) if text.startswith(FORMULA_STARTS) else text
    if not number_format:
        return value
    cell = _bare_cell(sheet, value)
    cell.number_format = number_format
    return cell


def _text_cell(sheet: WriteOnlyWorksheet, text: str) -> Any:
    cell = _bare_cell(sheet, text)
    cell.data_type, cell.quotePrefix = "s", True
    return cell


def _heading(sheet: WriteOnlyWorksheet, text: str) -> Any:
    from openpyxl.styles import Alignment, Font

    cell = _bare_cell(sheet, text)
    cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    return cell


def _bare_cell(sheet: WriteOnlyWorksheet, value: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    return WriteOnlyCell(sheet, value)


def _write_guide(book: Workbook) -> None:
    sheet = _sheet(book, GUIDE, [18, 34, 12, 90])
    for line in _guide_lines():
        sheet.append([_cell(sheet, line, "")])
    sheet.append([])
    heads = (_("Sheet"), _("Column"), _("Required"), _("What to write"))
    sheet.append([_heading(sheet, head) for head in heads])
    for table in TABLES:
        for column in table.columns:
            sheet.append([table.title, column.head, YES if column.is_required else NO, _instruction(table, column)])


def _guide_lines() -> list[str]:
    return [
        _("Fill in the sheets you need: a row for each record. Before anything is imported, you see what will change."),
        _(
            "A record that is registered already is changed; one that is not is added. Nothing is deleted because it is missing."
        ),
        _("Leave a column out, and its fields stay as they are. An empty cell removes what stands in the field."),
        _("A price that changes from a day on is a new row with that day; write on the old one until when it holds."),
        _("Rows that begin with %(example)s are skipped.") % {"example": EXAMPLE},
    ]


def _instruction(table: Table, column: Column) -> str:
    parts = [str(column.instruction)]
    if words := _words(column):
        parts = [", ".join(words) + "."]
    help_text = (
        str(getattr(table.model._meta.get_field(column.field), "help_text", "")) if _is_own(table, column) else ""
    )
    return " ".join(part for part in (*parts, help_text) if part)


def _is_own(table: Table, column: Column) -> bool:
    return any(field.name == column.field for field in table.model._meta.get_fields())
