"""What can be sent from a round's pages, and the form of a question that suppliers may see already."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.widgets import DayInput
from contracts.terms import add_months
from learnings.enums import Direction, RoundState
from learnings.models import Round
from records.forms import RecordChangeForm


class MoveForm(forms.Form):
    to = forms.ChoiceField(choices=RoundState.choices)


class DirectionForm(forms.Form):
    direction = forms.ChoiceField(choices=Direction.choices)


class CorrectionForm(RecordChangeForm):
    """Once the round has opened, a new wording needs the word of whoever writes it that the meaning is the same."""

    is_correction = forms.BooleanField(label=_("Only a correction"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.round.is_draft:
            del self.fields["is_correction"]


class QuestionChangeForm(CorrectionForm):
    is_correction = forms.BooleanField(
        label=_("Only a correction"),
        required=False,
        help_text=_("The question means the same as before. Answers that were given keep the old wording."),
    )


class StatementChangeForm(CorrectionForm):
    is_correction = forms.BooleanField(
        label=_("Only a correction"), required=False, help_text=_("The statement means the same as before.")
    )


class CopyForm(forms.Form):
    """A new round from another."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    title = forms.CharField(label=_("Title"), max_length=200)
    opens_on = forms.DateField(label=_("Opens on"), widget=DayInput())
    closes_on = forms.DateField(label=_("Closes on"), widget=DayInput())

    def __init__(self, *args: Any, source: Round, **kwargs: Any) -> None:
        year = source.year + 1
        kwargs["initial"] = {
            "year": year,
            "title": source.title.replace(str(source.year), str(year)),
            "opens_on": _a_year_later(source.opens_on),
            "closes_on": _a_year_later(source.closes_on),
        }
        super().__init__(*args, **kwargs)


def _a_year_later(day: dt.date) -> dt.date:
    return add_months(day, 12)
