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
    theme = forms.TypedMultipleChoiceField(
        label=_("Themes"), required=False, coerce=int, empty_value=[], widget=forms.CheckboxSelectMultiple
    )
    new_theme = forms.CharField(label=_("Or a new theme"), required=False, max_length=120)
    new_parent = forms.TypedChoiceField(
        label=_("The new theme stands under"), required=False, coerce=int, empty_value=None
    )
    new_definition = forms.CharField(
        label=_("Definition"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What belongs to the theme and what does not."),
    )
    is_strong = forms.BooleanField(label=_("Strong quote"), required=False)

    def __init__(self, *args: Any, round: Round, answer: Answer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answer = answer
        self.tree = theme_tree(round)
        self._choices("theme").choices = [*map(theme_choice, self.tree)]
        self._choices("new_parent").choices = [("", _("No theme: at the top")), *map(theme_choice, self.tree)]
        place = self.data.get("place", "") if self.is_bound else ""
        self._choices("place").choices = [(place, place)] if place else []

    def _choices(self, name: str) -> forms.ChoiceField:
        return cast("forms.ChoiceField", self.fields[name])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("theme") and not given.get("new_theme"):
            self.add_error("theme", _("Choose a theme, or write the name of a new one."))
        return given

    def chosen_themes(self) -> list[Theme]:
        return [theme for theme, _depth in self.tree if theme.pk in self.cleaned_data["theme"]]

    def chosen_parent(self) -> Theme | None:
        chosen = self.cleaned_data["new_parent"]
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


def theme_choice(row: tuple[Theme, int]) -> tuple[int, str]:
    theme, depth = row
    return theme.pk, "\N{NO-BREAK SPACE}" * 4 * depth + theme.name


class MergeForm(forms.Form):
    """Which theme another is merged into: any of the code book but itself and those below it."""

    into = forms.TypedChoiceField(label=_("Merge into"), coerce=int)

    def __init__(self, *args: Any, theme: Theme, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        below = {theme.pk}
        self.offered = {}
        for row, depth in theme_tree(round):
            if row.pk in below or row.parent_id in below:
                below.add(row.pk)
            else:
                self.offered[row.pk] = (row, depth)
        choices = [("", _("Choose a theme")), *map(theme_choice, self.offered.values())]
        cast("forms.ChoiceField", self.fields["into"]).choices = choices

    def chosen(self) -> Theme:
        return self.offered[self.cleaned_data["into"]][0]
