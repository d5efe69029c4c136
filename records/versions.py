"""Read what simple-history kept: the versions of a record, what changed between them, and what was deleted."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.text import capfirst
from simple_history.utils import get_history_manager_for_model, get_m2m_reverse_field_name

from accounts.models import User
from records.children import child_relations
from records.values import NOTHING, CompoundField, Labels

CREATED, CHANGED, DELETED = "+", "~", "-"
State = dict[models.Field, Any]


@dataclass(frozen=True)
class Change:
    """One field's value before and after, as people read it."""

    label: str
    old: str
    new: str


@dataclass
class Entry:
    """What was changed in a record and its inline children at one moment."""

    moment: dt.datetime
    kind: str
    by: User | None
    reason: str
    is_current: bool = False
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class Version:
    """One historical row with its values; `before` is what the same row held until then."""

    row: Any
    model: type[models.Model]
    state: State
    before: State | None
    parent_field: models.Field | None = None


def has_history(model: type[models.Model]) -> bool:
    """Tell whether simple-history tracks the model."""
    return hasattr(model._meta, "simple_history_manager_attribute")


def rows_of(model: type[models.Model], pk: Any) -> models.QuerySet:
    """Return the historical rows of one record, oldest first, also of a deleted one."""
    rows = get_history_manager_for_model(model).filter(**{model._meta.pk.attname: pk})
    return rows.order_by("history_date", "history_id")


def child_rows_of(relation: models.ManyToOneRel, pk: Any) -> models.QuerySet:
    """Return the historical rows of a record's inline children, oldest first."""
    rows = get_history_manager_for_model(relation.related_model).filter(**{relation.field.attname: pk})
    return rows.order_by("history_date", "history_id")


def current_version(record: models.Model) -> str:
    """Return what identifies the record's present version, inline children included: its newest history ids.

    The empty string for a model without history.
    """
    model = type(record)
    if not has_history(model):
        return ""
    histories = [rows_of(model, record.pk), *(child_rows_of(r, record.pk) for r in tracked_children(model))]
    return ".".join(str(rows.aggregate(newest=models.Max("history_id"))["newest"] or 0) for rows in histories)


def tracked_children(model: type[models.Model]) -> list[models.ManyToOneRel]:
    return [relation for relation in child_relations(model) if has_history(relation.related_model)]


def entries_of(model: type[models.Model], pk: Any) -> list[Entry]:
    """Return every change of a record, newest first, with its children's changes inside.

    The number of queries does not depend on the number of versions.
    """
    versions = list(_versions(model, rows_of(model, pk)))
    for relation in tracked_children(model):
        versions += _versions(relation.related_model, child_rows_of(relation, pk), relation.field)
    entries = _grouped(versions, _labels_of(versions))
    if entries and entries[0].kind != DELETED:
        entries[0].is_current = True
    return entries


def changes_since(record: models.Model, version: str) -> list[Change]:
    """Return what changed in a record after the version that somebody loaded (see `current_version`)."""
    model = type(record)
    numbers = [int(part) if part.isdigit() else 0 for part in version.split(".")]
    versions = _later(model, rows_of(model, record.pk), numbers[0])
    for relation, number in zip(tracked_children(model), numbers[1:], strict=False):
        versions += _later(relation.related_model, child_rows_of(relation, record.pk), number, relation.field)
    labels = _labels_of(versions)
    return [change for version in versions for change in _changes(version, labels)]


def changes_between(model: type[models.Model], pk: Any, *, since: dt.datetime, until: dt.datetime) -> list[Change]:
    """Return what is different in a record and its inline children between two moments of its history."""
    versions = _between(model, rows_of(model, pk), since, until)
    for relation in tracked_children(model):
        rows = child_rows_of(relation, pk)
        versions += _between(relation.related_model, rows, since, until, relation.field)
    labels = _labels_of(versions)
    return [change for version in versions for change in _changes(version, labels)]


def state_of(row: Any, model: type[models.Model]) -> State:
    """Return one historical row's values by field: columns as stored, many-to-many as ordered keys."""
    return next(iter(_states(model, [row]).values()))


def _versions(
    model: type[models.Model], rows: Iterable[Any], parent_field: models.Field | None = None
) -> Iterator[Version]:
    history = list(rows.select_related("history_user") if isinstance(rows, models.QuerySet) else rows)
    states = _states(model, history)
    before: dict[Any, State] = {}
    for row in history:
        key = getattr(row, model._meta.pk.attname)
        state = states[row.history_id]
        yield Version(row, model, state, before.get(key), parent_field)
        before[key] = state


def _later(
    model: type[models.Model], rows: models.QuerySet, number: int, parent_field: models.Field | None = None
) -> list[Version]:
    """Return each row's newest version beside the one that was loaded, when they differ."""
    by_key: defaultdict[Any, list[Version]] = defaultdict(list)
    for version in _versions(model, rows, parent_field):
        by_key[getattr(version.row, model._meta.pk.attname)].append(version)
    later = []
    for versions in by_key.values():
        loaded = [version for version in versions if version.row.history_id <= number]
        if versions[-1].row.history_id > number:
            before = loaded[-1].state if loaded and loaded[-1].row.history_type != DELETED else None
            later.append(Version(versions[-1].row, model, versions[-1].state, before, parent_field))
    return later


