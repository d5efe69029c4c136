"""Turn rows of cells into figures that are well formed. Whether their codes exist is for `checking`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.sheets import numbers
from records.sheets.decoding import Sheet
from records.sheets.errors import RowError
from records.sheets.layouts import Layout
from records.sheets.rows import RowReader, read_rows
from results.enums import Unit
from results.periods import Period, PeriodError, parse

ALL = "*"
DIMENSIONS = ("framework", "supplier_cvr", "lot", "benefit_group", "service")
COUNTS = ("denominator", "outcomes", "pending", "censored", "not_found")
REQUIRED = ("measure", "unit", "period", *DIMENSIONS, "denominator", "outcomes")
OPTIONAL = ("version", "note", "pending", "censored", "not_found", "mean", "standard_deviation")
SHEET = Layout(
    REQUIRED,
    OPTIONAL,
    advice=gettext_lazy(
        "Only aggregated figures are imported. Check that this is not an extract with a row for each citizen."
    ),
)
# the columns as they stand in the files we hand out
LAYOUT = ("measure", "version", "unit", "period", *DIMENSIONS, *COUNTS, "mean", "standard_deviation", "note")
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
    standard_deviation: Decimal | None = None


def parse_sheet(sheet: Sheet) -> tuple[list[ParsedRow], list[RowError]]:
    """Return every row as far as it could be read, and everything that is wrong with its form.

    Raises ImportRefusedError when the head is wrong, since no row can then be read.
    """
    parsed, errors = [], []
    for reader in read_rows(sheet, SHEET):
        parsed.append(_row(reader))
        errors += reader.errors
    return parsed, errors


def _row(reader: RowReader) -> ParsedRow:
    unsafe = reader.broken
    codes = {column: "" if column in unsafe else _code(reader, column) for column in ("measure", *DIMENSIONS)}
    codes["version"] = reader.text("version")
    return ParsedRow(
        number=reader.number,
        codes=codes,
        unit=None if "unit" in unsafe else _unit(reader),
        period=None if "period" in unsafe else _period(reader),
        counts={column: reader.read(column, numbers.count) for column in COUNTS},
        mean=reader.read("mean", numbers.mean),
        note=_note(reader),
        broken=reader.broken,
        standard_deviation=reader.read("standard_deviation", numbers.mean),
    )


def _code(reader: RowReader, column: str) -> str:
    text = reader.text(column).replace(" ", "") if column == "supplier_cvr" else reader.text(column)
    if not text and column == "measure":
        reader.refuse(column, _("The measure is missing."), _("Write its code."))
    elif not text:
        reader.refuse(column, _("The cell is empty."), _("Write a code, or * for all."))
    return text


def _unit(reader: RowReader) -> Unit | None:
    text = reader.text("unit").casefold()
    if text in Unit.values:
        return Unit(text)
    reader.refuse("unit", _("This is not a unit."), _("Write one of: %(units)s.") % {"units": ", ".join(Unit.values)})
    return None


def _period(reader: RowReader) -> Period | None:
    try:
        return parse(reader.text("period"))
    except PeriodError as error:
        reader.refuse("period", error.problem, error.remedy)
        return None


def _note(reader: RowReader) -> str:
    text = reader.text("note")
    if len(text) > NOTE_LENGTH:
        reader.refuse(
            "note",
            _("The note is longer than %(length)s characters.") % {"length": NOTE_LENGTH},
            _("Shorten it, or write it in the delivery's own note."),
        )
    return text
