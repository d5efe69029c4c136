"""What a browser would post from a register's page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.test import Client


def posted(client: Client, url: str, **changes: Any) -> dict[str, Any]:
    """Open a form and return its fields as they would be posted, with some of them changed."""
    return as_posted(client.get(url).context["form"]) | changes


def as_posted(form: Any) -> dict[str, Any]:
    """Return what a browser would post of a form and its children as they stand."""
    data = _values(form)
    for formset in getattr(form, "formsets", {}).values():
        data |= _values(formset.management_form)
        for child in formset.forms:
            data |= _values(child)
            data[child.add_prefix("ORDER")] = str(formset.forms.index(child) + 1)
        data[f"{formset.prefix}-TOTAL_FORMS"] = str(len(formset.forms))
    return data


def _values(form: forms.BaseForm) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if isinstance(bound.field, forms.BooleanField):
            data |= {bound.html_name: "on"} if value else {}
        elif isinstance(value, list | tuple):
            data[bound.html_name] = [str(getattr(item, "pk", item)) for item in value]
        elif value is None and bound.is_hidden:
            data[bound.html_name] = ""
        elif value is not None:
            data[bound.html_name] = str(bound.field.prepare_value(value))
    return data
