"""Save frameworks, lots and contracts: the computed days follow, and what cannot stand together is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts.models import User
from contracts import terms
from contracts.enums import OptionState
from contracts.models import Amendment, Contract, ContractOption, FrameworkAgreement, FrameworkOption, Lot
from contracts.queries.coming import base_end, coming, disputed_by_field, waiting_for
from contracts.services.ceilings import announce, ceiling_month, refresh_moved
from contracts.services.flowing import apply_obligation_sets, take_back_flowed
from contracts.services.planning import plan_many
from records.children import pending_children
from records.services import delete_record, save_record
from suppliers.services import hold_current

Related = Mapping[str, Iterable[models.Model]] | None


@transaction.atomic
def save_framework(
    framework: FrameworkAgreement, *, related: Related = None, reason: str = "", by: User | None
) -> FrameworkAgreement:
    """Save a framework with its options; raises ValidationError when the terms do not hold together."""
    check_predecessor(framework)
    lock(framework)
    options, waiting = list(framework.options.all()), waiting_for(framework)
    check_options(base_end(framework, waiting), options)
    set_computed_days(framework, options, waiting=waiting)
    reached = stored(framework, "ceiling_reached_in")
    framework.ceiling_reached_in = ceiling_month(framework)
    save_record(framework, related=related, reason=reason, by=by)
    announce(framework, before=reached, by=by)
    plan_obligations(framework, reason=reason, by=by)
    return framework


@transaction.atomic
def save_lot(lot: Lot, *, related: Related = None, reason: str = "", by: User | None) -> Lot:
    check_prices(lot)
    lock(lot)
    before, reached = stored(lot, "framework_id"), stored(lot, "ceiling_reached_in")
    lot.ceiling_reached_in = ceiling_month(lot)
    save_record(lot, related=related, reason=reason, by=by)
    announce(lot, before=reached, by=by)
    refresh_moved(lot, before=before, after=lot.framework_id, by=by)
    apply_obligation_sets(lot, reason=reason, by=by)
    return lot


@transaction.atomic
def save_contract(contract: Contract, *, related: Related = None, reason: str = "", by: User | None) -> Contract:
    """Save a contract with its options and prices; raises ValidationError when the terms do not hold together.

    Contracts of one supplier wait for each other, so that two at once cannot both win the same days in a lot.
    """
    contract.full_clean()
    check_prices(contract)
    check_predecessor(contract)
    hold_current(contract.supplier)
    lock(contract)
    options, waiting = list(contract.options.all()), waiting_for(contract)
    check_options(base_end(contract, waiting), options)
    set_computed_days(contract, options, waiting=waiting)
    check_notice(contract)
    check_no_overlap(contract)
    before = stored(contract, "lot_id")
    save_record(contract, related=related, reason=reason, by=by)
    refresh_moved(contract, before=before, after=contract.lot_id, by=by)
    apply_obligation_sets(contract, reason=reason, by=by)
    plan_obligations(contract, reason=reason, by=by)
    return contract


@transaction.atomic
def delete_contract(contract: Contract, *, reason: str = "", by: User) -> None:
    """Delete a contract that nothing else depends on; what its lot's sets gave it goes with it."""
    lock(contract)
    take_back_flowed(contract, reason=reason, by=by)
    delete_record(contract, reason=reason, by=by)


def plan_obligations(agreement: Contract | FrameworkAgreement, *, reason: str, by: User | None) -> None:
    """Let what is due under an agreement follow its dates."""
    obligations = agreement.obligations.values_list("pk", flat=True)
    plan_many(obligations, today=timezone.localdate(), reason=reason, by=by)


def check_prices(owner: Contract | Lot) -> None:
    """Raise ValidationError when two prices that were set on a contract or lot begin on one day; stored ones are not read."""
    begun = set()
    for relation, rows in pending_children(owner):
        for price in rows if relation.get_accessor_name() == "prices" else ():
            key = (price.service_id, price.unit, price.valid_from)  # type: ignore[attr-defined]
            if key in begun:
                text = _("Two prices of the same service and unit begin on the same day. Change one of them.")
                raise ValidationError({"prices": text})
            begun.add(key)


def check_predecessor(agreement: Contract | FrameworkAgreement) -> None:
    """Raise ValidationError when an agreement would come before itself; holds it and its predecessor.

    To be called before either is held: in the order of their keys, two that point at each other at once see it.
    """
    if agreement.pk is None or agreement.predecessor_id is None:
        return
    rows = type(agreement)._base_manager
    both = [agreement.pk, agreement.predecessor_id]
    list(rows.select_for_update().filter(pk__in=both).order_by("pk").values_list("pk"))
    met, earlier = set(), agreement.predecessor_id
    while earlier is not None and earlier not in met:
        if earlier == agreement.pk:
            text = _("“%(name)s” comes after this one, so it cannot come before it. Choose another predecessor.")
            raise ValidationError({"predecessor": text % {"name": agreement.predecessor}})
        met.add(earlier)
        earlier = rows.values_list("predecessor", flat=True).get(pk=earlier)


