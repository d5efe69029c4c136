"""Drafts of amendments: begun, edited, put aside and taken up again."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from contracts import differences
from contracts.enums import AmendmentState
from contracts.models import Amendment, Contract, FrameworkAgreement
from contracts.queries.coming import coming, waiting_for
from contracts.services.amending import become, check_effective, check_move, confirm, fresh, fresh_amendment
from contracts.services.rehearsal import rehearse
from records.services import check_version, save_record


@transaction.atomic
def save_draft(
    amendment: Amendment, *, loaded_version: str | None = None, reason: str = "", by: User | None
) -> Amendment:
    """Save a draft with its terms; a new one gets its agreement's next number.

    Raises ValidationError when the agreement could not be as the draft says, UnconfirmedError when there are warnings and
    no justification, and EditConflictError when somebody else has saved since `loaded_version`.
    """
    agreement = fresh(amendment.target)
    end_before = agreement.effective_ends_on
    if amendment.pk:
        _check_state(amendment, AmendmentState.DRAFT)
        if loaded_version is not None:
            check_version(amendment, loaded_version)
    else:
        amendment.state, amendment.number = AmendmentState.DRAFT, _next_number(agreement)
    changed = rehearse(become, agreement, amendment, by=by)
    check_effective(amendment, changed.starts_on, before=end_before, after=changed.effective_ends_on)
    confirm(amendment)
    return save_record(amendment, reason=reason, by=by)


@transaction.atomic
def take_in_current_terms(amendment: Amendment, *, by: User | None) -> Amendment:
    """Base a draft on what the agreement is now; what it changes itself stays, also where others changed the same."""
    agreement = fresh(amendment.target)
    amendment = fresh_amendment(amendment)
    _check_state(amendment, AmendmentState.DRAFT)
    changes = differences.diff(amendment.base_terms, amendment.terms)
    amendment.base_terms = coming(agreement, waiting_for(agreement)).terms
    amendment.terms = differences.apply(changes, amendment.base_terms)
    return save_record(amendment, reason=_("Based on the agreement as it is now"), by=by)


@transaction.atomic
def withdraw_amendment(amendment: Amendment, *, reason: str, by: User | None) -> Amendment:
    """Put a draft aside. It keeps its number, and can be taken up again."""
    return _move(amendment, AmendmentState.WITHDRAWN, reason=reason, by=by)


@transaction.atomic
def resume_amendment(amendment: Amendment, *, reason: str = "", by: User | None) -> Amendment:
    """Take up a withdrawn draft again; what is agreed is taken back instead, which moves the agreement's end."""
    if fresh_amendment(amendment).is_agreed:
        raise ValidationError(_("The amendment is signed already. Take it back, and give a reason."))
    return _move(amendment, AmendmentState.DRAFT, reason=reason, by=by)


def _move(amendment: Amendment, state: AmendmentState, *, reason: str, by: User | None) -> Amendment:
    amendment = fresh_amendment(amendment)
    check_move(amendment, state)
    amendment.state = state
    return save_record(amendment, reason=reason, by=by)


def _check_state(amendment: Amendment, state: AmendmentState) -> None:
    stored = fresh_amendment(amendment)
    if stored.state != state:
        raise ValidationError(
            _("The amendment is no longer a draft: it is %(state)s. Open the page again to see it.")
            % {"state": stored.get_state_display().lower()}
        )


def _next_number(agreement: Contract | FrameworkAgreement) -> int:
    return (agreement.amendments.aggregate(newest=Max("number"))["newest"] or 0) + 1
