"""The themes that a second coder finds in an answer."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from learnings.forms.coding import theme_choice
from learnings.models import Round, Theme
from learnings.queries import theme_tree


class ReadingForm(forms.Form):
    theme = forms.TypedMultipleChoiceField(
        label=_("Themes"),
        required=False,
        coerce=int,
        empty_value=[],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick every theme that you find in the answer. None is a finding too."),
    )
    is_read = forms.BooleanField(initial=True, widget=forms.HiddenInput)

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tree = theme_tree(round)
        cast("forms.ChoiceField", self.fields["theme"]).choices = [*map(theme_choice, self.tree)]

    def chosen_themes(self) -> list[Theme]:
        return [theme for theme, _depth in self.tree if theme.pk in self.cleaned_data["theme"]]
