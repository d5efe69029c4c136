"""Save and delete suppliers; one that was merged into another stays as it is."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from records.services import delete_record, save_record
from suppliers.models import Supplier


@transaction.atomic
def save_supplier(supplier: Supplier, *, reason: str = "", by: User | None) -> Supplier:
    """Save a supplier with its contacts and units. What it was merged into is `merge_suppliers`' to say.

    Raises ValidationError when it does not hold together, or was merged into another.
    """
    stored = Supplier.objects.filter(pk=supplier.pk).first() if supplier.pk else None
    if stored is not None:
        hold_current(stored)
    supplier.merged_into, supplier.merged_at = None, None  # an old version that is restored may say otherwise
    return save_record(supplier, reason=reason, by=by)


@transaction.atomic
def delete_supplier(supplier: Supplier, *, reason: str = "", by: User) -> None:
    """Delete a supplier that nothing depends on; its history stays. Raises ValidationError, also for a merged one."""
    hold_current(supplier)
    delete_record(supplier, reason=reason, by=by)


def hold_current(supplier: Supplier) -> Supplier:
    """Lock a supplier until the transaction ends and return it as it stands now.

    To be called before something new is given to a supplier: a merge at the same time waits, or has already been. Raises
    ValidationError when the supplier was merged into another.
    """
    held = Supplier.objects.select_for_update(of=("self",)).select_related("merged_into").get(pk=supplier.pk)
    if held.is_merged:
        raise ValidationError(merged_already(held))
    return held


def merged_already(supplier: Supplier) -> str:
    return _("“%(name)s” has been merged into “%(survivor)s”. Use that one instead.") % {
        "name": supplier.name,
        "survivor": supplier.survivor.name,
    }
