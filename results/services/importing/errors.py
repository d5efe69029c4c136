"""What is wrong with a file, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class RowError:
    """One thing that is wrong. `row` counts from 1 with the head; None is the file as a whole."""

    row: int | None
    column: str
    value: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        where = [_("Row %(row)s") % {"row": self.row}] if self.row else []
        where += [_("column %(column)s") % {"column": self.column}] if self.column else []
        lead = ", ".join(where) + ": " if where else ""
        value = f"“{self.value}” – " if self.value else ""
        return f"{lead}{value}{self.problem} {self.remedy}"


class ImportRefusedError(Exception):
    """The file is not imported, and nothing of it is; `errors` says everything that is wrong, in the order of the file."""

    def __init__(self, errors: Iterable[RowError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(map(str, self.errors)))


def refused(problem: str, remedy: str, *, value: str = "") -> ImportRefusedError:
    """Return the refusal of the file as a whole, with its one reason."""
    return ImportRefusedError([RowError(row=None, column="", value=value, problem=problem, remedy=remedy)])
