"""What of an answer a paper may quote: what its publication would show."""

from __future__ import annotations

from collections.abc import Iterable

from learnings.models import Answer
from learnings.passages import Span
from learnings.publication import PublicPiece
from learnings.queries.editions import names_by_supplier
from learnings.queries.publication import found_in, marks_and_resolutions, public_answer


def kept_out(answers: Iterable[Answer]) -> dict[int, tuple[Span, ...]]:
    """Return, by the id of each answer, from where to where nobody outside may read it; 4 queries.

    What looks like personal data is kept out until somebody has decided on it. Needs the versions, reports and suppliers fetched.
    """
    rows = list({answer.pk: answer for answer in answers}.values())
    marks, resolutions = marks_and_resolutions(rows)
    names = names_by_supplier({_supplier_id(answer) for answer in rows})
    found: dict[int, tuple[Span, ...]] = {}
    for answer in rows:
        looked_like = found_in(answer, names.get(_supplier_id(answer), ()))
        of_report = marks.get((answer.version.report_id, answer.question_id), ())
        shown = public_answer(answer, of_report, resolutions.get(answer.pk, ()), looked_like)
        found[answer.pk] = tuple(_withheld(shown.pieces))
    return found


def _supplier_id(answer: Answer) -> int:
    survivor_id: int = answer.version.report.supplier.survivor_id
    return survivor_id


def _withheld(pieces: Iterable[PublicPiece]) -> Iterable[Span]:
    start = 0
    for piece in pieces:
        end = start + len(piece.text)
        if piece.is_withheld:
            yield start, end
        start = end
