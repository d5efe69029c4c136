"""Edit a record on a page of our own: one form, one service, and both texts kept when two people write at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest

from records.conflicts import merge
from records.forms import RecordChangeForm, add_service_errors
from records.services import EditConflictError, check_version
from records.versions import Change, changes_since, current_version


@dataclass(frozen=True)
class Outcome:
    """A saved record, or the form to show again; `changes` are what somebody else did meanwhile."""

    form: RecordChangeForm
    is_saved: bool = False
    is_conflict: bool = False
    changes: tuple[Change, ...] = ()

    @property
    def status(self) -> int:
        return 409 if self.is_conflict else 200


def edit(
    request: HttpRequest,
    record: models.Model,
    *,
    form_class: type[RecordChangeForm],
    save: Callable[[Any], object],
    initial: Mapping[str, Any] | None = None,
    **form_kwargs: Any,
) -> Outcome:
    """Show the record's form, or save what was posted; `save` calls the service with the valid form."""
    begun_from = {**(initial or {}), "loaded_version": current_version(record) if record.pk else ""}
    form_kwargs |= {"for_user": request.user}
    if request.method != "POST":
        return Outcome(form_class(instance=record, initial=begun_from, **form_kwargs))
    form = form_class(request.POST, instance=record, initial=begun_from, **form_kwargs)
    if not form.is_valid():
        return Outcome(form)
    try:
        with transaction.atomic():
            if record.pk:
                check_version(record, form.cleaned_data["loaded_version"])
            save(form)
    except EditConflictError:
        return _conflict(record, form, form_class, form_kwargs)
    except ValidationError as error:
        add_service_errors(form, error)
        return Outcome(form)
    return Outcome(form, is_saved=True)


def _conflict(
    record: models.Model, form: RecordChangeForm, form_class: type[RecordChangeForm], form_kwargs: dict[str, Any]
) -> Outcome:
    fresh = type(record)._default_manager.get(pk=record.pk)
    changes = tuple(changes_since(fresh, form.cleaned_data["loaded_version"]))
    initial = merge(form, fresh)
    return Outcome(form_class(instance=fresh, initial=initial, **form_kwargs), is_conflict=True, changes=changes)
