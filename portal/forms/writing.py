"""The form of one answer, on the page of a section and from the page's own saving alike."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from learnings.queries import Asked
from learnings.services import DraftAnswer
from portal.forms.saving import SavingForm

MAX_CHARACTERS = 20_000


class AnswerForm(SavingForm):
    """What somebody writes to a question."""

    text = forms.CharField(
        required=False,
        strip=False,
        max_length=MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 8}),
        label=_("Answer"),
        error_messages={
            "max_length": _("The answer has %(show_value)d signs and may have %(limit_value)d. Make it shorter.")
        },
    )
    reason = forms.CharField(
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        label=_("Why is the question not relevant to you?"),
        error_messages={
            "max_length": _("The reason has %(show_value)d signs and may have %(limit_value)d. Make it shorter.")
        },
    )

    @classmethod
    def of(cls, row: Asked, request: HttpRequest) -> AnswerForm:
        """Return the form of a question on its section's page, as it was sent or as it stands."""
        stored = {"text": row.text, "reason": row.reason, "revision": row.revision}
        sent: Any = request.POST if request.method == "POST" else None
        return cls(sent, initial=stored, prefix=f"s{row.question.pk}")

    @property
    def given(self) -> DraftAnswer:
        return DraftAnswer(self.cleaned_data["text"], self.cleaned_data["reason"])
