"""A report as a workbook: to be filled in without a connection, and read again.

The names of the columns are a file format and no texts of the interface: Danish in every language. A row is known by its
question's stable key. What is read changes nothing by itself: it is a plan that somebody looks at first.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.core.files import File
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from learnings.differences import Piece, differences
from learnings.passages import normalise
from learnings.queries import Asked, Writing
from records.export import workbook_bytes
from records.sheets.decoding import decode
from records.sheets.layouts import Layout
from records.sheets.reading import read_source
from records.sheets.rows import RowReader, read_rows

KEY, SECTION, QUESTION, RULE, BEFORE, ANSWER, REASON = (
    "nøgle",
    "afsnit",
    "spørgsmål",
    "krav",
    "svar sidste år",
    "svar",
    "ikke relevant, fordi",
)
COLUMNS = (KEY, SECTION, QUESTION, RULE, BEFORE, ANSWER, REASON)
WIDTHS = (16, 22, 46, 22, 46, 80, 40)
LAYOUT = Layout(required=(KEY, ANSWER), optional=(SECTION, QUESTION, RULE, BEFORE, REASON), words=frozenset(COLUMNS))
LONGEST_CELL = 32_767  # characters; more a spreadsheet program does not take


@dataclass(frozen=True)
class Change:
    """A question to which the file says something else than what stands there."""

    row: Asked
    text: str
    reason: str

    @property
    def said(self) -> str:
        return self.text or self.reason

    @property
    def stands(self) -> str:
        return self.row.text or self.row.reason

    @property
    def is_new(self) -> bool:
        return not self.row.is_answered

    @cached_property
    def pieces(self) -> list[Piece]:
        return differences(self.stands, self.said)


@dataclass(frozen=True)
class Unplaced:
    """A row of the file that cannot be used, and why."""

    number: int
    text: str
    why: str


@dataclass(frozen=True)
class Plan:
    """What a file would change. `same` counts the answers that stand so already; `empty` the rows without an answer."""

    changes: tuple[Change, ...]
    unplaced: tuple[Unplaced, ...]
    same: int
    empty: int


def workbook_of(writing: Writing) -> bytes:
    """Return the report as XLSX with a row for each question: what stands there now, and last year's answer."""
    rows = [_cells(section.title, row) for section in writing.sections for row in section.rows]
    return workbook_bytes("Erfaringer", [name.capitalize() for name in COLUMNS], rows, widths=WIDTHS)


def plan_of(file: File, writing: Writing) -> Plan:
    """Read a filled-in workbook; raises ImportRefusedError when the file is none.

    An empty cell leaves what stands there: nothing is emptied by a file.
    """
    asked = {row.question.key: row for row in writing.rows}
    changes: dict[str, Change] = {}
    unplaced: list[Unplaced] = []
    same = empty = 0
    for reader in read_rows(decode(read_source(file), LAYOUT), LAYOUT):
        text, reason = normalise(reader.text(ANSWER)), normalise(reader.text(REASON))
        key = reader.text(KEY)
        if why := _why_not(reader, asked, changes):
            unplaced.append(Unplaced(reader.number, text or reason, why))
        elif not (text or reason):
            empty += 1
        elif (text, reason) == (asked[key].text, asked[key].reason):
            same += 1
        else:
            changes[key] = Change(asked[key], text, reason)
    return Plan(tuple(changes.values()), tuple(unplaced), same, empty)


def _why_not(reader: RowReader, asked: Collection[str], taken: Collection[str]) -> str:
    """Return why a row cannot be used; nothing when it can."""
    key = reader.text(KEY)
    if reader.errors:
        return " ".join(f"{error.problem} {error.remedy}" for error in reader.errors)
    if key not in asked:
        return _("No question of the report has the key “%(key)s”.") % {"key": key}
    if key in taken:
        return _("The key “%(key)s” stands in a row above, too.") % {"key": key}
    if reader.text(ANSWER) and reader.text(REASON):
        return _("The row has both an answer and a reason why it is not relevant. Remove one of them.")
    return ""


def _cells(section: str, row: Asked) -> tuple[str, ...]:
    before = row.before.said if row.before else ""
    cells = (row.question.key, section, row.question.wording, _rule(row), before, row.text, row.reason)
    return tuple(cell[:LONGEST_CELL] for cell in cells)


def _rule(row: Asked) -> str:
    limit = row.question.word_limit
    parts = ["Skal besvares" if row.question.is_required else "Valgfrit", f"højst {limit} ord" if limit else ""]
    return ", ".join(part for part in parts if part)
