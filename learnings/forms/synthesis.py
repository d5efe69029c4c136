"""Main points, recommendations and replies; the excerpts they rest on are chosen among those of the round."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from accounts.models import User
from contracts.models import Lot, TargetGroup, Tender
from learnings.enums import ReplyKind
from learnings.models import Excerpt, MainPoint, Question, Recommendation, Reply, Round, TenderInput, Theme
from learnings.queries import owing_contracts, round_excerpts
from records.forms import RecordChangeForm


@dataclass(frozen=True)
class Choice:
    excerpt: Excerpt
    is_chosen: bool


class RestingForm(RecordChangeForm):
    """A form about something that rests on excerpts, grouped by theme; outdated ones are offered only when in use."""

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.round = round
        self.all_excerpts = list(round_excerpts(round))
        self.fields["excerpts"].queryset = Excerpt.objects.of_round(round.pk)

    def groups(self) -> list[tuple[Theme, list[Choice]]]:
        """Return the excerpts to choose among, by theme."""
        chosen = {str(getattr(value, "pk", value)) for value in self["excerpts"].value() or ()}
        choices = [Choice(excerpt, str(excerpt.pk) in chosen) for excerpt in self.all_excerpts]
        offered = [choice for choice in choices if choice.is_chosen or not choice.excerpt.is_outdated]
        return [(theme, list(rows)) for theme, rows in groupby(offered, key=lambda choice: choice.excerpt.theme)]

    def chosen_excerpts(self) -> list[Excerpt]:
        return [choice.excerpt for _theme, rows in self.groups() for choice in rows if choice.is_chosen]


class MainPointForm(RestingForm):
    class Meta:
        model = MainPoint
        fields = ["question", "lot", "target_group", "heading", "text", "order", "themes", "excerpts"]
        widgets = {
            "text": AdminAutoHeightTextInput(attrs={"rows": 5}),
            "question": forms.Select,
            "lot": forms.Select,
            "target_group": forms.Select,
            "themes": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, round=round, **kwargs)
        self.fields["question"].queryset = round.questions.all()
        self.fields["question"].empty_label = _("Several questions")
        self.fields["themes"].queryset = Theme.objects.filter(code_book=round.code_book_id)
        self.fields["lot"].queryset = Lot.objects.filter(contracts__in=owing_contracts(round)).distinct()
        self.fields["target_group"].queryset = TargetGroup.objects.filter(
            lots__contracts__in=owing_contracts(round)
        ).distinct()

    def chosen_question(self) -> Question | None:
        pk = self["question"].value()
        return next((question for question in self.fields["question"].queryset if str(question.pk) == str(pk)), None)


class RecommendationForm(RestingForm):
    class Meta:
        model = Recommendation
        fields = ["heading", "text", "addressee", "addressee_name", "order", "excerpts"]
        widgets = {"text": AdminAutoHeightTextInput(attrs={"rows": 5}), "addressee": forms.Select}


class ReplyForm(RecordChangeForm):
    class Meta:
        model = Reply
        fields = ["kind", "reason", "decided_by", "decided_on"]
        widgets = {
            "kind": forms.RadioSelect,
            "reason": AdminAutoHeightTextInput(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = ReplyKind.choices  # no choice is made until one is chosen


class HandOnForm(forms.Form):
    """The tender that a recommendation is handed on to: one that is still running."""

    tender = forms.ModelChoiceField(label=_("Tender"), queryset=Tender.objects.none(), empty_label=_("Choose a tender"))

    def __init__(self, *args: Any, for_user: User, recommendation: Recommendation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = recommendation.tender_inputs.values("tender")
        tenders = Tender.objects.visible_to(for_user).running().exclude(pk__in=known)
        self.fields["tender"].queryset = tenders  # type: ignore[attr-defined]


class TenderInputForm(RecordChangeForm):
    class Meta:
        model = TenderInput
        fields = ["state", "note"]
        widgets = {"state": forms.RadioSelect, "note": AdminAutoHeightTextInput(attrs={"rows": 2})}
