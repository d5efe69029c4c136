"""Forms of registers: what may be chosen follows `visible_to`, and an edit knows what it began from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from accounts.rules import AnyUser
from records.models import SavedView


def limit_choices(fields: dict[str, forms.Field], user: AnyUser) -> None:
    """Offer only rows that the user may see, wherever a field chooses among records."""
    for field in fields.values():
        queryset = getattr(field, "queryset", None)
        if queryset is not None and hasattr(queryset, "visible_to"):
            field.queryset = queryset.visible_to(user)  # type: ignore[attr-defined]


def write_amounts_as_people_do(fields: dict[str, forms.Field]) -> None:
    """Let decimals be typed and shown as 480.000.000,50: a browser's number field knows only its own language's."""
    for field in fields.values():
        if isinstance(field, forms.DecimalField):
            field.localize = True
            field.widget = forms.TextInput(attrs={"inputmode": "decimal"})
            field.widget.is_localized = True


class RecordForm(WagtailAdminModelForm):
    """A record's own form; `for_user` is the person who fills it in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        write_amounts_as_people_do(self.fields)
        if self.for_user is not None:
            limit_choices(self.fields, self.for_user)

    def related_rows(self) -> dict[str, Any]:
        """Return the chosen rows of plain many-to-many fields, for the service to set."""
        names = {field.name for field in self._meta.model._meta.many_to_many}
        return {name: value for name, value in self.cleaned_data.items() if name in names}


class RecordChangeForm(RecordForm):
    """The form of an edit: carries the version that it was opened on, and asks why."""

    loaded_version = forms.CharField(required=False, widget=forms.HiddenInput)
    change_reason = forms.CharField(
        label=_("Reason for the change"),
        required=False,
        max_length=100,
        help_text=_("Optional. Stands in the history beside your name."),
    )


class DeleteForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason for deleting"),
        required=False,
        max_length=100,
        help_text=_("Optional. Stands in the history beside your name."),
    )


class SavedViewForm(forms.ModelForm):
    class Meta:
        model = SavedView
        fields = ["name", "is_shared", "querystring"]
        widgets = {"querystring": forms.HiddenInput}


def add_service_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Show what a service refused: beside the field it names if the form has it, else on top."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        known = name == NON_FIELD_ERRORS or name in form.fields
        form.add_error(name if known and name != NON_FIELD_ERRORS else None, errors)