def lock(record: models.Model) -> None:
    """Hold the row until the change is made; a new one has none."""
    if record.pk:
        list(type(record)._base_manager.select_for_update().filter(pk=record.pk).order_by().values_list("pk"))


def stored(record: models.Model, field: str) -> Any:
    """Return what the database holds of a record before it is saved; None for a new one."""
    return type(record)._base_manager.filter(pk=record.pk).values_list(field, flat=True).first() if record.pk else None


def set_computed_days(
    agreement: Contract | FrameworkAgreement, options: Sequence[Any], *, waiting: Sequence[Amendment] = ()
) -> None:
    """Set what follows from the terms: the effective end, and a contract's end of run-off.

    `waiting` are the amendments that are agreed and have not taken effect: they count. Raises ValidationError when one of
    them changes a term from something else than it is now.
    """
    notice = agreement.terminated_to if isinstance(agreement, Contract) else None
    end = terms.effective_end(agreement.ends_on, options, terminated_to=notice)
    run_off_months = agreement.run_off_months if isinstance(agreement, Contract) else None
    if waiting:
        becomes = coming(agreement, waiting, options)
        if becomes.disputes:
            raise ValidationError(disputed_by_field(becomes.disputes))
        end, run_off_months = becomes.ends_on, becomes.terms.get("contract.run_off_months")
    agreement.effective_ends_on = end
    if isinstance(agreement, Contract):
        agreement.run_off_ends_on = terms.run_off_end(end, run_off_months)


def check_options(end: Any, options: list[Any]) -> None:
    """Raise ValidationError when options cannot stand as they are written: each is named by its number."""
    if options and end is None:
        raise ValidationError(
            {"ends_on": _("Without an end there is nothing to extend. Write the end, or take the options away.")}
        )
    problems = [problem for _option, problem in option_problems(end, options)]
    if problems:
        raise ValidationError({"options": problems})


def option_problems(end: Any, options: list[Any]) -> list[tuple[Any, str]]:
    """Return the options that cannot stand as they are written, each with a sentence."""
    late = [(option, problem) for option in options if (problem := _late(end, options, option))]
    return late + _broken_chain(options)


def _late(end: Any, options: list[Any], option: ContractOption | FrameworkOption) -> str:
    """Return what is wrong when an option was exercised after the day by which it had to be."""
    if option.state != OptionState.EXERCISED or option.decided_on is None:
        return ""
    days = {days.number: days for days in terms.option_days(end, options)}.get(option.number)
    if days is None or option.decided_on <= days.decide_by_on:
        return ""
    return _(
        "Option %(number)s was decided on %(decided)s, but had to be decided by %(deadline)s. Correct the day, or write "
        "the deadline that the agreement names."
    ) % {
        "number": option.number,
        "decided": formats.date_format(option.decided_on),
        "deadline": formats.date_format(days.decide_by_on),
    }


def _broken_chain(options: list[Any]) -> list[tuple[Any, str]]:
    """Return a sentence for each exercised option that follows one that was not exercised."""
    problems: list[tuple[Any, str]] = []
    broken_by = None
    for option in sorted(options, key=lambda option: option.number):
        if option.state == OptionState.EXERCISED and broken_by is not None:
            sentence = _("Option %(number)s cannot be exercised, because option %(before)s before it is not.")
            problems.append((option, sentence % {"number": option.number, "before": broken_by}))
        if option.state != OptionState.EXERCISED and broken_by is None:
            broken_by = option.number
    return problems


def check_notice(contract: Contract) -> None:
    """Raise ValidationError when notice was given to a day that the terms do not allow."""
    until = contract.non_terminable_until
    if contract.terminated_to is not None and until is not None and contract.terminated_to < until:
        raise ValidationError(
            {
                "terminated_to": _("The contract cannot be terminated to a day before %(day)s.")
                % {"day": formats.date_format(until)}
            }
        )
    if contract.terminated_to is not None and contract.terminated_to < contract.starts_on:
        raise ValidationError(
            {"terminated_to": _("The contract would end before it starts. Correct the last day of the contract.")}
        )


def check_no_overlap(contract: Contract) -> None:
    """Raise ValidationError when the supplier has another contract in the lot on some of the same days."""
    others = Contract.objects.filter(supplier=contract.supplier_id, lot=contract.lot_id).exclude(pk=contract.pk)
    for other in others:
        if terms.overlap(contract.starts_on, contract.effective_ends_on, other.starts_on, other.effective_ends_on):
            raise ValidationError(
                {
                    "starts_on": _(
                        "The supplier already has contract %(number)s in this lot in the same period (%(start)s to "
                        "%(end)s). End that one first, or choose other dates."
                    )
                    % {
                        "number": other.number,
                        "start": formats.date_format(other.starts_on),
                        "end": formats.date_format(other.effective_ends_on) if other.effective_ends_on else "…",
                    }
                }
            )
