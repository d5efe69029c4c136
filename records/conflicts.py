"""Two people editing the same record: find out, and put the second one's text into the record as it is now."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import QueryDict

from records.children import child_relations, pending_children
from records.forms import RecordChangeForm
from records.versions import State, children_at, current_version, state_at_version, tracked_children


def merge(form: RecordChangeForm, fresh: models.Model) -> dict[str, Any]:
    """Carry what the person changed over to the record as it is now, and leave the rest as the other left it.

    Changes `fresh` in memory only; returns the initial values that a form on it needs besides. Where both changed the
    same field, the person's own text stands in the form.
    """
    loaded = state_at_version(fresh, form.cleaned_data["loaded_version"])
    initial = {"change_reason": form.cleaned_data["change_reason"], "loaded_version": current_version(fresh)}
    for name, value in form.cleaned_data.items():
        field = _column(type(fresh), name)
        if field is None or not _is_mine(field, value, loaded):
            continue
        if field.many_to_many:
            initial[name] = list(value)
        else:
            setattr(fresh, name, value)
    _merge_children(form, fresh)
    return initial


def without_gone_children(data: QueryDict, record: models.Model, *, prefix: str = "") -> QueryDict:
    """Return posted data in which a child that somebody else deleted meanwhile counts as a new one."""
    data = data.copy()
    for relation in child_relations(type(record)):
        name, key = relation.get_accessor_name(), relation.related_model._meta.pk.name
        present = {str(child.pk) for child in getattr(record, name).all()}
        name = f"{prefix}-{name}" if prefix else name
        for index in range(int(data.get(f"{name}-TOTAL_FORMS") or 0)):
            posted = f"{name}-{index}-{key}"
            if data.get(posted) and data[posted] not in present:
                data[posted] = ""
    return data


def _column(model: type[models.Model], name: str) -> Any:
    """Return the model's field of that name, or None for the form's own fields."""
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _is_mine(field: models.Field, value: Any, loaded: State | None) -> bool:
    if loaded is None or field not in loaded:
        return True
    if field.many_to_many:
        return sorted(row.pk for row in value) != sorted(loaded[field])
    stored = value.pk if isinstance(value, models.Model) else value
    return _comparable(stored) != _comparable(loaded[field])


def _comparable(value: Any) -> Any:
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _merge_children(form: RecordChangeForm, fresh: models.Model) -> None:
    numbers = form.cleaned_data["loaded_version"].split(".")[1:]
    seen = dict(zip(tracked_children(type(fresh)), numbers, strict=False))
    posted = form.save(commit=False)
    for relation, rows in list(pending_children(posted)):
        number = seen.get(relation, "")
        loaded = children_at(relation, fresh.pk, history_id__lte=int(number)) if number.isdigit() else []
        if _contents(relation, rows) == _contents(relation, loaded):
            continue
        manager = getattr(fresh, relation.get_accessor_name())
        present = set(manager.values_list("pk", flat=True))
        for row in rows:
            if row.pk not in present:
                row.pk = None
        manager.set(rows)


def _contents(relation: models.ManyToOneRel, rows: list[models.Model]) -> set[tuple[Any, ...]]:
    names = [field.attname for field in relation.related_model._meta.concrete_fields if field != relation.field]
    return {tuple(_comparable(getattr(row, name)) for name in names) for row in rows}
