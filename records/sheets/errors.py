"""What is wrong with a file, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class CellError(ValueError):
    """A cell cannot be read as what it should be; `problem` and `remedy` are sentences for the user."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem, self.remedy = problem, remedy
        super().__init__(problem)


@dataclass(frozen=True)
class RowError:
    """One thing that is wrong. `row` counts from 1 with the head; None is the file as a whole.

    `sheet` is named where a workbook has several that are read.
    """

    row: int | None
    column: str
    value: str
    problem: str
    remedy: str
    sheet: str = ""

    def __str__(self) -> str:
        where = [_("Sheet “%(sheet)s”") % {"sheet": self.sheet}] if self.sheet else []
        where += [_("Row %(row)s") % {"row": self.row}] if self.row else []
        where += [_("column %(column)s") % {"column": self.column}] if self.column else []
        lead = ", ".join(where) + ": " if where else ""
        value = f"“{self.value}” – " if self.value else ""
        return f"{lead}{value}{self.problem} {self.remedy}"


class ImportRefusedError(Exception):
    """The file is not imported, and nothing of it is; `errors` says everything that is wrong, in the order of the file."""

    def __init__(self, errors: Iterable[RowError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(map(str, self.errors)))

    @property
    def report(self) -> str:
        """Return what is wrong as lines of text, for a terminal."""
        count = len(self.errors)
        head = ngettext("Nothing was imported. %(count)s error:", "Nothing was imported. %(count)s errors:", count)
        return "\n".join([head % {"count": count}, *(f"  {error}" for error in self.errors)])


def refused(problem: str, remedy: str, *, value: str = "", sheet: str = "") -> ImportRefusedError:
    """Return the refusal of the file, or of one of its sheets, as a whole, with its one reason."""
    return ImportRefusedError([RowError(row=None, column="", value=value, problem=problem, remedy=remedy, sheet=sheet)])
