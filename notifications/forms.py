"""What a person says about their own notices."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.widgets import DayInput
from notifications.enums import MailFrequency, NoticeState
from notifications.kinds import all_kinds
from notifications.models import Preference

STEPS = (1, 7)


class SnoozeForm(forms.Form):
    """Put off by some days, or until a day: whichever button was pressed."""

    days = forms.TypedChoiceField(
        choices=[(step, step) for step in STEPS], coerce=int, empty_value=None, required=False
    )
    until = forms.DateField(label=_("until the day"), required=False, widget=DayInput)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("days"):
            cleaned["until"] = self.today + dt.timedelta(days=cleaned["days"])
        if not self.errors and not cleaned.get("until"):
            raise ValidationError(_("Choose the day until which the reminder is to be put off."))
        return cleaned


class PreferenceForm(forms.Form):
    frequency = forms.ChoiceField(
        label=_("Mail about reminders"), choices=MailFrequency.choices, widget=forms.RadioSelect
    )
    muted_kinds = forms.MultipleChoiceField(
        label=_("No mail about"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["muted_kinds"]
        field.choices = [(kind.code, kind.label) for kind in all_kinds() if kind.can_be_switched_off]  # type: ignore[attr-defined]
        if not field.choices:  # type: ignore[attr-defined]
            del self.fields["muted_kinds"]

    @classmethod
    def of(cls, preference: Preference) -> PreferenceForm:
        return cls(initial={"frequency": preference.frequency, "muted_kinds": preference.muted_kinds})


class NoticeFilterForm(forms.Form):
    """What the address says of the list; what it does not understand counts as not said."""

    tilstand = forms.ChoiceField(choices=NoticeState.choices, required=False)
    slags = forms.CharField(required=False)

    @property
    def state(self) -> NoticeState:
        self.full_clean()
        return NoticeState(self.cleaned_data.get("tilstand") or NoticeState.OPEN)

    @property
    def kind(self) -> str:
        self.full_clean()
        kind = self.cleaned_data.get("slags") or ""
        return kind if kind in {known.code for known in all_kinds()} else ""
