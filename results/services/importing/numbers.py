"""Read the numbers that people and programs write.

Counts are whole, so a single dot before three digits is Danish for a thousand: "1.286" is 1286. Means have decimals, so the same
text could be a thousand or one and a bit, and is refused; "4,1" and "4.1" are both read, and "4,286" is Danish. A number that a
workbook holds as a number is never in doubt.
"""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from results.services.importing.decoding import Cell

LARGEST = 2_147_483_647
_MINUS = ("-", "−", "–", "(")
_PLAIN = re.compile(r"[0-9]{1,20}(?:\.[0-9]{1,10})?")
_DANISH = re.compile(r"[0-9]{1,3}(?:[. ][0-9]{3}){1,6}(?:,[0-9]{1,10})?|[0-9]{1,20},[0-9]{1,10}")
_THOUSAND_OR_DECIMALS = re.compile(r"[0-9]{1,3}\.[0-9]{3}")


class NumberError(ValueError):
    """The cell is not a number; `problem` and `remedy` are sentences for the user."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem, self.remedy = problem, remedy
        super().__init__(problem)


def count(cell: Cell) -> int | None:
    """Read a whole number from 0; None for an empty cell. Raises NumberError."""
    value = _value(cell, dot_is_thousands=True)
    if value is None:
        return None
    if value != value.to_integral_value():
        raise NumberError(_("This is not a whole number."), _("Write the count itself, not a share or a mean."))
    if value > LARGEST:
        raise NumberError(_("The number is too large."), _("Check the figure: nothing is counted in billions here."))
    return int(value)


def mean(cell: Cell) -> Decimal | None:
    """Read a number from 0 with at most four decimals; None for an empty cell. Raises NumberError."""
    value = _value(cell, dot_is_thousands=False)
    if value is None:
        return None
    rounded = round(value, 4)
    if rounded >= 10**6:
        raise NumberError(_("The number is too large."), _("Check the figure."))
    return rounded


def _value(cell: Cell, *, dot_is_thousands: bool) -> Decimal | None:
    text = cell.text
    if not text:
        return None
    if text.startswith(_MINUS) and any(letter.isdigit() for letter in text):
        raise NumberError(
            _("The number is negative."), _("Correct it, or leave the cell empty when nobody knows the figure.")
        )
    if cell.number is not None:
        return cell.number
    if text.endswith("%"):
        raise NumberError(_("This is a percentage."), _("Write the counts; percentages are computed from them."))
    return _from_text(text, dot_is_thousands=dot_is_thousands)


def _from_text(text: str, *, dot_is_thousands: bool) -> Decimal:
    if _THOUSAND_OR_DECIMALS.fullmatch(text):
        if dot_is_thousands:
            return Decimal(text.replace(".", ""))
        raise NumberError(
            _("This can be read as thousands and as decimals."),
            _("Write the decimals with a comma, or thousands without a dot."),
        )
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    if _DANISH.fullmatch(text):
        return Decimal(text.replace(".", "").replace(" ", "").replace(",", "."))
    raise NumberError(
        _("This is not a number."), _("Write digits only, or leave the cell empty when nobody knows the figure.")
    )
