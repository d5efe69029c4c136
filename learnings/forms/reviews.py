"""Send a report back with comments, give more time, and note what was discussed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from accounts.widgets import DayInput
from learnings.models import Answer, Discussion, Question
from records.forms import RecordChangeForm


class SendBackForm(forms.Form):
    """A message, and a comment beside each answer that is to be changed."""

    message = forms.CharField(
        label=_("Message to the supplier"),
        required=False,
        max_length=2000,
        widget=AdminAutoHeightTextInput(attrs={"rows": 3}),
        help_text=_("Stands on top of the report when the supplier opens it."),
    )

    def __init__(self, *args: Any, answers: list[Answer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_question = {answer.question: answer for answer in answers}
        for question in self.by_question:
            self.fields[f"comment_{question.pk}"] = forms.CharField(
                label=_("What is to be changed"),
                required=False,
                max_length=2000,
                widget=AdminAutoHeightTextInput(attrs={"rows": 2}),
            )

    def rows(self) -> Iterator[tuple[Answer, forms.BoundField]]:
        """Yield each answer with the field of its comment."""
        for question, answer in self.by_question.items():
            yield answer, self[f"comment_{question.pk}"]

    def comments(self) -> dict[Question, str]:
        return {question: self.cleaned_data[f"comment_{question.pk}"] for question in self.by_question}


class ExtensionForm(forms.Form):
    until = forms.DateField(label=_("New last day"), widget=DayInput())
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("Stands in the history, and in the overview of the round.")
    )


class DiscussionForm(RecordChangeForm):
    class Meta:
        model = Discussion
        fields = ["held_on", "participants", "focus_points", "adjustments"]
        widgets = {
            "focus_points": AdminAutoHeightTextInput(attrs={"rows": 4}),
            "adjustments": AdminAutoHeightTextInput(attrs={"rows": 4}),
        }
