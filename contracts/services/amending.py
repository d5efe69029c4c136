"""What drafts of amendments and amendments that take effect are held against."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import User
from contracts import differences
from contracts.enums import AMENDMENT_MOVES, AmendmentState
from contracts.models import Amendment, Contract, FrameworkAgreement
from contracts.queries.agreed_terms import set_terms, terms_of
from contracts.queries.amendments import conflict_sentences, warnings_of
from contracts.queries.coming import waiting_for
from contracts.services.agreements import lock, save_contract, save_framework
from contracts.terms import DAY

REASON_LENGTH = 100  # what history has room for


class UnconfirmedError(ValidationError):
    """The draft passes a limit or the like, and nobody has said why it is right all the same."""


def become(
    agreement: Contract | FrameworkAgreement, amendment: Amendment, *, is_strict: bool = False, by: User | None
) -> Contract | FrameworkAgreement:
    """Return the agreement after everything that is agreed, and after the amendment in its place among it.

    Only for a rehearsal: it writes past history. Strict: what somebody else has changed to something else is refused.
    """
    rows = [row for row in waiting_for(agreement) if row.pk != amendment.pk]
    for row in sorted([*rows, amendment], key=lambda each: (each.effective_on, each.number)):
        now = terms_of(agreement)
        if is_strict and row is not amendment:
            refuse_conflicts(row, now)
        changes = differences.diff(row.base_terms, row.terms)
        # It is merged now, so that saving does not hold it against what it has itself changed.
        Amendment.objects.filter(pk=row.pk, state=AmendmentState.AGREED).update(state=AmendmentState.IN_FORCE)
        agreement = apply_terms(agreement, differences.apply(changes, now), reason="", by=by)
    return agreement


def refuse_conflicts(amendment: Amendment, now: differences.Terms) -> None:
    merge = differences.merge(base=amendment.base_terms, mine=amendment.terms, now=now)
    if merge.conflicts:
        raise ValidationError(conflict_sentences(merge.conflicts))


def reason_of(amendment: Amendment) -> str:
    return Truncator(str(amendment)).chars(REASON_LENGTH)


def apply_terms(
    agreement: Contract | FrameworkAgreement, terms: differences.Terms, *, reason: str, by: User | None
) -> Contract | FrameworkAgreement:
    set_terms(agreement, terms)
    return save_agreement(agreement, reason=reason, by=by)


def save_agreement(
    agreement: Contract | FrameworkAgreement, *, reason: str, by: User | None
) -> Contract | FrameworkAgreement:
    if isinstance(agreement, Contract):
        return save_contract(agreement, reason=reason, by=by)
    return save_framework(agreement, reason=reason, by=by)


def confirm(amendment: Amendment) -> None:
    """Keep the justification when there is something to justify, and require it."""
    warnings = warnings_of(amendment)
    if not warnings:
        amendment.justification = ""
    elif not amendment.justification.strip():
        raise UnconfirmedError({"justification": [warning.text for warning in warnings]})


def check_effective(amendment: Amendment, starts_on: dt.date, *, before: dt.date | None, after: dt.date | None) -> None:
    """Raise ValidationError when the amendment takes effect outside the agreement's life.

    What extends an agreement may take effect on the day after its end, for there must be no gap.
    """
    day = amendment.effective_on
    if day < starts_on:
        raise ValidationError(
            {
                "effective_on": _(
                    "The amendment takes effect before the agreement starts on %(day)s. Choose a later day."
                )
                % {"day": formats.date_format(starts_on)}
            }
        )
    last = after if before is None else min(after or dt.date.max, before + DAY)
    if last is not None and day > last:
        raise ValidationError(
            {
                "effective_on": _(
                    "The agreement ends on %(end)s, before the amendment takes effect. Choose %(day)s or earlier."
                )
                % {"end": formats.date_format(before or last), "day": formats.date_format(last)}
            }
        )


def check_move(amendment: Amendment, state: AmendmentState) -> None:
    if state not in AMENDMENT_MOVES[AmendmentState(amendment.state)]:
        raise ValidationError(
            _("The amendment is already %(state)s. Open the page again to see it.")
            % {"state": amendment.get_state_display().lower()}
        )


def fresh(agreement: Contract | FrameworkAgreement) -> Any:
    """Lock the agreement and read it again: amendments of one agreement wait for each other."""
    lock(agreement)
    return type(agreement)._base_manager.get(pk=agreement.pk)


def fresh_amendment(amendment: Amendment) -> Amendment:
    lock(amendment)
    rows = Amendment.objects.select_related("contract__lot__framework", "framework", "legal_basis")
    return rows.get(pk=amendment.pk)
