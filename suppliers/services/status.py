"""How the cooperation with a supplier stands."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from records.services import save_record
from suppliers.enums import SupplierStatus
from suppliers.models import Supplier
from suppliers.services.saving import hold_current


@transaction.atomic
def change_status(
    supplier: Supplier,
    *,
    status: SupplierStatus,
    reason: str = "",
    since: dt.date | None = None,
    today: dt.date,
    by: User | None,
) -> Supplier:
    """Say how the cooperation stands since a day, and why; saying the same again writes nothing.

    Raises ValidationError by field when anything but the normal lacks a reason or a day, when the day has not come, and
    when the supplier was merged into another.
    """
    held = hold_current(supplier)
    reason = reason.strip()
    _check(SupplierStatus(status), reason, since, today)
    if (held.status, held.status_reason, held.status_since) == (status, reason, since):
        return held
    held.status, held.status_reason, held.status_since = SupplierStatus(status), reason, since
    return save_record(held, by=by)


def _check(status: SupplierStatus, reason: str, since: dt.date | None, today: dt.date) -> None:
    errors = {}
    if status != SupplierStatus.ACTIVE and not reason:
        errors["status_reason"] = _("Write why. It stands on top of the supplier's pages, for everybody to see.")
    if status != SupplierStatus.ACTIVE and since is None:
        errors["status_since"] = _("Write from which day.")
    if since is not None and since > today:
        errors["status_since"] = _("The day has not come yet. Write today or an earlier day.")
    if errors:
        raise ValidationError(errors)
