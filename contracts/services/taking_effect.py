"""Amendments that both sides have signed: each takes effect on its day."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _

from accounts.models import User
from contracts import differences
from contracts.enums import AmendmentState
from contracts.models import Amendment, Contract, FrameworkAgreement
from contracts.queries.agreed_terms import set_terms, terms_of
from contracts.queries.coming import coming, waiting_for
from contracts.services.amending import (
    become,
    check_effective,
    check_move,
    confirm,
    fresh,
    fresh_amendment,
    reason_of,
    refuse_conflicts,
    save_agreement,
)
from contracts.services.rehearsal import rehearse
from contracts.terms import DAY
from records.services import save_record

logger = logging.getLogger(__name__)


@transaction.atomic
def put_into_force(
    amendment: Amendment, *, signed_on: dt.date, document: Any = None, today: dt.date, by: User | None
) -> Amendment:
    """Sign a draft: it is merged into its agreement on the day that it takes effect, at once when that has come.

    Raises ValidationError when somebody has meanwhile changed the same terms to something else (each is named), when the
    agreement would not hold together, or when it passes a limit now and did not when it was written.
    """
    agreement = fresh(amendment.target)
    amendment = fresh_amendment(amendment)
    is_due = amendment.effective_on <= today
    state = AmendmentState.IN_FORCE if is_due else AmendmentState.AGREED
    check_move(amendment, state)
    if amendment.is_agreed:
        raise ValidationError(_("The amendment is signed already, and takes effect on its day."))
    if signed_on > today:
        raise ValidationError(
            {"signed_on": _("The day of signing lies in the future. Write the day on which both signed.")}
        )
    refuse_conflicts(amendment, terms_of(agreement) if is_due else coming(agreement, waiting_for(agreement)).terms)
    end_before = agreement.effective_ends_on
    confirm(amendment)
    changed = rehearse(become, agreement, amendment, is_strict=True, by=by)
    check_effective(amendment, changed.starts_on, before=end_before, after=changed.effective_ends_on)
    amendment.signed_on, amendment.document = signed_on, document or amendment.document
    amendment.state = state
    save_record(amendment, reason=_("Put into force") if is_due else _("Agreed"), by=by)
    _let_follow(amendment, fresh(amendment.target), by=by)
    _refuse_what_lapses(fresh(amendment.target))
    return amendment


@transaction.atomic
def bring_into_force(amendment: Amendment, *, today: dt.date, by: User | None) -> Amendment:
    """Merge an agreed amendment into its agreement when its day has come; the agreement's end and deadlines stay.

    Raises ValidationError before its day, after the agreement has ended, and when the agreement would not hold together.
    """
    agreement = fresh(amendment.target)
    amendment = fresh_amendment(amendment)
    check_move(amendment, AmendmentState.IN_FORCE)
    if amendment.effective_on > today:
        raise ValidationError(
            _("The amendment takes effect on %(day)s, and not before.")
            % {"day": formats.date_format(amendment.effective_on)}
        )
    check_effective(amendment, agreement.starts_on, before=agreement.effective_ends_on, after=None)
    refuse_conflicts(amendment, terms_of(agreement))
    amendment.state = AmendmentState.IN_FORCE
    save_record(amendment, reason=_("Took effect on its day"), by=by)
    _let_follow(amendment, agreement, by=by)
    return amendment


def bring_due_into_force(*, today: dt.date) -> int:
    """Bring every agreed amendment into force whose day has come, in the order of their days; return how many.

    Safe to run any number of times. One that cannot is left as it is, and `manage.py check_data` names it.
    """
    due = Amendment.objects.filter(state=AmendmentState.AGREED, effective_on__lte=today)
    done = 0
    for amendment in due.select_related("contract", "framework").order_by("effective_on", "number", "pk"):
        try:
            bring_into_force(amendment, today=today, by=None)
        except ValidationError as error:
            logger.warning("Amendment %s cannot come into force: %s", amendment.pk, "; ".join(error.messages))
        else:
            done += 1
    return done


@transaction.atomic
def take_back_agreed(amendment: Amendment, *, reason: str, by: User | None) -> Amendment:
    """Make an agreed amendment a draft again, before it takes effect; raises ValidationError when a later one builds on it."""
    agreement = fresh(amendment.target)
    amendment = fresh_amendment(amendment)
    if not amendment.is_agreed:
        raise ValidationError(
            _("The amendment is already %(state)s. Open the page again to see it.")
            % {"state": amendment.get_state_display().lower()}
        )
    amendment.state, amendment.signed_on = AmendmentState.DRAFT, None
    save_record(amendment, reason=reason, by=by)
    agreement = save_agreement(agreement, reason=reason_of(amendment), by=by)
    _refuse_what_lapses(agreement)
    return amendment


def _refuse_what_lapses(agreement: Contract | FrameworkAgreement) -> None:
    """Raise ValidationError when an agreed amendment would take effect after the agreement has ended."""
    end = agreement.effective_ends_on
    for amendment in waiting_for(agreement):
        if end is not None and amendment.effective_on > end + DAY:
            raise ValidationError(
                _(
                    "Amendment %(number)s takes effect on %(day)s, and the agreement would end on %(end)s. Take amendment "
                    "%(number)s back first."
                )
                % {
                    "number": amendment.number,
                    "day": formats.date_format(amendment.effective_on),
                    "end": formats.date_format(end),
                }
            )


def _let_follow(amendment: Amendment, agreement: Contract | FrameworkAgreement, *, by: User | None) -> None:
    """Let the agreement follow an amendment: its terms when it is in force, and its end when it is only agreed."""
    if not amendment.is_agreed:
        merge = differences.merge(base=amendment.base_terms, mine=amendment.terms, now=terms_of(agreement))
        set_terms(agreement, merge.terms)
    save_agreement(agreement, reason=reason_of(amendment), by=by)
