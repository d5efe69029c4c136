"""Forms for what is more than a change of a field: status, team, merging, and its undoing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.rules import AnyUser
from accounts.widgets import DayInput
from records.forms import RecordChangeForm, RecordForm
from suppliers.enums import MemberRole, SupplierStatus
from suppliers.models import Supplier
from suppliers.services.merging import LONGEST_REASON
from suppliers.validators import bare_cvr


class CvrField(forms.CharField):
    """A CVR number as it is copied from a letter or from the CVR register: with spaces, or with DK before it."""

    def to_python(self, value: Any) -> str:
        return bare_cvr(super().to_python(value) or "")


class SupplierForm(RecordForm):
    cvr = CvrField(label=_("CVR number"), max_length=20)


class SupplierChangeForm(RecordChangeForm):
    cvr = CvrField(label=_("CVR number"), max_length=20)


def role_field() -> forms.ChoiceField:
    """Return the choice of a role, each with what it may."""
    return forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label) for role in MemberRole],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a role.")},
    )


class RoleForm(forms.Form):
    role = role_field()


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("The invitation is sent to this address, and only whoever has it can accept."),
        error_messages={
            "required": _("Write the e-mail address of whoever you invite."),
            "invalid": _("Write a whole e-mail address, such as navn@firma.dk."),
        },
    )
    role = role_field()


class StatusForm(forms.Form):
    """Carries the version that it was opened on, so that nobody overwrites what a colleague has just said."""

    status = forms.ChoiceField(label=_("Status"), choices=SupplierStatus.choices, widget=forms.RadioSelect)
    status_reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed for anything but “In cooperation”. Stands on top of the supplier's pages."),
    )
    status_since = forms.DateField(label=_("Since"), required=False, widget=DayInput())
    loaded_version = forms.CharField(required=False, widget=forms.HiddenInput)


class OtherSupplierForm(forms.Form):
    """Which other supplier is the same; a plain address, so that it can be sent to a colleague."""

    into = forms.ModelChoiceField(
        label=_("The other supplier"),
        queryset=Supplier.objects.none(),
        error_messages={
            "required": _("Choose the supplier that stays."),
            "invalid_choice": _("That supplier does not exist any more. Choose another."),
        },
    )

    def __init__(self, *args: Any, supplier: Supplier, user: AnyUser, widget: forms.Widget, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["into"]
        field.queryset = Supplier.objects.offered_to(user).exclude(pk=supplier.pk)  # type: ignore[attr-defined]
        field.widget = widget


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        help_text=_("Stands in the history of everything that moves."),
        error_messages={"required": _("Write why.")},
    )
