"""What is decided about an agreement while it runs: options, notice, signatures."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _

from accounts.models import User
from committees.models import Decision
from contracts import terms
from contracts.enums import OPTION_MOVES, OptionState, Party
from contracts.models import Contract, ContractOption, FrameworkAgreement, FrameworkOption
from contracts.services.agreements import lock, save_contract, save_framework

Agreement = Contract | FrameworkAgreement


def decide_option(
    option: ContractOption | FrameworkOption,
    *,
    state: OptionState,
    decided_on: dt.date,
    decision: Decision | None = None,
    reason: str = "",
    by: User | None,
) -> Agreement:
    """Exercise an option or decline it, and move the agreement's end with it.

    Raises ValidationError when it has been decided already, comes after one that was not exercised, or is too late.
    """
    return _move(option, state=state, decided_on=decided_on, decision=decision, reason=reason, by=by)


def reopen_option(option: ContractOption | FrameworkOption, *, reason: str, by: User | None) -> Agreement:
    """Take back a decision that was entered by mistake; the agreement's end follows."""
    return _move(option, state=OptionState.OPEN, decided_on=None, decision=None, reason=reason, by=by)


@transaction.atomic
def _move(
    option: ContractOption | FrameworkOption,
    *,
    state: OptionState,
    decided_on: dt.date | None,
    decision: Decision | None,
    reason: str,
    by: User | None,
) -> Agreement:
    agreement = _fresh(option.contract if isinstance(option, ContractOption) else option.framework)
    options = list(agreement.options.all())
    moved = next(row for row in options if row.pk == option.pk)
    if state not in OPTION_MOVES[OptionState(moved.state)]:
        raise ValidationError(
            _("Option %(number)s is already decided: %(state)s. Open the page again to see it.")
            % {"number": moved.number, "state": moved.get_state_display().lower()}
        )
    moved.state, moved.decided_on, moved.decision = state, decided_on, decision
    agreement.options.set(options)
    if isinstance(agreement, Contract):
        return save_contract(agreement, reason=reason, by=by)
    return save_framework(agreement, reason=reason, by=by)


@transaction.atomic
def give_notice(
    contract: Contract,
    *,
    given_on: dt.date,
    given_by: Party,
    terminated_to: dt.date | None = None,
    reason: str = "",
    by: User | None,
) -> Contract:
    """Terminate a contract; without `terminated_to` the last day is computed from its notice.

    Raises ValidationError when notice has been given already, when the day lies before what notice or a non-terminable
    period allow, or when neither the contract nor its framework has a notice.
    """
    contract = _fresh(contract)
    if contract.notice_given_on is not None:
        raise ValidationError(_("Notice has been given already. Take it back first, if it was a mistake."))
    earliest = earliest_end(contract, given_on=given_on)
    if terminated_to is None and earliest is None:
        raise ValidationError(
            {"terminated_to": _("Neither the contract nor its framework has a notice. Write the last day yourself.")}
        )
    if terminated_to is not None and earliest is not None and terminated_to < earliest:
        raise ValidationError(
            {
                "terminated_to": _("With the agreed notice the contract ends on %(day)s at the earliest.")
                % {"day": formats.date_format(earliest)}
            }
        )
    contract.notice_given_on, contract.notice_given_by = given_on, given_by
    contract.terminated_to = terminated_to or earliest
    return save_contract(contract, reason=reason, by=by)


@transaction.atomic
def take_back_notice(contract: Contract, *, reason: str, by: User | None) -> Contract:
    """Remove a notice; history keeps that it was given."""
    contract = _fresh(contract)
    contract.notice_given_on, contract.notice_given_by, contract.terminated_to = None, "", None
    return save_contract(contract, reason=reason, by=by)


@transaction.atomic
def record_signatures(
    contract: Contract,
    *,
    by_municipality_on: dt.date | None,
    by_supplier_on: dt.date | None,
    reason: str = "",
    by: User | None,
) -> Contract:
    """Record when each side signed; None is not signed."""
    contract = _fresh(contract)
    contract.signed_by_municipality_on, contract.signed_by_supplier_on = by_municipality_on, by_supplier_on
    return save_contract(contract, reason=reason, by=by)


def earliest_end(contract: Contract, *, given_on: dt.date) -> dt.date | None:
    """Return the first day on which notice can end the contract; None when neither it nor its framework has a notice."""
    months = agreed_notice_months(contract)
    if months is None:
        return None
    end = terms.notice_ends_on(given_on, months, to_month_end=contract.notice_to_month_end)
    return max(end, contract.non_terminable_until or end)


def agreed_notice_months(contract: Contract) -> int | None:
    """Return the contract's notice, else its framework's."""
    return contract.lot.framework.notice_months if contract.notice_months is None else contract.notice_months


def _fresh(agreement: Agreement) -> Agreement:
    """Lock the agreement and read it again, so that the change is made to what is there now."""
    lock(agreement)
    return type(agreement)._base_manager.get(pk=agreement.pk)
