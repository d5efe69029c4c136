"""Code a passage: by marking it, or by pasting it."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from learnings.models import Answer, Round, Theme
from learnings.passages import Span, find_passage, surroundings
from learnings.queries import theme_tree


class ExcerptForm(forms.Form):
    """`start` and `end` are filled by the script when text is marked, or by the choice between several places."""

    passage = forms.CharField(
        label=_("Passage"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Mark text in the answer, or copy it from there and paste it here."),
    )
    place = forms.ChoiceField(label=_("Which one?"), required=False, widget=forms.RadioSelect)
    start = forms.IntegerField(required=False, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, widget=forms.HiddenInput)
    theme = forms.TypedChoiceField(label=_("Theme"), required=False, coerce=int, empty_value=None)
    new_theme = forms.CharField(
        label=_("Or a new theme"), required=False, max_length=120, help_text=_("Stands under the theme chosen above.")
    )
    is_strong = forms.BooleanField(label=_("Strong quote"), required=False)

    def __init__(self, *args: Any, round: Round, answer: Answer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answer = answer
        self.tree = theme_tree(round)
        self._choices("theme").choices = [("", _("Choose a theme")), *map(_choice, self.tree)]
        place = self.data.get("place", "") if self.is_bound else ""
        self._choices("place").choices = [(place, place)] if place else []

    def _choices(self, name: str) -> forms.ChoiceField:
        return cast("forms.ChoiceField", self.fields[name])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("theme") and not given.get("new_theme"):
            self.add_error("theme", _("Choose a theme, or write the name of a new one."))
        return given

    def chosen_theme(self) -> Theme | None:
        chosen = self.cleaned_data["theme"]
        return next((theme for theme, _depth in self.tree if theme.pk == chosen), None)

    def span(self) -> Span | None:
        """Return the place that was chosen or marked; None when the passage is to be found.

        A place counts only while it says what the passage says: somebody may have changed the passage since.
        """
        start, _dash, end = self.cleaned_data.get("place", "").partition("-")
        marked = (self.cleaned_data.get("start"), self.cleaned_data.get("end"))
        chosen = (int(start), int(end)) if start.isdigit() and end.isdigit() else marked
        places = find_passage(self.answer.text, self.cleaned_data["passage"])
        return next((place for place in places if place == chosen), None)

    def ask_which(self, spans: list[Span]) -> None:
        """Offer the places where the passage stands, each with what surrounds it."""
        self._choices("place").choices = [
            (f"{span[0]}-{span[1]}", surroundings(self.answer.text, span)) for span in spans
        ]

    @property
    def is_asking(self) -> bool:
        return bool(self._choices("place").choices)


def _choice(row: tuple[Theme, int]) -> tuple[int, str]:
    theme, depth = row
    return theme.pk, "\N{NO-BREAK SPACE}" * 4 * depth + theme.name
