"""The statements about the municipality in a dress rehearsal: to be tried, and kept nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.widgets import AdminAutoHeightTextInput

from learnings.enums import Agreement
from learnings.models import EvaluationStatement


@dataclass(frozen=True)
class StatementFields:
    statement: EvaluationStatement
    score: forms.BoundField
    comment: forms.BoundField


class RatingTrialForm(forms.Form):
    def __init__(self, *args: Any, statements: Sequence[EvaluationStatement], **kwargs: Any) -> None:
        self.statements = statements
        super().__init__(*args, **kwargs)
        for statement in statements:
            self.fields[f"score_{statement.pk}"] = forms.TypedChoiceField(
                label=_("Answer"),
                required=False,
                coerce=int,
                choices=[*Agreement.choices, ("", _("Don't know, or not relevant"))],
                widget=forms.RadioSelect,
            )
            self.fields[f"comment_{statement.pk}"] = forms.CharField(
                label=pgettext_lazy("rating", "Comment"),
                required=False,
                max_length=1000,
                widget=AdminAutoHeightTextInput(attrs={"rows": 2}),
            )

    def rows(self) -> Iterator[StatementFields]:
        for statement in self.statements:
            yield StatementFields(statement, self[f"score_{statement.pk}"], self[f"comment_{statement.pk}"])
