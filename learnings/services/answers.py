"""What may stand in a draft, and what must stand in a report that is handed in. No database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from learnings.models import Answer, Question
from learnings.passages import count_words, normalise


@dataclass(frozen=True)
class DraftAnswer:
    """What somebody wrote to a question: a text, or why the question does not apply, or nothing yet."""

    text: str = ""
    not_applicable_reason: str = ""

    @property
    def said(self) -> str:
        return self.text or self.not_applicable_reason


AnyAnswer = Answer | DraftAnswer


def check_draft_answers(answers: Mapping[int, DraftAnswer], asked: Mapping[int, Question]) -> None:
    """Raise ValidationError for answers that cannot stand even in a draft, by question id."""
    unexcused = [asked[key] for key, row in answers.items() if row.not_applicable_reason.strip()]
    if refused := [question for question in unexcused if not question.may_not_apply]:
        text = _("“%(question)s” must be answered by everybody who is asked: it cannot be marked as not relevant.")
        raise ValidationError([text % {"question": question.wording} for question in refused])
    _check_not_both(answers, asked)


def check_complete(questions: list[Question], answers: Mapping[int, AnyAnswer]) -> None:
    """Raise ValidationError that lists every required question without an answer and every answer that is too long."""
    problems = [problem for question in questions for problem in _problems(question, answers.get(question.pk))]
    if problems:
        raise ValidationError(problems)


def _problems(question: Question, answer: AnyAnswer | None) -> list[str]:
    if answer is None or not answer.said:
        return [_missing(question)] if question.is_required else []
    words = count_words(answer.text)
    if question.word_limit and words > question.word_limit:
        too_long = _("The answer to “%(question)s” has %(words)d words; at most %(limit)d are allowed. Shorten it.")
        return [too_long % {"question": question.wording, "words": words, "limit": question.word_limit}]
    return []


def _missing(question: Question) -> str:
    if question.may_not_apply:
        text = _("“%(question)s” is not answered. Write an answer, or why the question does not apply.")
    else:
        text = _("“%(question)s” is not answered. Write an answer.")
    return text % {"question": question.wording}


def _check_not_both(answers: Mapping[int, DraftAnswer], asked: Mapping[int, Question]) -> None:
    both = [
        asked[key] for key, answer in answers.items() if normalise(answer.text) and answer.not_applicable_reason.strip()
    ]
    if both:
        raise ValidationError(
            [
                _("“%(question)s” has both an answer and a reason why it does not apply. Remove one of them.")
                % {"question": question.wording}
                for question in both
            ]
        )
