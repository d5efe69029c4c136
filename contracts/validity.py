"""Where a contract stands on a day, and why: the one rule, in Python and in SQL.

`standing` gives the state with its reasons in words. `state_expression` gives the same state as a query expression, so that lists
can filter by it; a property test proves that the two agree.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, CharField, F, Q, Value, When
from django.utils import formats
from django.utils.translation import gettext as _

from contracts.enums import Validity
from suppliers.enums import STOPS_REFERRALS

if TYPE_CHECKING:
    from contracts.models import Contract


@dataclass(frozen=True)
class Standing:
    """A contract's state on a day, with whole reasons in the reader's language, the decisive one first."""

    state: Validity
    reasons: tuple[str, ...]

    @property
    def takes_referrals(self) -> bool:
        return self.state is Validity.VALID

    @property
    def sentence(self) -> str:
        """Return the state and its reasons as one line: “valid, no new referrals: the framework's ceiling is used up”."""
        reasons = "; ".join(self.reasons)
        if self.state is Validity.NO_REFERRALS:
            return _("valid, no new referrals: %(reasons)s") % {"reasons": reasons}
        return reasons


def standing(contract: Contract, *, today: dt.date) -> Standing:
    """Return where a contract stands; needs `lot__framework` and `supplier` fetched."""
    if today < contract.starts_on:
        return Standing(Validity.NOT_BEGUN, (_("not begun, starts on %(day)s") % {"day": _day(contract.starts_on)},))
    if contract.effective_ends_on is not None and contract.effective_ends_on < today:
        return _ended(contract, today)
    if unsigned := _missing_signatures(contract, today):
        return Standing(Validity.UNSIGNED, unsigned)
    if stops := _stops(contract, today):
        return Standing(Validity.NO_REFERRALS, (*stops, *_notice(contract)))
    return Standing(Validity.VALID, _notice(contract) or (_valid_until(contract),))


def _ended(contract: Contract, today: dt.date) -> Standing:
    is_terminated = contract.terminated_to is not None and contract.terminated_to == contract.effective_ends_on
    why = (_("terminated to %(day)s") if is_terminated else _("expired %(day)s")) % {
        "day": _day(contract.effective_ends_on)
    }
    if contract.run_off_ends_on is not None and today <= contract.run_off_ends_on:
        until = _("courses that have begun end by %(day)s") % {"day": _day(contract.run_off_ends_on)}
        return Standing(Validity.RUN_OFF, (why, until))
    return Standing(Validity.TERMINATED if is_terminated else Validity.EXPIRED, (why,))


def _missing_signatures(contract: Contract, today: dt.date) -> tuple[str, ...]:
    sides = (
        (contract.signed_by_municipality_on, _("not signed by the municipality")),
        (contract.signed_by_supplier_on, _("not signed by the supplier")),
    )
    return tuple(text for day, text in sides if day is None or day > today)


def _stops(contract: Contract, today: dt.date) -> tuple[str, ...]:
    """Return why no new citizens may be referred, though the contract binds."""
    lot, framework, supplier = contract.lot, contract.lot.framework, contract.supplier
    reasons = (
        (_is_past(contract.last_referral_on, today), _("the last referral day was %(day)s"), contract.last_referral_on),
        (_has_come(framework.ceiling_reached_in, today), _("the framework's ceiling is used up"), None),
        (_has_come(lot.ceiling_reached_in, today), _("the lot's ceiling is used up"), None),
        (
            _is_past(framework.effective_ends_on, today),
            _("the framework expired %(day)s"),
            framework.effective_ends_on,
        ),
        (
            supplier.stops_referrals_on(today),
            _("the supplier's status is “%(status)s”") % {"status": supplier.get_status_display()},
            None,
        ),
    )
    return tuple(text % {"day": _day(day)} if day else text for is_so, text, day in reasons if is_so)


def _is_past(day: dt.date | None, today: dt.date) -> bool:
    return day is not None and day < today


def _has_come(day: dt.date | None, today: dt.date) -> bool:
    return day is not None and day <= today


def _notice(contract: Contract) -> tuple[str, ...]:
    if contract.terminated_to is None:
        return ()
    return (_("terminated to %(day)s") % {"day": _day(contract.terminated_to)},)


def _valid_until(contract: Contract) -> str:
    if contract.effective_ends_on is None:
        return _("valid, without an end")
    return _("valid until %(day)s") % {"day": _day(contract.effective_ends_on)}


def _day(day: dt.date | None) -> str:
    return formats.date_format(day) if day else ""


def state_expression(today: dt.date) -> Case:
    """Return `standing(...).state` as an expression over contracts."""
    ended = Q(effective_ends_on__lt=today)
    return Case(
        When(starts_on__gt=today, then=Value(Validity.NOT_BEGUN)),
        When(ended & Q(run_off_ends_on__gte=today), then=Value(Validity.RUN_OFF)),
        When(ended & Q(terminated_to=F("effective_ends_on")), then=Value(Validity.TERMINATED)),
        When(ended, then=Value(Validity.EXPIRED)),
        When(~signed_by(today), then=Value(Validity.UNSIGNED)),
        When(referrals_stopped(today), then=Value(Validity.NO_REFERRALS)),
        default=Value(Validity.VALID),
        output_field=CharField(),
    )


def signed_by(today: dt.date) -> Q:
    return Q(signed_by_municipality_on__lte=today, signed_by_supplier_on__lte=today)


def referrals_stopped(today: dt.date) -> Q:
    return (
        Q(last_referral_on__lt=today)
        | Q(lot__framework__ceiling_reached_in__lte=today)
        | Q(lot__ceiling_reached_in__lte=today)
        | Q(lot__framework__effective_ends_on__lt=today)
        | Q(supplier__status__in=STOPS_REFERRALS, supplier__status_since__lte=today)
    )
