"""What is asked of a file of spend, and of taking one out of use."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.rules import AnyUser
from contracts.forms.fields import day_field
from contracts.models import SpendDelivery
from contracts.services.spend.parsing import SHEET
from records.sheets.forms import SheetForm


class SpendForm(SheetForm):
    advice = SHEET.advice

    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=200,
        help_text=gettext_lazy("The system that the amounts come from."),
        widget=forms.TextInput(attrs={"list": "known-sources"}),
    )
    extracted_on = day_field(
        label=gettext_lazy("Extracted on"), help_text=gettext_lazy("The day the amounts were drawn from the source.")
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What whoever uses the figures should know."),
    )

    def __init__(self, *args: Any, user: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("CSV or XLSX with a row for each contract and month.")
        visible = SpendDelivery.objects.visible_to(user)
        self.sources = sorted(set(visible.order_by().values_list("source", flat=True)))

    def clean_extracted_on(self) -> Any:
        day = self.cleaned_data["extracted_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(
                _("The extraction date lies in the future. Write the day the figures were drawn.")
            )
        return day


class WithdrawSpendForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason for withdrawal"),
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Whoever meets the delivery will be told, e.g. “Figures for January are missing”."),
        error_messages={"required": gettext_lazy("Say why the delivery is withdrawn.")},
    )
