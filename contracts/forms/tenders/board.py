"""What is chosen on the board of tenders."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contracts.enums import Regime
from contracts.models import Tender


class BoardForm(forms.Form):
    """All fields may be empty; what makes no sense counts as not chosen."""

    TABLE = "tabel"

    responsible = forms.ModelChoiceField(
        label=_("Responsible"), queryset=User.objects.none(), required=False, empty_label=_("All")
    )
    regime = forms.ChoiceField(label=_("Procedure"), choices=[("", _("All")), *Regime.choices], required=False)
    vis = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, tenders: QuerySet[Tender]) -> None:
        super().__init__(data)
        held = tenders.order_by().values("responsible")
        self.fields["responsible"].queryset = User.objects.filter(pk__in=held).order_by("first_name", "last_name")
        self.is_valid()

    @property
    def is_table(self) -> bool:
        return self.cleaned_data.get("vis") == self.TABLE

    def filtered(self, tenders: QuerySet[Tender]) -> QuerySet[Tender]:
        chosen = {name: self.cleaned_data.get(name) for name in ("responsible", "regime")}
        return tenders.filter(**{name: value for name, value in chosen.items() if value})

    @property
    def is_filtered(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("responsible", "regime"))
