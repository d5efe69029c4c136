"""Read the numbers that people and programs write; each reader raises CellError and gives None for an empty cell.

Counts are whole, so a single dot before three digits is Danish for a thousand: "1.286" is 1286. Means have decimals, so the same
text could be a thousand or one and a bit, and is refused; "4,1" and "4.1" are both read, and "4,286" is Danish. Amounts have two
decimals at most, so "1.286" is a thousand and more, and "1,286" is refused. A number that a workbook holds as a number is never
in doubt.
"""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from records.sheets.decoding import Cell
from records.sheets.errors import CellError

LARGEST = 2_147_483_647
LARGEST_DKK = Decimal(10) ** 11
_MINUS = ("-", "−", "–", "(")
_PLAIN = re.compile(r"[0-9]{1,20}(?:\.[0-9]{1,10})?")
_DANISH = re.compile(r"[0-9]{1,3}(?:[. ][0-9]{3}){1,6}(?:,[0-9]{1,10})?|[0-9]{1,20},[0-9]{1,10}")
_THOUSAND_OR_DECIMALS = re.compile(r"[0-9]{1,3}\.[0-9]{3}")
_CURRENCY = re.compile(r"(?:kr\.?|dkk)\s*(?=[-−–(0-9])|(?<=[0-9)\-−–])\s*(?:,-)?\s*(?:kr\.?|dkk)$", re.IGNORECASE)
_NEGATIVE = re.compile(r"[-−–]\s*(?P<before>[0-9].*)|(?P<after>[0-9].*?)\s*[-−–]|\((?P<inside>[0-9][^()]*)\)")


def count(cell: Cell) -> int | None:
    """Read a whole number from 0."""
    value = _value(cell, dot_is_thousands=True)
    if value is None:
        return None
    if value != value.to_integral_value():
        raise CellError(_("This is not a whole number."), _("Write the count itself, not a share or a mean."))
    if value > LARGEST:
        raise CellError(_("The number is too large."), _("Check the figure: nothing is counted in billions here."))
    return int(value)


def mean(cell: Cell) -> Decimal | None:
    """Read a number from 0 with at most four decimals."""
    value = _value(cell, dot_is_thousands=False)
    if value is None:
        return None
    rounded = round(value, 4)
    if rounded >= 10**6:
        raise CellError(_("The number is too large."), _("Check the figure."))
    return rounded


def amount(cell: Cell) -> Decimal | None:
    """Read an amount in DKK from 0, with two decimals at most: "1.234,50", "1.234 kr.", "1234.5"."""
    value = _value(_without_currency(cell), dot_is_thousands=True)
    return None if value is None else _dkk(value)


def signed_amount(cell: Cell) -> Decimal | None:
    """Read an amount in DKK that may be below 0, as a credit note is: "-1.234,50", "1.234,50-" and "(1.234,50)" alike."""
    bare = _without_currency(cell)
    match = _NEGATIVE.fullmatch(bare.text)
    if match is None:
        return amount(cell)
    number = None if bare.number is None else -bare.number
    value = amount(Cell(match["before"] or match["after"] or match["inside"], number=number))
    return None if value is None else -value


def _without_currency(cell: Cell) -> Cell:
    return Cell(_CURRENCY.sub("", cell.text).strip(), number=cell.number)


def _dkk(value: Decimal) -> Decimal:
    rounded = round(value, 2)
    if abs(rounded - value) > Decimal("0.00001"):  # more than what a spreadsheet's own arithmetic leaves behind
        raise CellError(
            _("The amount has more than two decimals."),
            _("Write kroner and øre with a comma, as 1.234,50."),
        )
    if rounded >= LARGEST_DKK:
        raise CellError(_("The amount is too large."), _("Check the amount: it must be in kroner."))
    return rounded


def _value(cell: Cell, *, dot_is_thousands: bool) -> Decimal | None:
    text = cell.text
    if not text:
        return None
    if text.startswith(_MINUS) and any(letter.isdigit() for letter in text):
        raise CellError(
            _("The number is negative."), _("Correct it, or leave the cell empty when nobody knows the figure.")
        )
    if cell.number is not None:
        return cell.number
    if text.endswith("%"):
        raise CellError(_("This is a percentage."), _("Write the counts; percentages are computed from them."))
    return _from_text(text, dot_is_thousands=dot_is_thousands)


def _from_text(text: str, *, dot_is_thousands: bool) -> Decimal:
    if _THOUSAND_OR_DECIMALS.fullmatch(text):
        if dot_is_thousands:
            return Decimal(text.replace(".", ""))
        raise CellError(
            _("This can be read as thousands and as decimals."),
            _("Write the decimals with a comma, or thousands without a dot."),
        )
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    if _DANISH.fullmatch(text):
        return Decimal(text.replace(".", "").replace(" ", "").replace(",", "."))
    raise CellError(
        _("This is not a number."), _("Write digits only, or leave the cell empty when nobody knows the figure.")
    )
