"""Move rows from one supplier to another in a merge, and find them again to move them back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models
from simple_history.utils import get_history_manager_for_model

from records.services import attribute_change
from suppliers.merge_handlers import Merge
from suppliers.models import Supplier

Row = TypeVar("Row", bound=models.Model)


def move_rows(rows: Iterable[models.Model], *, merge: Merge, to: Supplier, field: str = "supplier") -> None:
    """Point tracked rows at another supplier, each with an entry in history of the merge's moment, reason and actor."""
    for row in rows:
        setattr(row, field, to)
        attribute_change(row, reason=merge.reason, by=merge.by)
        row._history_date = merge.moment  # type: ignore[attr-defined]
        row.save()
        del row._history_date  # type: ignore[attr-defined]


def moved_rows(
    model: type[Row], *, loser: Supplier, survivor: Supplier, merged_at: dt.datetime, field: str = "supplier"
) -> list[Row]:
    """Return what a merge took from `loser` and what still stands at `survivor`; 3 queries.

    History knows: such a row has an entry of the merge's moment, and the one before it names the loser.
    """
    link: Any = model._meta.get_field(field)
    key, column = model._meta.pk.attname, link.attname
    history: Any = get_history_manager_for_model(model)
    moved = set(history.filter(history_date=merged_at).values_list(key, flat=True))
    earlier = history.filter(history_date__lt=merged_at, **{f"{key}__in": moved})
    before = dict(earlier.order_by("history_date", "history_id").values_list(key, column))
    keys = [pk for pk, supplier_id in before.items() if supplier_id == loser.pk]
    return list(model._base_manager.filter(**{"pk__in": keys, column: survivor.pk}).order_by("pk"))
