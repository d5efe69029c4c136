"""What a filled-in file would change in a report, whatever kind of file it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from learnings.differences import Piece, differences
from learnings.enums import Agreement
from learnings.passages import normalise
from learnings.queries import Asked, RatingRow, Writing
from records.sheets.errors import ImportRefusedError, refused
from records.sheets.personal import has_cpr

# What the files call the steps of the scale; data of documents, so Danish.
SCALE = {
    Agreement.FULLY_AGREE: "Helt enig",
    Agreement.AGREE: "Enig",
    Agreement.NEITHER: "Hverken enig eller uenig",
    Agreement.DISAGREE: "Uenig",
    Agreement.FULLY_DISAGREE: "Helt uenig",
}
_SCORES = {name.casefold(): step.value for step, name in SCALE.items()} | {
    str(step.value): step.value for step in SCALE
}


class Kind(StrEnum):
    """What somebody is asked. A question and a statement may have the same key."""

    QUESTION = "question"
    STATEMENT = "statement"


@dataclass(frozen=True)
class Entry:
    """What a file says to one question or statement.

    `text` is the answer, or the step of the scale; `other` why it is not relevant, or the comment. `base` is the mark of what
    stood there when the file was saved, `where` its place in the file in words, `problem` why it cannot be used.
    """

    kind: Kind
    key: str
    text: str
    other: str
    where: str
    base: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Change:
    """A question to which the file says something else than what stands there.

    `is_contested` tells that somebody has changed it here, too, since the file was saved.
    """

    row: Asked
    text: str
    reason: str
    is_contested: bool = False

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
class RatingChange:
    """A statement that the file rates otherwise than it is rated."""

    row: RatingRow
    score: int | None
    comment: str
    is_contested: bool = False

    @property
    def said(self) -> str:
        return in_words(self.score, self.comment)

    @property
    def is_new(self) -> bool:
        return not self.row.is_rated

    @cached_property
    def pieces(self) -> list[Piece]:
        return differences(in_words(self.row.score, self.row.comment), self.said)


@dataclass(frozen=True)
class Unplaced:
    """Something in the file that cannot be used, where it stands, and why."""

    where: str
    text: str
    why: str


@dataclass
class Plan:
    """What a file would change.

    `same` counts what stands so already, `empty` the places without an answer, and `left` what was changed here since the file
    was saved and not in the file.
    """

    changes: list[Change] = field(default_factory=list)
    ratings: list[RatingChange] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    same: int = 0
    empty: int = 0
    left: int = 0

    @property
    def count(self) -> int:
        return len(self.changes) + len(self.ratings)


def mark(text: object, other: str) -> str:
    """Return a short mark of what stands somewhere, to tell later whether it was changed."""
    words = " ".join(str(text or "").split()), " ".join(other.split())
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:8]


def mark_of(row: Asked) -> str:
    return mark(row.text, row.reason)


def rating_mark_of(row: RatingRow) -> str:
    return mark(row.score, row.comment)


def in_words(score: int | None, comment: str) -> str:
    label = Agreement(score).label if score else ""
    return f"{label}\n\n{comment}".strip()


def other_report() -> ImportRefusedError:
    """Return the refusal of a file that was saved from another report."""
    return refused(
        _("The file belongs to another round or another supplier than this report."),
        _("Save the file anew from this page, and write in that one."),
    )


def planned(entries: Iterable[Entry | Unplaced], writing: Writing) -> Plan:
    """Hold what a file says against what stands in the report."""
    plan = Plan()
    asked = {row.question.key: row for row in writing.rows}
    rated = {row.statement.key: row for row in writing.ratings.rows}
    taken: set[tuple[Kind, str]] = set()
    for found in entries:
        if isinstance(found, Unplaced):
            plan.unplaced.append(found)
            continue
        entry = replace(found, text=normalise(found.text), other=normalise(found.other))
        is_known = entry.key in (asked if entry.kind is Kind.QUESTION else rated)
        if why := _why_not(entry, is_known=is_known, is_taken=(entry.kind, entry.key) in taken):
            plan.unplaced.append(_unplaced(entry, why))
            continue
        taken.add((entry.kind, entry.key))
        if not (entry.text or entry.other):
            plan.empty += 1
        elif entry.kind is Kind.QUESTION:
            _plan_answer(plan, entry, asked[entry.key])
        else:
            _plan_rating(plan, entry, rated[entry.key])
    return plan


def _why_not(entry: Entry, *, is_known: bool, is_taken: bool) -> str:
    """Return why an entry cannot be used; nothing when it can."""
    if entry.problem:
        return entry.problem
    if has_cpr(entry.text) or has_cpr(entry.other):
        return _("It holds what looks like a CPR number. Write nothing about single citizens.")
    if not is_known:
        return _unknown(entry)
    if is_taken and (entry.text or entry.other):
        return _("The same stands further up in the file, too. Only the first is used.")
    return _question_problem(entry) if entry.kind is Kind.QUESTION else _statement_problem(entry)


def _unknown(entry: Entry) -> str:
    if entry.kind is Kind.QUESTION:
        return _("No question of the report has the key “%(key)s”.") % {"key": entry.key}
    return _("No statement of the report has the key “%(key)s”.") % {"key": entry.key}


def _question_problem(entry: Entry) -> str:
    if entry.text and entry.other:
        return _("There is both an answer and a reason why it is not relevant. Remove one of them.")
    return ""


def _statement_problem(entry: Entry) -> str:
    if not entry.text or entry.text.casefold() in _SCORES:
        return ""
    scale = ", ".join(SCALE.values())
    return _("“%(text)s” is not on the scale. Write one of these: %(scale)s.") % {
        "text": entry.text[:80],
        "scale": scale,
    }


def _unplaced(entry: Entry, why: str) -> Unplaced:
    said = "\n".join(part for part in (entry.text, entry.other) if part)
    return Unplaced(entry.where, "" if has_cpr(said) else said, why)


def _plan_answer(plan: Plan, entry: Entry, row: Asked) -> None:
    stands = mark_of(row)
    if _alike(entry.text, row.text) and _alike(entry.other, row.reason):
        plan.same += 1
    elif entry.base == mark(entry.text, entry.other):
        plan.left += 1
    else:
        plan.changes.append(Change(row, entry.text, entry.other, bool(entry.base) and entry.base != stands))


def _plan_rating(plan: Plan, entry: Entry, row: RatingRow) -> None:
    """A step or a comment that the file does not have stays."""
    said = _SCORES.get(entry.text.casefold())
    score, comment = said or row.score, entry.other or row.comment
    if score == row.score and _alike(comment, row.comment):
        plan.same += 1
    elif entry.base == mark(said, entry.other):
        plan.left += 1
    else:
        contested = bool(entry.base) and entry.base != rating_mark_of(row)
        plan.ratings.append(RatingChange(row, score, comment, contested))


def _alike(one: str, other: str) -> bool:
    """Tell whether two texts say the same line by line: programs change the white space around words."""
    return [line.split() for line in one.splitlines()] == [line.split() for line in other.splitlines()]
