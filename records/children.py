"""Inline children of a record: rows that are edited and saved together with their parent."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from modelcluster.models import get_all_child_relations


def child_relations(model: type[models.Model]) -> list[models.ManyToOneRel]:
    """Return the relations whose rows are edited inside this model's own form."""
    return list(get_all_child_relations(model))


def pending_children(record: models.Model) -> Iterator[tuple[models.ManyToOneRel, list[models.Model]]]:
    """Yield each relation whose rows were set on the record but are not saved yet, with those rows."""
    pending = getattr(record, "_cluster_related_objects", {})
    for relation in child_relations(type(record)):
        if (name := relation.get_accessor_name()) in pending:
            yield relation, list(pending[name])


def check_children(record: models.Model) -> None:
    """Raise ValidationError when a pending child does not hold together, apart from its link to the parent."""
    for relation, rows in pending_children(record):
        for row in rows:
            try:
                row.full_clean(exclude={relation.field.name}, validate_unique=False, validate_constraints=False)
            except ValidationError as error:
                problems = [f"{row._meta.verbose_name}: {text}" for text in error.messages]
                raise ValidationError({relation.get_accessor_name(): problems}) from error


def attribute_children(record: models.Model) -> None:
    """Give pending children the parent's actor, reason and moment; children that did not change get no entry."""
    for relation, rows in pending_children(record):
        stored = _stored(relation, record)
        for row in rows:
            _attribute(row, record)
            if row.pk in stored and _same(row, stored[row.pk]):
                row.skip_history_when_saving = True  # type: ignore[attr-defined]
        _delete_gone(stored, rows, record)
        _make_room(relation, stored, rows)


def delete_children(record: models.Model) -> None:
    """Delete a record's inline children in its name and moment, before the database cascades without a name."""
    for relation in child_relations(type(record)):
        _delete_gone(_stored(relation, record), [], record)


def _stored(relation: models.ManyToOneRel, record: models.Model) -> dict[object, models.Model]:
    if record._state.adding:
        return {}
    rows = relation.related_model._default_manager.filter(**{relation.field.name: record.pk})
    return {row.pk: row for row in rows}


def _delete_gone(stored: dict[object, models.Model], rows: list[models.Model], record: models.Model) -> None:
    """Delete children that were taken away before modelcluster does it without a name."""
    kept = {row.pk for row in rows}
    for key, row in stored.items():
        if key not in kept:
            _attribute(row, record)
            row.delete()


def _make_room(relation: models.ManyToOneRel, stored: dict[object, models.Model], rows: list[models.Model]) -> None:
    """Move numbers out of the way when children swap them: they are saved one by one, and each number is unique.

    Nobody sees the parked numbers outside the transaction, so they are no part of history.
    """
    for name in _unique_numbers(relation):
        moved = [row.pk for row in rows if row.pk in stored and getattr(row, name) != getattr(stored[row.pk], name)]
        room = max((getattr(row, name) or 0 for row in [*rows, *stored.values()]), default=0) + 1
        relation.related_model._base_manager.filter(pk__in=moved).update(**{name: F(name) + room})


def _unique_numbers(relation: models.ManyToOneRel) -> list[str]:
    """Return the whole-number fields that are unique among a parent's children."""
    model = relation.related_model
    pairs = [set(unique.fields) for unique in model._meta.constraints if isinstance(unique, models.UniqueConstraint)]
    names = [pair - {relation.field.name} for pair in pairs if relation.field.name in pair and len(pair) == 2]
    fields = [model._meta.get_field(name) for (name,) in names]
    return [field.name for field in fields if isinstance(field, models.IntegerField)]


def _attribute(row: models.Model, record: models.Model) -> None:
    for name in ("_history_user", "_change_reason", "_history_date"):
        setattr(row, name, getattr(record, name))


def _same(row: models.Model, stored: models.Model) -> bool:
    fields = [field.attname for field in row._meta.concrete_fields]
    return all(getattr(row, name) == getattr(stored, name) for name in fields)
