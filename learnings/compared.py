"""Each question of two versions with what was removed and added. No database."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from learnings.differences import Kind, Piece, differences
from learnings.models import Answer, Question


@dataclass(frozen=True)
class ComparedAnswer:
    """An answer beside what another version said; `answer` is None when this version has none."""

    question: Question
    wording: str
    pieces: tuple[Piece, ...]
    is_changed: bool


def compared(new: list[Answer], old: list[Answer]) -> list[ComparedAnswer]:
    """Return each question of either version with what was removed and added."""
    before = {answer.question_id: answer for answer in old}
    gone = [answer for answer in old if answer.question_id not in {answer.question_id for answer in new}]
    rows = [_compared(answer, before.get(answer.question_id), answer) for answer in new]
    return rows + [_compared(answer, answer, None) for answer in gone]


def _compared(shown: Answer, old: Answer | None, new: Answer | None) -> ComparedAnswer:
    before, after = _said(old), _said(new)
    is_same_kind = bool(old and new and old.text and new.text)
    pieces = differences(before, after) if is_same_kind or before == after else _replaced(before, after)
    return ComparedAnswer(
        question=shown.question, wording=shown.wording, pieces=tuple(pieces), is_changed=before != after
    )


def _replaced(before: str, after: str) -> list[Piece]:
    both = [Piece(Kind.REMOVED, before), Piece(Kind.ADDED, after)]
    return [piece for piece in both if piece.text]


def _said(answer: Answer | None) -> str:
    if answer is None or answer.text:
        return answer.text if answer else ""
    reason = answer.not_applicable_reason
    return _("Does not apply: %(reason)s") % {"reason": reason} if reason else ""
