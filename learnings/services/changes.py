"""Save what has changed, and nothing else: saving the same again writes no history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from django.db import models

from accounts.models import User
from records.children import pending_children
from records.services import save_record

Record = TypeVar("Record", bound=models.Model)
Related = Mapping[str, Iterable[models.Model]]


def save_changed(record: Record, *, related: Related | None = None, reason: str = "", by: User | None) -> Record:
    """Save the record with its many-to-many rows and inline children, unless it already stands so in the database."""
    rows = {name: list(values) for name, values in (related or {}).items()}
    if not any(pending_children(record)) and _stands_so(record, rows):
        return record
    return save_record(record, related=rows, reason=reason, by=by)


def stored(record: Record) -> Record | None:
    """Return the record as it stands in the database, or None when it is new."""
    return type(record)._default_manager.filter(pk=record.pk).first() if record.pk else None


def _stands_so(record: models.Model, related: Mapping[str, list[models.Model]]) -> bool:
    before = stored(record)
    if before is None:
        return False
    names = [field.attname for field in record._meta.concrete_fields]
    return all(getattr(record, name) == getattr(before, name) for name in names) and all(
        {row.pk for row in rows} == set(getattr(record, name).values_list("pk", flat=True))
        for name, rows in related.items()
    )
