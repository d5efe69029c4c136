"""Write, remove and bring back records so that history knows who and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models.deletion import ProtectedError, RestrictedError
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from accounts.models import User
from records.children import attribute_children, check_children, delete_children
from records.models import SavedView
from records.values import display
from records.versions import (
    CREATED,
    DELETED,
    children_at,
    current_version,
    has_history,
    rows_of,
    state_of,
    tracked_children,
)

Record = TypeVar("Record", bound=models.Model)
Related = Mapping[str, Iterable[models.Model]]
SaveService = Callable[..., Any]


class EditConflictError(Exception):
    """The record was changed after the form was opened."""


@transaction.atomic
def save_record(record: Record, *, related: Related | None = None, reason: str = "", by: User | None) -> Record:
    """Validate and save a record with its actor and reason in history.

    `related` holds the rows of its many-to-many fields by field name; they become part of the same entry in history.
    Inline children (`modelcluster`) that were set on the record are saved and attributed with it. Raises
    ValidationError when the record does not hold together. `by` is None for the system itself (example data, imports
    by command).
    """
    record.full_clean()
    check_children(record)
    attribute_change(record, reason=reason, by=by)
    try:
        with transaction.atomic(), _one_moment(record):
            attribute_children(record)
            _write(record, related or {})
    except IntegrityError as error:
        raise ValidationError({NON_FIELD_ERRORS: _("Two rows would be the same. Change one of them.")}) from error
    return record


def check_version(record: models.Model, loaded: str) -> None:
    """Raise EditConflictError unless the record is still the version that a form was opened on.

    To be called inside the transaction that writes: the row stays locked until the change is made.
    """
    list(type(record)._base_manager.select_for_update().filter(pk=record.pk).order_by().values_list("pk"))
    if current_version(record) != loaded:
        raise EditConflictError


@transaction.atomic
def delete_record(record: models.Model, *, reason: str = "", by: User | None) -> None:
    """Delete a record; its history stays, with who deleted it and why.

    Raises ValidationError when other records depend on it, and names some of them.
    """
    attribute_change(record, reason=reason, by=by)
    try:
        with transaction.atomic(), _one_moment(record):
            delete_children(record)
            record.delete()
    except (ProtectedError, RestrictedError) as error:
        raise ValidationError(_still_used(record, error)) from error


@transaction.atomic
def restore_record(
    model: type[Record], pk: Any, *, moment: dt.datetime, save: SaveService = save_record, by: User
) -> Record:
    """Bring a record back to what it was at a moment of its history, also when it has been deleted since.

    Restoring the deletion itself brings back what was there before it. `save` is the register's own service. Raises
    LookupError when history has nothing from then, ValidationError when the old values no longer hold together.
    """
    row = rows_of(model, pk).filter(history_date__lte=moment).last()
    if row is None:
        raise LookupError(f"no version of {model._meta.label} {pk!r} at {moment!r}")
    before = "lt" if row.history_type == DELETED and row.history_date == moment else "lte"
    until = {f"history_date__{before}": moment}
    record, related = _as_it_was(model, pk, row, rows_of(model, pk).filter(**until).last() or row)
    for relation in tracked_children(model):
        getattr(record, relation.get_accessor_name()).set(children_at(relation, pk, **until))
    reason = _("Restored from %(moment)s") % {"moment": display(moment)}
    return save(record, reason=reason, by=by, **({"related": related} if related else {}))


def _as_it_was(model: type[Record], pk: Any, row: Any, row_with_links: Any) -> tuple[Record, dict[str, Any]]:
    """Return the record with a version's columns, and its many-to-many rows; a deletion's own row has lost those."""
    record = model._base_manager.filter(pk=pk).first() or model(pk=pk)
    for column, value in state_of(row, model).items():
        if not column.many_to_many:
            setattr(record, column.attname, value)
    links = {column: keys for column, keys in state_of(row_with_links, model).items() if column.many_to_many}
    return record, {column.name: _rows(column, keys) for column, keys in links.items()}


def _rows(column: Any, keys: tuple[Any, ...]) -> models.QuerySet:
    """Return the rows that a many-to-many field pointed at, as far as they still exist."""
    return column.related_model._base_manager.filter(pk__in=keys)


def attribute_change(record: models.Model, *, reason: str, by: User | None) -> None:
    """Tell simple-history who makes the next change of this record, and why."""
    record._history_user = by  # type: ignore[attr-defined]
    record._change_reason = reason or None  # type: ignore[attr-defined]


@contextmanager
def history_held(record: models.Model) -> Iterator[None]:
    """Write no history of this record meanwhile: the last step of a change writes one entry for all of it."""
    record.skip_history_when_saving = True  # type: ignore[attr-defined]
    try:
        yield
    finally:
        del record.skip_history_when_saving  # type: ignore[attr-defined]


def mark_created(record: models.Model) -> None:
    """Call the newest entry in history the creation, when the ones before it were held."""
    if has_history(type(record)):
        created = record.history.latest()  # type: ignore[attr-defined]
        created.history_type = CREATED
        created.save(update_fields=["history_type"])


@contextmanager
def _one_moment(record: models.Model) -> Iterator[None]:
    """Date the record's entry in history and its children's alike, so that they can be read as one change."""
    record._history_date = timezone.now()  # type: ignore[attr-defined]
    try:
        yield
    finally:
        del record._history_date  # type: ignore[attr-defined]


def _write(record: models.Model, related: Related) -> None:
    is_new = record._state.adding
    if not related:
        record.save()
        return
    with history_held(record):
        if is_new:
            record.save()
        for name, rows in related.items():
            getattr(record, name).set(rows)
    record.save()
    if is_new:
        mark_created(record)


def _still_used(record: models.Model, error: ProtectedError | RestrictedError) -> str:
    users = error.protected_objects if isinstance(error, ProtectedError) else error.restricted_objects
    named = sorted(f"{user._meta.verbose_name} “{user}”" for user in list(users)[:3])
    return _(
        "“%(record)s” cannot be deleted, because %(count)d other records depend on it, among them %(users)s. "
        "Delete or change those first."
    ) % {"record": record, "count": len(users), "users": get_text_list(named, _("and"))}


@transaction.atomic
def save_view(name: str, *, register: str, querystring: str, is_shared: bool, by: User) -> SavedView:
    """Keep what a list shows under a name; one's own view of the same name in that register is replaced."""
    view, _created = SavedView.objects.update_or_create(
        owner=by, register=register, name=name, defaults={"querystring": querystring, "is_shared": is_shared}
    )
    return view


def delete_saved_view(view: SavedView) -> None:
    view.delete()
