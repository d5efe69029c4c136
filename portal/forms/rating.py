"""The form of one rating of the municipality, on its page and from the page's own saving alike."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from learnings.enums import Agreement
from learnings.queries import RatingRow
from learnings.services import DraftRating
from portal.forms.saving import SavingForm


class RatingForm(SavingForm):
    """What somebody says to a statement; `was` is what stood there when they began.

    A form without JavaScript sends every statement of the page: one that stands as it stood is none of the sender's changes.
    """

    score = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        choices=[*Agreement.choices, ("", _("Don't know, or not relevant"))],
        widget=forms.RadioSelect,
        label=_("Answer"),
        error_messages={"invalid_choice": _("Choose one of the answers.")},
    )
    comment = forms.CharField(
        required=False,
        strip=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        label=_("Comment"),
        error_messages={
            "max_length": _("The comment has %(show_value)d signs and may have %(limit_value)d. Make it shorter.")
        },
    )
    was_score = forms.CharField(widget=forms.HiddenInput, required=False)
    was_comment = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    @classmethod
    def of(cls, row: RatingRow, request: HttpRequest) -> RatingForm:
        """Return the form of a statement, as it was sent or as it stands."""
        score = "" if row.score is None else str(row.score)
        stored = {"score": score, "comment": row.comment, "revision": row.revision}
        stored |= {"was_score": score, "was_comment": row.comment}
        sent: Any = request.POST if request.method == "POST" else None
        return cls(sent, initial=stored, prefix=f"v{row.statement.pk}")

    @property
    def given(self) -> DraftRating:
        return DraftRating(self.cleaned_data["score"], self.cleaned_data["comment"])

    @property
    def is_touched(self) -> bool:
        """Tell whether the sender has changed what stood there when the page was opened."""
        given = self.cleaned_data
        score = "" if given["score"] is None else str(given["score"])
        return (score, _lines(given["comment"])) != (given["was_score"], _lines(given["was_comment"]))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
