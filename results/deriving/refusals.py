"""Why files are not counted: sentences that name the file, the row and the column, and never what stands in a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.sheets.personal import has_cpr

_WORD = re.compile(r"[\w .,/&+-]{1,40}")


class File(Enum):
    """The two files, by what they are called in sentences."""

    COURSES = "courses"
    REGISTER = "register"

    @property
    def label(self) -> str:
        return str(_LABELS[self])


_LABELS = {File.COURSES: gettext_lazy("Courses"), File.REGISTER: gettext_lazy("Register")}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. `row` counts from 1 with the head; None is the file as a whole, or both files."""

    file: File | None
    text: str
    remedy: str
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        where = [self.file.label] if self.file else []
        where += [_("row %(row)s") % {"row": self.row}] if self.row else []
        where += [_("column %(column)s") % {"column": self.column}] if self.column else []
        lead = ", ".join(where) + ": " if where else ""
        return f"{lead}{self.text} {self.remedy}"


class FilesRefusedError(Exception):
    """The files are not counted; `problems` says everything that is wrong.

    `may_go_on` when the same files can be counted if unknown codes are told to count as not found.
    """

    def __init__(self, problems: Iterable[Problem], *, may_go_on: bool = False) -> None:
        self.problems, self.may_go_on = tuple(problems), may_go_on
        super().__init__("\n".join(map(str, self.problems)))


def refuse(file: File | None, text: str, remedy: str, *, row: int | None = None, column: str = "") -> FilesRefusedError:
    return FilesRefusedError([Problem(file, text, remedy, row=row, column=column)])


def shown(words: Iterable[str], *, at_most: int = 12) -> str:
    """Return codes as a list in a sentence; what looks like a person's number or a whole text is not repeated."""
    words = list(words)
    safe = [safe_word(word) for word in words[:at_most]]
    more = [_("and %(count)s more") % {"count": len(words) - at_most}] if len(words) > at_most else []
    return ", ".join([*dict.fromkeys(safe), *more])


def safe_word(word: str) -> str:
    """Return a code as it may be repeated: "…" for what looks like a person's number or a text."""
    return word if _WORD.fullmatch(word) and not has_cpr(word) else "…"


def safe_code(code: str) -> str:
    """Return a code of the register as it may be repeated: "…" for what is too long to be one."""
    return code if len(code) <= 6 and code.isalnum() else "…"
