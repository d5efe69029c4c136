"""The form in which a whole report is written: for each question a text, or why it does not apply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from accounts.widgets import MomentInput
from learnings.models import Answer, Question, ReportVersion
from learnings.services import DraftAnswer

MAX_CHARACTERS = 20_000


@dataclass(frozen=True)
class QuestionFields:
    """A question with its two fields, and what is stored where that is not what the fields hold."""

    question: Question
    text: forms.BoundField
    reason: forms.BoundField
    stored: Answer | None


class AnswersForm(forms.Form):
    """For each question a text, or why it does not apply where that may be said."""

    def __init__(self, *args: Any, questions: list[Question], stored: Mapping[int, Answer], **kwargs: Any) -> None:
        self.questions, self.stored = questions, stored
        super().__init__(*args, **kwargs)
        for question in questions:
            self._add(question)

    def _add(self, question: Question) -> None:
        answer = self.stored.get(question.pk)
        self.fields[f"text_{question.pk}"] = forms.CharField(
            label=_("Answer"),
            required=False,
            max_length=MAX_CHARACTERS,
            initial=answer.text if answer else "",
            widget=AdminAutoHeightTextInput(attrs={"rows": 6, "data-word-limit": question.word_limit or ""}),
        )
        self.fields[f"reason_{question.pk}"] = forms.CharField(
            label=_("Or why the question does not apply"),
            required=False,
            max_length=500,
            initial=answer.not_applicable_reason if answer else "",
            disabled=not question.may_not_apply,
        )

    def rows(self) -> Iterator[QuestionFields]:
        """Yield the fields of each question, in order."""
        for question in self.questions:
            text, reason = self[f"text_{question.pk}"], self[f"reason_{question.pk}"]
            stored = self.stored.get(question.pk)
            differs = self.is_bound and stored and _lines(stored.text) != _lines(text.value() or "")
            yield QuestionFields(question, text, reason, stored if differs else None)

    def answers(self) -> dict[int, DraftAnswer]:
        return {
            question.pk: DraftAnswer(
                text=self.cleaned_data[f"text_{question.pk}"],
                not_applicable_reason=self.cleaned_data[f"reason_{question.pk}"],
            )
            for question in self.questions
        }


class ReportForm(AnswersForm):
    """Answers by question; `revision` is the draft's when the page was opened."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    handed_in_by = forms.CharField(
        label=_("Handed in by"),
        max_length=150,
        required=False,
        help_text=_("The person at the supplier who answers for the report."),
    )
    submitted_at = forms.DateTimeField(
        label=_("Received"),
        required=False,
        widget=MomentInput(),
        help_text=_("When the report reached you. Leave empty for now."),
    )
    note = forms.CharField(
        label=_("Note to this version"),
        max_length=300,
        required=False,
        help_text=_("How the answers came in, or why there is a new version."),
    )

    def __init__(self, *args: Any, questions: list[Question], draft: ReportVersion | None, **kwargs: Any) -> None:
        stored = {answer.question_id: answer for answer in draft.answers.all()} if draft else {}
        kwargs["initial"] = {
            "revision": draft.revision if draft else 0,
            "handed_in_by": draft.handed_in_by if draft else "",
            "note": draft.note if draft else "",
        }
        super().__init__(*args, questions=questions, stored=stored, **kwargs)

    def go_on_from(self, revision: int) -> None:
        """Let the form continue another revision: the person has saved it, or has been shown what it says."""
        data = cast("QueryDict", self.data).copy()
        data["revision"] = str(revision)
        self.data = data

    def clean_submitted_at(self) -> Any:
        moment = self.cleaned_data["submitted_at"]
        if moment and moment > timezone.now():
            raise forms.ValidationError(_("The report cannot have come in later than now. Correct the time."))
        return moment


def _lines(text: str) -> list[str]:
    return text.strip().splitlines()
