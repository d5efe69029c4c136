"""Who wins, and what contracts are called."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.forms.fields import day_field
from contracts.queries.awards import LONGEST_NUMBER, AwardPlan, PlannedContract
from records.forms import write_amounts_as_people_do


class WinnersForm(forms.Form):
    """The bids that win, of all lots at once."""

    winners = forms.TypedMultipleChoiceField(required=False, coerce=int, widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=100,
        help_text=_("Only when a better ranked bid is not chosen. Stands in the history beside your name."),
    )

    def __init__(self, *args: Any, bids: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["winners"].choices = [(key, key) for key in bids]


class ContractForm(forms.Form):
    """The number and the value of one contract that the award makes."""

    number = forms.CharField(label=_("Contract number"), max_length=LONGEST_NUMBER)
    value_dkk = forms.DecimalField(
        label=_("Value in DKK"), required=False, min_value=0, max_digits=14, decimal_places=2
    )

    def __init__(self, *args: Any, planned: PlannedContract, **kwargs: Any) -> None:
        initial = {"number": planned.number, "value_dkk": planned.value_dkk}
        super().__init__(*args, prefix=f"bid-{planned.bid.pk}", initial=initial, **kwargs)
        write_amounts_as_people_do(self.fields)
        self.planned = planned
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}: {planned.bid.supplier}"


class AwardForm(forms.Form):
    """The day of the award, and a form for each contract."""

    on = day_field(label=_("Day of the award"))

    def __init__(self, data: Any = None, *, plan: AwardPlan, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.contracts = [ContractForm(data, planned=planned) for planned in plan.contracts if not planned.is_made]

    def is_valid(self) -> bool:
        refused = [form for form in self.contracts if not form.is_valid()]
        return super().is_valid() and not refused

    @property
    def numbers(self) -> dict[int, str]:
        return {form.planned.bid.pk: form.cleaned_data["number"] for form in self.contracts}

    @property
    def values(self) -> dict[int, Decimal | None]:
        return {form.planned.bid.pk: form.cleaned_data["value_dkk"] for form in self.contracts}
