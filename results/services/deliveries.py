"""Take a delivery out of use, and put it back."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from records.services import save_record
from results.models import Delivery


@transaction.atomic
def withdraw_delivery(delivery: Delivery, *, reason: str, by: User) -> Delivery:
    """Take a delivery out of use: its figures count no longer, and what it replaced counts again.

    Documents already rendered keep their figures. Raises ValidationError without a reason, or when it is withdrawn.
    """
    delivery = _locked(delivery)
    reason = reason.strip()
    if not reason:
        raise ValidationError(_("Say why the delivery is withdrawn. Whoever meets its figures will be told."))
    if delivery.is_withdrawn:
        raise ValidationError(_("The delivery is already withdrawn. Reload the page to see by whom and why."))
    delivery.withdrawn_at, delivery.withdrawn_by, delivery.withdrawal_reason = timezone.now(), by, reason
    return save_record(delivery, reason=reason, by=by)


@transaction.atomic
def reinstate_delivery(delivery: Delivery, *, by: User) -> Delivery:
    """Undo a withdrawal. Raises ValidationError when it is not withdrawn, or the file has been imported again since."""
    delivery = _locked(delivery)
    if not delivery.is_withdrawn:
        raise ValidationError(_("The delivery is not withdrawn. Reload the page."))
    again = Delivery.objects.filter(sha256=delivery.sha256, withdrawn_at=None).first()
    if again is not None:
        raise ValidationError(
            _("The same file has been imported again as delivery %(id)s. Withdraw that one first.") % {"id": again.pk}
        )
    delivery.withdrawn_at = delivery.withdrawn_by = None
    delivery.withdrawal_reason = ""
    return save_record(delivery, by=by)


def _locked(delivery: Delivery) -> Delivery:
    return Delivery.objects.select_for_update().get(pk=delivery.pk)