def _between(
    model: type[models.Model],
    rows: models.QuerySet,
    since: dt.datetime,
    until: dt.datetime,
    parent_field: models.Field | None = None,
) -> list[Version]:
    """Return each row as it was at the later moment, beside what it held at the earlier one."""
    by_key: defaultdict[Any, list[Version]] = defaultdict(list)
    for version in _versions(model, rows, parent_field):
        by_key[getattr(version.row, model._meta.pk.attname)].append(version)
    found = []
    for versions in by_key.values():
        first, last = _at(versions, since), _at(versions, until)
        if last is not None and last is not first:
            before = first.state if first is not None and first.row.history_type != DELETED else None
            found.append(Version(last.row, model, last.state, before, parent_field))
    return found


def _at(versions: list[Version], moment: dt.datetime) -> Version | None:
    return next((version for version in reversed(versions) if version.row.history_date <= moment), None)


def _states(model: type[models.Model], rows: list[Any]) -> dict[Any, State]:
    history_model = get_history_manager_for_model(model).model
    columns = [field for field in history_model.tracked_fields if not field.primary_key]
    columns = [model._meta.get_field(field.name) for field in columns]
    states: dict[Any, State] = {
        row.history_id: {field: getattr(row, field.attname) for field in columns} for row in rows
    }
    for many in history_model._history_m2m_fields:
        for row_id, keys in _many(history_model, many, states.keys()).items():
            states[row_id][many] = keys
    return states


def _many(history_model: type[models.Model], many: models.Field, row_ids: Iterable[Any]) -> dict[Any, tuple[Any, ...]]:
    links = getattr(history_model, many.name).all()
    target = links.model._meta.get_field(get_m2m_reverse_field_name(many)).attname
    found: dict[Any, list[Any]] = {row_id: [] for row_id in row_ids}
    for row_id, key in links.filter(history_id__in=found).order_by(target).values_list("history_id", target):
        found[row_id].append(key)
    return {row_id: tuple(keys) for row_id, keys in found.items()}


def _labels_of(versions: Iterable[Version]) -> Labels:
    labels = Labels()
    for version in versions:
        for state in (version.state, version.before or {}):
            for column, value in state.items():
                labels.want(column, value)
    return labels


def _grouped(versions: list[Version], labels: Labels) -> list[Entry]:
    """Join what a service wrote at one moment; the record's own row says who, why and of what kind."""
    entries: dict[dt.datetime, Entry] = {}
    own_first = sorted(versions, key=lambda version: version.parent_field is not None)
    for version in own_first:
        row = version.row
        kind = row.history_type if version.parent_field is None else CHANGED
        made = Entry(row.history_date, kind, row.history_user, row.history_change_reason or "")
        entry = entries.setdefault(row.history_date, made)
        if entry.kind == CHANGED:
            entry.changes += _changes(version, labels)
    return sorted(entries.values(), key=lambda entry: entry.moment, reverse=True)


def _changes(version: Version, labels: Labels) -> list[Change]:
    if version.parent_field is not None:
        return _child_changes(version, labels)
    if version.before is None:
        return []
    differing = [(column, old) for column, old in version.before.items() if old != version.state[column]]
    return [
        change for column, old in differing for change in _column_changes(column, old, version.state[column], labels)
    ]


def _column_changes(column: models.Field, old: Any, new: Any, labels: Labels) -> list[Change]:
    if isinstance(column, CompoundField):
        return [Change(*part) for part in column.changes(old, new, labels.text)]
    return [Change(capfirst(str(column.verbose_name)), labels.text(column, old), labels.text(column, new))]


def _child_changes(version: Version, labels: Labels) -> list[Change]:
    """Return a child's change as one line: the whole child before and after."""
    gone = version.row.history_type == DELETED
    old = _summary(version.before, version, labels) if version.before is not None else NOTHING
    new = NOTHING if gone else _summary(version.state, version, labels)
    return [Change(capfirst(str(version.model._meta.verbose_name)), old, new)] if old != new else []


def _summary(state: State, version: Version, labels: Labels) -> str:
    texts = [labels.text(column, value) for column, value in state.items() if column != version.parent_field]
    return " · ".join(text for text in texts if text != NOTHING) or NOTHING


def newest_deleted(model: type[models.Model]) -> models.QuerySet:
    """Return the last historical row of every record that is gone, the latest deletion first."""
    key = model._meta.pk.attname
    manager = get_history_manager_for_model(model)
    newest = manager.filter(**{key: models.OuterRef(key)}).order_by("-history_date", "-history_id")
    rows = manager.filter(history_type=DELETED, history_id=models.Subquery(newest.values("history_id")[:1]))
    return rows.select_related("history_user").order_by("-history_date", "-history_id")


def state_at_version(record: models.Model, version: str) -> State | None:
    """Return the record's own values in a version that somebody loaded, or None when history lacks it."""
    number = version.partition(".")[0]
    row = rows_of(type(record), record.pk).filter(history_id=int(number)).first() if number.isdigit() else None
    return state_of(row, type(record)) if row else None


def children_at(relation: models.ManyToOneRel, pk: Any, **until: Any) -> list[models.Model]:
    """Return a record's inline children as they were: `history_id__lte=`, `history_date__lte=` or `__lt=`.

    Unsaved instances with their old keys, ordered by them.
    """
    newest: dict[Any, Any] = {}
    for row in child_rows_of(relation, pk).filter(**until):
        newest[getattr(row, relation.related_model._meta.pk.attname)] = row
    return [row.instance for _key, row in sorted(newest.items()) if row.history_type != DELETED]
