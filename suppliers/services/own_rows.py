"""What a merge does to the suppliers' own room: contacts, units, and those that were merged before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from suppliers.merge_handlers import Merge, MergePart
from suppliers.models import Contact, Supplier, Unit
from suppliers.services.moving import move_rows, moved_rows


class OwnRows:
    """Contacts and units move, but for those that the survivor has already."""

    def preview(self, loser: Supplier, survivor: Supplier) -> list[MergePart]:
        return [
            *(_part(model, *_sorted_out(model, loser, survivor)) for model in (Contact, Unit)),
            MergePart(_("Merged before"), moved=tuple(str(row) for row in loser.merged.all())),
        ]

    def merge(self, merge: Merge) -> None:
        for model in (Contact, Unit):
            moved, _kept = _sorted_out(model, merge.loser, merge.survivor)
            move_rows(moved, merge=merge, to=merge.survivor)
        earlier = Supplier.objects.filter(merged_into=merge.loser).order_by("pk")
        move_rows(earlier, merge=merge, to=merge.survivor, field="merged_into")

    def undo(self, merge: Merge, *, merged_at: dt.datetime) -> None:
        for model, field in ((Contact, "supplier"), (Unit, "supplier"), (Supplier, "merged_into")):
            rows: list[Any] = moved_rows(
                model, loser=merge.loser, survivor=merge.survivor, merged_at=merged_at, field=field
            )
            move_rows(rows, merge=merge, to=merge.loser, field=field)


def _part(model: type[Contact | Unit], moved: list[Any], kept: list[Any]) -> MergePart:
    return MergePart(
        label=capfirst(str(model._meta.verbose_name_plural)),
        moved=tuple(map(str, moved)),
        kept=tuple(map(str, kept)),
        kept_why=_("The other supplier has the same already."),
    )


def _sorted_out(model: type[Contact | Unit], loser: Supplier, survivor: Supplier) -> tuple[list[Any], list[Any]]:
    """Return the rows that move and those that need not."""
    taken = _identities(model.objects.filter(supplier=survivor))
    moved: list[Any] = []
    kept: list[Any] = []
    for row in model.objects.filter(supplier=loser):
        (kept if _identities([row]) & taken else moved).append(row)
    return moved, kept


def _identities(rows: Iterable[Contact | Unit]) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for row in rows:
        own: tuple[str, ...] = (
            (row.p_number,) if isinstance(row, Unit) and row.p_number else (row.name.casefold(), _at(row))
        )
        found.add(own)
    return found


def _at(row: Contact | Unit) -> str:
    return (row.address if isinstance(row, Unit) else row.email).casefold()
