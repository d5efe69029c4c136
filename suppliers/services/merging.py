"""Two entries of the same supplier become one; what is history keeps the old one's name."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import User
from records.services import attribute_change
from suppliers.merge_handlers import Merge, MergePart, handlers
from suppliers.models import Supplier
from suppliers.services.saving import merged_already

LONGEST_REASON = 100  # what history has room for


@transaction.atomic
def merge_suppliers(loser: Supplier, *, into: Supplier, reason: str, by: User | None) -> Supplier:
    """Merge a supplier into another and return the survivor.

    Current records move, each with an entry in history of the same moment; what was said and counted keeps the old id,
    which resolves to the survivor. Raises ValidationError without a reason, when one of the two is merged already, and
    with the sentences of whatever room refuses.
    """
    loser, into = _hold_both(loser, into)
    if not reason.strip():
        raise ValidationError({"reason": _("Write why the two are the same.")})
    _check_apart(loser, into)
    refusals = [refusal for part in preview_merge(loser, into=into) for refusal in part.refusals]
    if refusals:
        raise ValidationError(refusals)
    moment = timezone.now()
    text = _("Merged from %(name)s: %(reason)s") % {"name": loser.name, "reason": reason.strip()}
    merge = Merge(loser, into, moment, Truncator(text).chars(LONGEST_REASON), by)
    for handler in handlers():
        handler.merge(merge)
    loser.merged_into, loser.merged_at = into, moment
    _write(loser, merge, reason=Truncator(reason.strip()).chars(LONGEST_REASON))
    _write(into, merge, reason=merge.reason)
    return into


@transaction.atomic
def undo_merge(loser: Supplier, *, reason: str = "", by: User | None) -> Supplier:
    """Make a merged supplier stand for itself again, and move back what still stands where the merge put it.

    What came to the survivor afterwards stays there, as does what somebody has moved since. Raises ValidationError when
    the supplier is not merged, and with the sentences of whatever room refuses.
    """
    survivor = Supplier.objects.get(pk=loser.pk).survivor
    loser, survivor = _hold_both(loser, survivor)
    if loser.merged_into_id != survivor.pk or loser.merged_at is None:
        raise ValidationError(_("“%(name)s” is not merged into another supplier.") % {"name": loser.name})
    merged_at = loser.merged_at
    text = _("Merge undone: %(name)s. %(reason)s") % {"name": loser.name, "reason": reason.strip()}
    merge = Merge(loser, survivor, timezone.now(), Truncator(text.strip()).chars(LONGEST_REASON), by)
    loser.merged_into, loser.merged_at = None, None
    _write(loser, merge, reason=merge.reason)
    for handler in handlers():
        handler.undo(merge, merged_at=merged_at)
    _write(survivor, merge, reason=merge.reason)
    return loser


def preview_merge(loser: Supplier, *, into: Supplier) -> list[MergePart]:
    """Return what a merge would do, room by room, without doing it."""
    return [part for handler in handlers() for part in handler.preview(loser, into)]


def _hold_both(loser: Supplier, into: Supplier) -> tuple[Supplier, Supplier]:
    """Lock the register of suppliers in the order of their ids, and return both as they stand.

    All of it, because a merge also writes those merged earlier into the two, and another merge decides meanwhile who they
    are: two that held only their own would wait for each other for ever. Records that merely name a supplier may be saved.
    """
    held = {row.pk: row for row in Supplier.objects.select_for_update(no_key=True).order_by("pk")}
    return held[loser.pk], held[into.pk]


def _check_apart(loser: Supplier, into: Supplier) -> None:
    if loser.pk == into.pk:
        raise ValidationError(_("A supplier cannot be merged into itself. Choose the other one."))
    for supplier in (loser, into):
        if supplier.is_merged:
            raise ValidationError(merged_already(supplier))


def _write(supplier: Supplier, merge: Merge, *, reason: str) -> None:
    attribute_change(supplier, reason=reason, by=merge.by)
    supplier._history_date = merge.moment
    supplier.save()
    del supplier._history_date
