"""Forms of registers: what may be chosen follows `visible_to`, and an edit knows what it began from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import (
    WagtailAdminModelForm,
    WagtailAdminModelFormMetaclass,
    register_form_field_override,
)
from wagtail.admin.panels import get_form_for_model

from accounts.rules import AnyUser
from accounts.widgets import DayInput, MomentInput
from records.models import SavedView
from records.querysets import offered

# Of every model's form in the back office; Wagtail asks when a form class is made.
register_form_field_override(models.DateField, override={"widget": DayInput})
register_form_field_override(models.DateTimeField, override={"widget": MomentInput})


def limit_choices(fields: dict[str, forms.Field], user: AnyUser) -> None:
    """Offer only what the user may see and choose, wherever a field chooses among records."""
    for field in fields.values():
        queryset = getattr(field, "queryset", None)
        if queryset is not None and hasattr(queryset, "visible_to"):
            field.queryset = offered(queryset, user)  # type: ignore[attr-defined]


def write_amounts_as_people_do(fields: dict[str, forms.Field]) -> None:
    """Let decimals be typed and shown as 480.000.000,50: a browser's number field knows only its own language's."""
    for field in fields.values():
        if isinstance(field, forms.DecimalField):
            field.localize = True
            field.widget = forms.TextInput(attrs={"inputmode": "decimal"})
            field.widget.is_localized = True


def places_of(form: forms.BaseForm) -> set[str]:
    """Return where a sentence can stand in a form: its fields and its kinds of inline rows."""
    return {*form.fields, *getattr(form, "formsets", {})}


def errors_by_place(places: Collection[str], error: ValidationError) -> dict[str, list[ValidationError]]:
    """Return what was refused by the place where it is to be read; the rest under NON_FIELD_ERRORS.

    A rule over several fields names the one where its sentence stands by its code: `violation_error_code` of a
    constraint, `code` of a ValidationError.
    """
    named = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
    found: defaultdict[str, list[ValidationError]] = defaultdict(list)
    for name, errors in named.items():
        for single in errors:
            place = single.code if name == NON_FIELD_ERRORS else name
            found[place if place in places else NON_FIELD_ERRORS].append(single)
    return found


class PlacedErrorsForm(WagtailAdminModelForm):
    """Shows what the constraints of the database refuse at the field that they name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        write_amounts_as_people_do(self.fields)

    def _update_errors(self, errors: ValidationError) -> None:
        """Django's own step between a model's validation and the form's errors."""
        super()._update_errors(ValidationError(errors_by_place(places_of(self), errors)))  # type: ignore[misc]


class RecordFormMetaclass(WagtailAdminModelFormMetaclass):
    """Inline children are written and refused as their parent is."""

    def __new__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        for options in (getattr(attrs.get("Meta"), "formsets", None) or {}).values():
            if (form := options.get("form")) is not None:  # Wagtail's own, where fields may wait until publication
                waiting = form._meta.defer_required_on_fields
                options["form"] = get_form_for_model(
                    form._meta.model, PlacedErrorsForm, defer_required_on_fields=waiting
                )
        return super().__new__(cls, name, bases, attrs)

    @classmethod
    def child_form(cls) -> type[PlacedErrorsForm]:
        return PlacedErrorsForm


class RecordForm(PlacedErrorsForm, metaclass=RecordFormMetaclass):
    """A record's own form; `for_user` is the person who fills it in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
    """Show what a service refused: beside the field or among the inline rows that it names, else on top."""
    formsets = getattr(form, "formsets", {})
    for place, errors in errors_by_place(places_of(form), error).items():
        if place in formsets:
            formsets[place].non_form_errors().extend(errors)
        else:
            form.add_error(None if place == NON_FIELD_ERRORS else place, errors)


def is_done(form: forms.BaseForm, act: Callable[[], object]) -> bool:
    """Do something and tell whether it was done; what the service refuses stands in the form."""
    try:
        act()
    except ValidationError as error:
        add_service_errors(form, error)
        return False
    return True
