"""Try a round as a supplier would: everything is checked as in a report, and nothing is written."""

from __future__ import annotations

from collections.abc import Mapping

from learnings.models import Question
from learnings.services.answers import DraftAnswer, check_complete, check_draft_answers


def try_out(questions: list[Question], answers: Mapping[int, DraftAnswer]) -> None:
    """Check a trial as a report is checked when it is handed in; there is no row that anything could count.

    Raises ValidationError with what the supplier would be told.
    """
    check_draft_answers(answers, {question.pk: question for question in questions})
    check_complete(questions, answers)
