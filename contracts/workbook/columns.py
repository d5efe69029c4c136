"""The columns of the workbook: each reads a cell, knows what is stored, and writes it so that it is read back the same.

A value is what a cell stands for: a text, a day, a number, a code, a tuple of codes. Nothing is "" for texts and codes, and None
for days and numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts.workbook import cells
from records.sheets import dates, numbers
from records.sheets.decoding import Cell
from records.values import display

Value = str | dt.date | int | Decimal | bool | tuple[str, ...] | None


class Kept(Enum):
    """An empty cell of a field that must have a value: what is stored stays, and a new record has the usual value."""

    KEPT = "kept"


KEPT = Kept.KEPT


@dataclass(frozen=True)
class Column:
    """A column: its head in the workbook, and the field of the model. `keeps` says that the field is never empty."""

    head: str
    field: str
    is_required: bool = False
    keeps: bool = False

    nothing: ClassVar[Value] = None
    instruction: ClassVar[str | Promise] = ""
    width: ClassVar[int] = 18

    def read(self, cell: Cell) -> Value | Kept:
        if not cell.text:
            return KEPT if self.keeps else self.nothing
        return self.parse(cell)

    def parse(self, cell: Cell) -> Value:
        raise NotImplementedError

    def stored(self, record: models.Model) -> Value:
        """Return the value that a record has; relations must have been fetched."""
        return getattr(record, self.field)

    def written(self, value: Value) -> str | int | Decimal | dt.date | None:
        """Return what stands in the cell for a value."""
        return value  # type: ignore[return-value]

    def shown(self, value: Value) -> str:
        """Return the value as people read it in a preview."""
        return display(self.written(value))


@dataclass(frozen=True)
class Text(Column):
    nothing: ClassVar[Value] = ""
    instruction = _("Text.")

    def parse(self, cell: Cell) -> Value:
        return cells.text(cell)

    def stored(self, record: models.Model) -> Value:
        return cells.plain(getattr(record, self.field))


@dataclass(frozen=True)
class LongText(Text):
    width: ClassVar[int] = 40


@dataclass(frozen=True)
class Code(Text):
    instruction = _("The code or number by which it is known. It never changes.")


@dataclass(frozen=True)
class Cvr(Text):
    instruction = _("Eight digits.")

    def parse(self, cell: Cell) -> Value:
        return cells.cvr(cell)


@dataclass(frozen=True)
class Day(Column):
    instruction = _("A date, as 31.12.2026.")

    def parse(self, cell: Cell) -> Value:
        return dates.day(cell)


@dataclass(frozen=True)
class Amount(Column):
    instruction = _("Kroner, with two decimals at most.")

    def parse(self, cell: Cell) -> Value:
        return numbers.amount(cell)


@dataclass(frozen=True)
class SignedAmount(Amount):
    instruction = _("Kroner, with two decimals at most; below 0 when the value falls.")

    def parse(self, cell: Cell) -> Value:
        return numbers.signed_amount(cell)


@dataclass(frozen=True)
class Count(Column):
    instruction = _("A whole number.")

    def parse(self, cell: Cell) -> Value:
        return numbers.count(cell)


@dataclass(frozen=True)
class YesNo(Column):
    instruction = _("Ja or Nej.")

    def parse(self, cell: Cell) -> Value:
        return cells.yes_no(cell)

    def written(self, value: Value) -> str:
        return cells.YES if value else cells.NO


@dataclass(frozen=True)
class Choice(Column):
    """One of a few words; `words` gives the word of each code."""

    words: Mapping[Any, str] = field(default_factory=dict)
    nothing: ClassVar[Value] = ""
    instruction = _("One of the words of the list.")

    def parse(self, cell: Cell) -> Value:
        return cells.one_of(cell, self.words)

    def written(self, value: Value) -> str:
        return self.words.get(str(value), str(value or ""))


@dataclass(frozen=True)
class Reference(Column):
    """The key of one other record; `to` says of which kind."""

    to: str = ""
    attribute: str = "code"
    nothing: ClassVar[Value] = ""
    instruction = _("The code or number of one that is registered, or stands in the workbook.")

    def parse(self, cell: Cell) -> Value:
        return cells.cvr(cell) if self.to == "suppliers" else cells.text(cell)

    def stored(self, record: models.Model) -> Value:
        other = getattr(record, self.field)
        return "" if other is None else getattr(other, self.attribute)


@dataclass(frozen=True)
class References(Reference):
    """Keys of other records, with semicolons between them."""

    nothing: ClassVar[Value] = ()
    instruction = _("The codes of those that are registered, with semicolons between them.")

    def parse(self, cell: Cell) -> Value:
        return cells.codes(cell)

    def stored(self, record: models.Model) -> Value:
        return tuple(sorted(getattr(other, self.attribute) for other in getattr(record, self.field).all()))

    def written(self, value: Value) -> str:
        return "; ".join(value)  # type: ignore[arg-type]
