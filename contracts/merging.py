"""What a merge of suppliers does to contracts and bids: they move, unless two would then stand in the same place.

That is two contracts in a lot at once, or two bids in a tendered lot.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from contracts import terms
from contracts.models import Bid, Contract
from suppliers.merge_handlers import Merge, MergePart
from suppliers.models import Supplier
from suppliers.services import move_rows, moved_rows


class ContractsMove:
    def preview(self, loser: Supplier, survivor: Supplier) -> list[MergePart]:
        rows = Contract.objects.filter(supplier__in=[loser, survivor]).select_related("lot")
        by_supplier: defaultdict[int, list[Contract]] = defaultdict(list)
        for row in rows.order_by("number"):
            by_supplier[row.supplier_id].append(row)
        moved, present = by_supplier[loser.pk], by_supplier[survivor.pk]
        return [
            MergePart(
                label=capfirst(str(Contract._meta.verbose_name_plural)),
                moved=tuple(f"{row.number}, {row.lot}" for row in moved),
                refusals=tuple(_refusal(row, other) for row in moved for other in present if _collide(row, other)),
            )
        ]

    def merge(self, merge: Merge) -> None:
        held = Contract.objects.select_for_update().filter(supplier=merge.loser).order_by("pk")
        move_rows(held, merge=merge, to=merge.survivor)

    def undo(self, merge: Merge, *, merged_at: dt.datetime) -> None:
        rows = moved_rows(Contract, loser=merge.loser, survivor=merge.survivor, merged_at=merged_at)
        move_rows(rows, merge=merge, to=merge.loser)


class BidsMove:
    def preview(self, loser: Supplier, survivor: Supplier) -> list[MergePart]:
        rows = Bid.objects.filter(supplier__in=[loser, survivor]).select_related("tender_lot__tender").order_by("pk")
        by_supplier: defaultdict[int, list[Bid]] = defaultdict(list)
        for row in rows:
            by_supplier[row.supplier_id].append(row)
        moved = by_supplier[loser.pk]
        present = {row.tender_lot_id for row in by_supplier[survivor.pk]}
        return [
            MergePart(
                label=capfirst(str(Bid._meta.verbose_name_plural)),
                moved=tuple(f"{row.tender_lot.tender}, {row.tender_lot}" for row in moved),
                refusals=tuple(_bid_refusal(row) for row in moved if row.tender_lot_id in present),
            )
        ]

    def merge(self, merge: Merge) -> None:
        held = Bid.objects.select_for_update().filter(supplier=merge.loser).order_by("pk")
        move_rows(held, merge=merge, to=merge.survivor)

    def undo(self, merge: Merge, *, merged_at: dt.datetime) -> None:
        rows = moved_rows(Bid, loser=merge.loser, survivor=merge.survivor, merged_at=merged_at)
        move_rows(rows, merge=merge, to=merge.loser)


def _bid_refusal(row: Bid) -> str:
    return _(
        "Both have a bid in %(lot)s of “%(tender)s”, and one supplier can have only one there. Remove one of the bids first."
    ) % {"lot": row.tender_lot, "tender": row.tender_lot.tender}


def _collide(one: Contract, other: Contract) -> bool:
    return one.lot_id == other.lot_id and terms.overlap(
        one.starts_on, one.effective_ends_on, other.starts_on, other.effective_ends_on
    )


def _refusal(row: Contract, other: Contract) -> str:
    return _(
        "Contracts %(one)s and %(other)s are both in %(lot)s at the same time, and one supplier can have only one there. "
        "End one of them first."
    ) % {"one": row.number, "other": other.number, "lot": row.lot}
