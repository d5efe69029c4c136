"""Write many tracked rows in few queries, each with its own entry in history. Nothing goes past history here.

Rows are not validated: they come from a rule, not from a person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import models, router, transaction
from django.utils import timezone
from simple_history.utils import (
    bulk_create_with_history,
    bulk_update_with_history,
    get_history_manager_for_model,
)

from accounts.models import User
from records.versions import DELETED

Record = TypeVar("Record", bound=models.Model)
BATCH = 1000


def create_many(
    rows: Sequence[Record], *, reason: str = "", moment: dt.datetime | None = None, by: User | None
) -> list[Record]:
    """Insert rows of one model, with who made them and why. What has one `moment` is read as one change."""
    if not rows:
        return []
    return bulk_create_with_history(rows, type(rows[0]), batch_size=BATCH, **_attributed(reason, moment, by))


def update_many(
    rows: Sequence[models.Model],
    fields: Sequence[str],
    *,
    reason: str = "",
    moment: dt.datetime | None = None,
    by: User | None,
) -> None:
    """Write these fields of rows of one model, with who changed them and why. What has one `moment` is read as one change."""
    if rows:
        bulk_update_with_history(rows, type(rows[0]), fields, batch_size=BATCH, **_attributed(reason, moment, by))


def _attributed(reason: str, moment: dt.datetime | None, by: User | None) -> dict[str, Any]:
    return {"default_user": by, "default_change_reason": reason or None, "default_date": moment}


def delete_many(rows: Sequence[models.Model], *, reason: str = "", by: User | None) -> None:
    """Delete rows that nothing points at, with who deleted them and why.

    The database refuses rows that others depend on (IntegrityError): nothing cascades.
    """
    if rows:
        with transaction.atomic():
            _write_deletions(rows, reason=reason, by=by)
            _delete(rows)


def _write_deletions(rows: Sequence[models.Model], *, reason: str, by: User | None) -> None:
    """Write what simple-history has no function for: the last entries of many rows."""
    manager = get_history_manager_for_model(type(rows[0]))
    columns = [field.attname for field in manager.model.tracked_fields]
    facts = {
        "history_date": timezone.now(),
        "history_user": by,
        "history_change_reason": reason or None,
        "history_type": DELETED,
    }
    entries = [manager.model(**facts, **{name: getattr(row, name) for name in columns}) for row in rows]
    manager.bulk_create(entries, batch_size=BATCH)


def _delete(rows: Sequence[models.Model]) -> None:
    """Delete past Django's collector, which would call simple-history for one row at a time, without a name."""
    model = type(rows[0])
    for start in range(0, len(rows), BATCH):
        found = model._base_manager.filter(pk__in=[row.pk for row in rows[start : start + BATCH]])
        found._raw_delete(router.db_for_write(model))
