"""Write and remove records so that history knows who and why."""

from __future__ import annotations

from typing import TypeVar

from django.db import models, transaction

from accounts.models import User

Record = TypeVar("Record", bound=models.Model)


@transaction.atomic
def save_record(record: Record, *, reason: str = "", by: User | None) -> Record:
    """Validate and save a record with its actor and reason in history.

    Raises ValidationError when the record does not hold together. `by` is None for the system itself (example data,
    imports by command).
    """
    record.full_clean()
    attribute_change(record, reason=reason, by=by)
    record.save()
    return record


@transaction.atomic
def delete_record(record: Record, *, reason: str = "", by: User) -> None:
    """Delete a record; its history stays, with who deleted it and why."""
    attribute_change(record, reason=reason, by=by)
    record.delete()


def attribute_change(record: models.Model, *, reason: str, by: User | None) -> None:
    """Tell simple-history who makes the next change of this record, and why."""
    record._history_user = by  # type: ignore[attr-defined]
    record._change_reason = reason or None  # type: ignore[attr-defined]
