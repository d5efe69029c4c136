"""What a list of deadlines is limited to. What the address says wrongly counts as not said."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.widgets import DayInput
from contracts.deadlines import DeadlineKind, Stage
from contracts.models import FrameworkAgreement
from contracts.queries.deadline_rows import ORDERS, Choice
from contracts.queries.deadlines import Scope
from suppliers.models import Supplier

# How far ahead the list looks when nothing is said.
HORIZON = dt.timedelta(days=365)
FARTHEST = dt.date(2199, 12, 31)


class DeadlineFilterForm(forms.Form):
    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    kind = forms.MultipleChoiceField(
        label=_("Kind"), required=False, choices=DeadlineKind.choices, widget=forms.CheckboxSelectMultiple
    )
    stage = forms.MultipleChoiceField(
        label=_("Where it stands"), required=False, choices=Stage.choices, widget=forms.CheckboxSelectMultiple
    )
    framework = forms.ModelChoiceField(
        label=_("Framework agreement"),
        required=False,
        queryset=FrameworkAgreement.objects.none(),
        empty_label=_("All"),
    )
    supplier = forms.ModelChoiceField(
        label=_("Supplier"), required=False, queryset=Supplier.objects.none(), empty_label=_("All")
    )
    responsible = forms.ModelChoiceField(
        label=_("Responsible"), required=False, queryset=User.objects.none(), empty_label=_("All")
    )
    since = forms.DateField(label=_("From"), required=False, widget=DayInput())
    until = forms.DateField(
        label=_("To"),
        required=False,
        widget=DayInput(),
        help_text=_("Empty: a year from today."),
    )
    ordering = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.today = user, today
        self._offer("framework", FrameworkAgreement.objects.visible_to(user).order_by("name"))
        self._offer("supplier", Supplier.objects.visible_to(user).filter(contracts__isnull=False).distinct())
        self._offer("responsible", User.objects.municipal().filter(is_active=True))
        self.full_clean()

    def _offer(self, name: str, rows: QuerySet) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    @property
    def scope(self) -> Scope:
        framework, supplier = self._chosen("framework"), self._chosen("supplier")
        return Scope(self.user, framework_id=framework and framework.pk, supplier_id=supplier and supplier.pk)

    @property
    def last_day(self) -> dt.date:
        return min(self._chosen("until") or self.today + HORIZON, FARTHEST)

    @property
    def choice(self) -> Choice:
        responsible = self._chosen("responsible")
        return Choice(
            kinds=frozenset(self._chosen("kind") or ()),
            stages=frozenset(self._chosen("stage") or ()),
            owner_id=responsible and responsible.pk,
            since=self._chosen("since"),
            words=(self._chosen("q") or "").casefold(),
        )

    @property
    def order(self) -> str:
        ordering = self._chosen("ordering") or ""
        return ordering if ordering.removeprefix("-") in ORDERS else "due_on"

    @property
    def is_limited(self) -> bool:
        """Tell whether anything is chosen besides the order."""
        return self.is_narrowed or bool(self._chosen("since") or self._chosen("until"))

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything is chosen besides the order and the period."""
        return any(self._chosen(name) for name in ("q", "kind", "stage", "framework", "supplier", "responsible"))

    def _chosen(self, name: str) -> Any:
        return self.cleaned_data.get(name)
