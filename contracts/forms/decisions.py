"""What is asked when something is decided about an agreement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.rules import AnyUser
from contracts.enums import Party
from contracts.forms.fields import day_field, decision_field, happened_on_field, reason_field
from records.forms import limit_choices


class OptionForm(forms.Form):
    """An option is exercised or declined."""

    decided_on = happened_on_field(
        label=_("Decided on"), help_text=_("The day on which the other side was told, as the agreement asks for it.")
    )
    decision = decision_field()
    reason = reason_field(required=False)

    def __init__(self, *args: Any, user: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit_choices(self.fields, user)


class ReasonForm(forms.Form):
    """Something is taken back: history must say why."""

    reason = reason_field(error_messages={"required": _("Say why it is taken back.")})


class NoticeForm(forms.Form):
    """A contract is terminated. What the page has shown as the last day comes back with it."""

    given_on = happened_on_field(
        label=_("Notice given on"), help_text=_("The day on which the other side had the notice.")
    )
    given_by = forms.ChoiceField(label=_("Notice given by"), choices=Party.choices, widget=forms.RadioSelect)
    terminated_to = day_field(
        label=_("Last day of the contract"),
        required=False,
        help_text=_("Leave empty to use the first day that the agreed notice allows."),
    )
    reason = reason_field(required=False)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)


class SignaturesForm(forms.Form):
    by_municipality_on = happened_on_field(label=_("Signed by the municipality"), required=False)
    by_supplier_on = happened_on_field(
        label=_("Signed by the supplier"),
        required=False,
        help_text=_("Leave a day empty as long as that side has not signed."),
    )
    reason = reason_field(required=False)
