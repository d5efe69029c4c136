"""What can be sent from a round's page."""

from __future__ import annotations

from django import forms

from learnings.enums import RoundState


class MoveForm(forms.Form):
    to = forms.ChoiceField(choices=RoundState.choices)
