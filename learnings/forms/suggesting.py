"""What a person says to a suggestion."""

from __future__ import annotations

from typing import Any

from django import forms

from learnings.models import Round, Theme


class JudgeForm(forms.Form):
    theme = forms.ModelChoiceField(queryset=Theme.objects.none())
    start = forms.IntegerField(min_value=0)
    end = forms.IntegerField(min_value=1)
    verdict = forms.ChoiceField(choices=[(name, name) for name in ("accept", "dismiss", "again")])

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = Theme.objects.filter(code_book=round.code_book_id)  # type: ignore[attr-defined]
