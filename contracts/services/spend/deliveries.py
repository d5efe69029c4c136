"""Take a delivery of spend out of use, and put it back."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.models import SpendDelivery
from contracts.services.ceilings import refresh_all_ceilings
from contracts.services.spend.writing import lock_spend, settle
from records.services import save_record

REASON_LENGTH = 100  # what history has room for; the delivery has the whole


@transaction.atomic
def withdraw_spend(delivery: SpendDelivery, *, reason: str, by: User) -> SpendDelivery:
    """Take a delivery out of use: what its rows took the place of counts again.

    Raises ValidationError without a reason, or when it is withdrawn already.
    """
    lock_spend()
    delivery = SpendDelivery.objects.get(pk=delivery.pk)
    reason = reason.strip()
    if not reason:
        raise ValidationError(_("Say why the delivery is withdrawn. Whoever meets its figures will be told."))
    if delivery.withdrawn_at is not None:
        raise ValidationError(_("The delivery is already withdrawn. Reload the page to see by whom and why."))
    delivery.withdrawn_at, delivery.withdrawal_reason = timezone.now(), reason
    return _changed(delivery, reason=Truncator(reason).chars(REASON_LENGTH), by=by)


@transaction.atomic
def reinstate_spend(delivery: SpendDelivery, *, by: User) -> SpendDelivery:
    """Undo a withdrawal. Raises ValidationError when it is not withdrawn, or the file has been imported again since."""
    lock_spend()
    delivery = SpendDelivery.objects.get(pk=delivery.pk)
    if delivery.withdrawn_at is None:
        raise ValidationError(_("The delivery is not withdrawn. Reload the page."))
    again = SpendDelivery.objects.filter(sha256=delivery.sha256, withdrawn_at=None).first()
    if again is not None:
        raise ValidationError(
            _("The same file has been imported again as delivery %(id)s. Withdraw that one first.") % {"id": again.pk}
        )
    delivery.withdrawn_at, delivery.withdrawal_reason = None, ""
    return _changed(delivery, reason=_("The withdrawal is undone."), by=by)


def _changed(delivery: SpendDelivery, *, reason: str, by: User) -> SpendDelivery:
    save_record(delivery, reason=reason, by=by)
    settle(delivery)
    frameworks = delivery.rows.order_by().values_list("contract__lot__framework", flat=True).distinct()
    refresh_all_ceilings(list(frameworks), by=by)
    return delivery
