"""Turn rows of cells into months of spend that are well formed. Whether the contracts exist is for `checking`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.sheets import dates, numbers
from records.sheets.decoding import Sheet
from records.sheets.errors import RowError
from records.sheets.layouts import Layout
from records.sheets.rows import RowReader, read_rows

NUMBER, MONTH, AMOUNT, REFERRALS = "contract_number", "month", "amount_dkk", "referrals"
SHEET = Layout(
    (NUMBER, MONTH, AMOUNT),
    (REFERRALS,),
    aliases={
        **dict.fromkeys(("kontraktnummer", "kontraktnr", "kontraktnr.", "kontrakt"), NUMBER),
        **dict.fromkeys(("måned", "periode"), MONTH),
        **dict.fromkeys(("beløb", "beløb i kr.", "beløb (kr.)", "beløb dkk", "forbrug", "forbrug i kr."), AMOUNT),
        **dict.fromkeys(("visitationer", "visiterede", "henvisninger", "antal visitationer"), REFERRALS),
    },
    amounts=frozenset({AMOUNT}),
    advice=gettext_lazy("The file has a row for each contract and month. Check that it is not one for each citizen."),
)


@dataclass(frozen=True)
class ParsedMonth:
    """One row as far as it could be read; what stands in a `broken` column has been refused already."""

    row: int
    number: str
    month: dt.date | None
    amount_dkk: Decimal | None
    referrals: int | None
    broken: frozenset[str]


def parse_sheet(sheet: Sheet) -> tuple[list[ParsedMonth], list[RowError]]:
    """Return every row as far as it could be read, and everything that is wrong with its form.

    Raises ImportRefusedError when the head is wrong, since no row can then be read.
    """
    parsed, errors = [], []
    for reader in read_rows(sheet, SHEET):
        parsed.append(_row(reader))
        errors += reader.errors
    return parsed, errors


def _row(reader: RowReader) -> ParsedMonth:
    unsafe = reader.broken
    month = reader.read(MONTH, dates.month)
    amount = reader.read(AMOUNT, numbers.signed_amount)
    referrals = reader.read(REFERRALS, numbers.count)
    missing = {
        NUMBER: (_("The contract number is missing."), _("Write it as it stands in the register.")),
        MONTH: (_("The month is missing."), _("Write it as 2026-03 or marts 2026.")),
        AMOUNT: (_("The amount is missing."), _("Write 0 for none; remove the row when nobody knows it.")),
    }
    for column, (problem, remedy) in missing.items():
        if not reader.text(column) and column not in unsafe:
            reader.refuse(column, problem, remedy)
    return ParsedMonth(reader.number, reader.text(NUMBER), month, amount, referrals, reader.broken)
