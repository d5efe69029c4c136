"""What is counted, and the words that counts are put in."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from learnings.enums import Counted
from learnings.models import CountWords, Question, Round
from records.forms import RecordChangeForm


class CountChoiceForm(forms.Form):
    """Always answers with what can be counted: what an address names wrongly is left out."""

    question = forms.ChoiceField(label=_("Question"), required=False)
    by = forms.ChoiceField(
        label=_("Columns"),
        required=False,
        choices=[
            ("", _("All suppliers only")),
            ("lot", _("Each lot too")),
            ("target_group", _("Each target group too")),
        ],
    )

    reports = forms.ChoiceField(
        label=_("Reports"), required=False, choices=[*reversed(Counted.choices)], initial=Counted.HANDED_IN
    )

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {str(row.pk): row for row in round.questions.all()}
        choices = [("", _("The whole report")), *((key, row.wording) for key, row in self.questions.items())]
        cast("forms.ChoiceField", self.fields["question"]).choices = choices

    def chosen(self) -> tuple[Question | None, str, Counted]:
        """Return the question or None for all, the columns, and whose reports are counted: provisionally all of them."""
        self.is_valid()
        given = self.cleaned_data
        counted = Counted(given.get("reports") or Counted.HANDED_IN)
        return self.questions.get(given.get("question", "")), given.get("by", ""), counted


class CountWordsForm(RecordChangeForm):
    class Meta:
        model = CountWords
        fields = ["several_from_percent", "most_above_percent"]
