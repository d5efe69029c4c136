"""Write down what a supplier says of its own figures."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import is_municipal
from contracts.models import FrameworkAgreement, Lot
from records.services import delete_record, save_record
from records.sheets.personal import has_cpr
from results.models import Measure, ResultComment
from results.periods import Period
from suppliers.models import Supplier


@transaction.atomic
def save_comment(
    supplier: Supplier,
    *,
    measure: Measure,
    period: Period,
    framework: FrameworkAgreement | None = None,
    lot: Lot | None = None,
    text: str,
    said_by: str = "",
    by: User,
) -> ResultComment:
    """Save the supplier's comment on a figure, in place of the one it had; history keeps both.

    Whoever calls has made sure that the person may write for the supplier. Somebody of the municipality writes on its behalf,
    and must say who at the supplier has said it. Raises ValidationError, also for what looks like a CPR number.
    """
    Supplier.objects.select_for_update().get(pk=supplier.pk)  # two first comments at once become one
    text, said_by, is_on_behalf = text.strip(), said_by.strip(), is_municipal(by)
    _check(text, said_by, is_on_behalf=is_on_behalf)
    what = {
        "supplier": supplier,
        "measure": measure,
        "period_start": period.start,
        "period_end": period.end,
        "framework": lot.framework if lot else framework,
        "lot": lot,
    }
    comment = ResultComment.objects.filter(**what).first() or ResultComment(**what)
    comment.text, comment.said_by = text, said_by
    comment.is_on_behalf, comment.written_by = is_on_behalf, by
    return save_record(comment, reason=said_by, by=by)


@transaction.atomic
def remove_comment(comment: ResultComment, *, reason: str, by: User) -> None:
    """Remove a comment; history keeps it. Raises ValidationError without a reason."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the comment is removed. It stays in the history.")})
    delete_record(comment, reason=reason.strip(), by=by)


def _check(text: str, said_by: str, *, is_on_behalf: bool) -> None:
    if not text:
        raise ValidationError({"text": _("Write what the supplier says of the figure.")})
    if has_cpr(text) or has_cpr(said_by):
        raise ValidationError({"text": _("The comment holds what looks like a CPR number. Remove it.")})
    if is_on_behalf and not said_by:
        raise ValidationError({"said_by": _("Write who at the supplier has said it, and where.")})
