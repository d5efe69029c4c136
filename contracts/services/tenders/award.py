"""Make contracts of winning bids, in one step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.enums import PHASES, Phase, TenderState
from contracts.models import (
    Bid,
    Contract,
    ContractOption,
    ContractPrice,
    FrameworkAgreement,
    FrameworkOption,
    Lot,
    Tender,
    TenderLot,
)
from contracts.models.tenders import LotTerms
from contracts.queries.awards import AwardPlan, PlannedContract, PlannedLot, award_plan
from contracts.services.agreements import save_contract, save_framework, save_lot
from contracts.services.tenders.phases import begin, begin_phase
from contracts.services.tenders.saving import fresh, save_tender
from records.services import save_record

COPIED_PRICE = ("service", "unit", "price_dkk", "valid_from", "valid_to")


@transaction.atomic
def award_tender(
    tender: Tender,
    *,
    on: dt.date,
    today: dt.date,
    numbers: Mapping[int, str] | None = None,
    values: Mapping[int, Decimal | None] | None = None,
    by: User | None,
) -> AwardPlan:
    """Make the framework (unless it is there), its lots, and a contract for each winning bid; returns what was made.

    `numbers` and `values` of contracts by the key of their bid, else as `award_plan` proposes. Everything is made or
    nothing. Run again it makes nothing twice. Raises ValidationError with a sentence for each thing that is missing.
    """
    tender = fresh(tender)
    plan = award_plan(tender, numbers=numbers, values=values)
    if tender.state == TenderState.CONTRACTED and plan.is_made:
        return plan
    tender = _enter_award(tender, on=on, today=today, by=by)
    if plan.problems:
        raise ValidationError(list(plan.problems))
    framework = tender.framework or _make_framework(tender, plan, by=by)
    for planned in plan.lots:
        lot = planned.lot or _make_lot(planned, framework, by=by)
        for contract in planned.contracts:
            if not contract.is_made:
                _make_contract(contract, lot, tender, by=by)
    tender.framework = framework
    save_tender(tender, reason=_("Contracts made of the winning bids"), by=by)
    return award_plan(tender)


@transaction.atomic
def link_award(
    tender: Tender,
    *,
    framework: FrameworkAgreement,
    lots: Mapping[int, Lot],
    contracts: Mapping[int, Contract],
    on: dt.date,
    today: dt.date,
    by: User | None,
) -> AwardPlan:
    """Award a tender that is entered afterwards: its framework, lots and contracts are there already.

    `lots` by the key of the tendered lot, `contracts` by the key of the bid that won them. Raises ValidationError when
    they do not belong together, or when a winner has no contract.
    """
    tender = fresh(tender)
    tender.framework = framework
    save_tender(tender, by=by)
    for tendered in tender.lots.filter(pk__in=lots):
        tendered.lot = lots[tendered.pk]
        save_record(tendered, by=by)
    for bid in Bid.objects.filter(tender_lot__tender=tender, pk__in=contracts).select_related("tender_lot__lot"):
        bid.contract = contracts[bid.pk]
        _check_belongs(bid, contracts[bid.pk], framework)
        save_record(bid, by=by)
    plan = award_plan(tender)
    if not plan.is_made:
        raise ValidationError(_("A winning bid has no contract. Say which contract each of them became."))
    return award_tender(tender, on=on, today=today, by=by)


def _check_belongs(bid: Bid, contract: Contract, framework: FrameworkAgreement) -> None:
    lot = bid.tender_lot.lot
    is_there = lot is not None and lot.framework_id == framework.pk and contract.lot_id == lot.pk
    if not is_there or contract.supplier_id != bid.supplier_id:
        raise ValidationError(
            _("Contract %(number)s has another supplier, lot or framework than the bid that should have led to it.")
            % {"number": contract.number}
        )


def _enter_award(tender: Tender, *, on: dt.date, today: dt.date, by: User | None) -> Tender:
    """Begin the award unless it is begun, and the contracts in memory; raises ValidationError when it is too early."""
    if tender.phases_in_order()[PHASES.index(Phase.AWARD)].started_on is None:
        tender = begin_phase(tender, kind=Phase.AWARD, on=on, today=today, by=by)
    if tender.state == TenderState.CANCELLED:
        raise ValidationError(_("The tender is cancelled. Take the cancellation back first."))
    phases = tender.phases_in_order()
    begin(tender, phases, kind=Phase.CONTRACT, on=on, today=today)
    tender.phases.set(phases)
    return tender


def _make_framework(tender: Tender, plan: AwardPlan, *, by: User | None) -> FrameworkAgreement:
    planned = plan.framework
    framework = FrameworkAgreement(
        code=planned.code,
        name=planned.name,
        starts_on=planned.starts_on,
        ends_on=planned.ends_on,
        ceiling_dkk=tender.ceiling_dkk,
        estimated_value_dkk=tender.estimated_value_dkk,
        notice_months=tender.notice_months,
        responsible=tender.responsible,
        responsible_unit=tender.responsible_unit,
        predecessor=tender.predecessor_framework,
        decision=tender.decisions.order_by("-meeting__held_on").first(),
        f2_case_number=tender.f2_case_number,
        edoc_case_number=tender.edoc_case_number,
    )
    if planned.ends_on is not None:
        options = range(1, (tender.option_count or 0) + 1)
        framework.options.set([FrameworkOption(number=n, length_months=tender.option_months or 0) for n in options])
    with _named(planned.name):
        return save_framework(framework, reason=_reason(tender), by=by)


def _make_lot(planned: PlannedLot, framework: FrameworkAgreement, *, by: User | None) -> Lot:
    tendered: TenderLot = planned.tender_lot
    lot = Lot(
        code=planned.code,
        framework=framework,
        name=tendered.name,
        ceiling_dkk=tendered.ceiling_dkk,
        estimated_value_dkk=tendered.estimated_value_dkk,
        expected_referrals_per_year=tendered.expected_referrals_per_year,
    )
    related: dict[str, Any] = {"target_groups": tendered.target_groups.all(), "services": tendered.services.all()}
    with _named(tendered):
        save_lot(lot, related=related, reason=_reason(tendered.tender), by=by)
        tendered.lot = lot
        save_record(tendered, reason=_reason(tendered.tender), by=by)
    return lot


def _make_contract(planned: PlannedContract, lot: Lot, tender: Tender, *, by: User | None) -> Contract:
    bid, terms = planned.bid, planned.terms
    contract = Contract(
        number=planned.number,
        supplier=bid.supplier,
        lot=lot,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        value_dkk=planned.value_dkk,
        notice_months=terms.notice_months,
    )
    contract.options.set(_options(terms))
    contract.prices.set(_prices(bid))
    with _named(bid.supplier):
        save_contract(contract, reason=_reason(tender), by=by)
        bid.contract = contract
        save_record(bid, reason=_reason(tender), by=by)
    return contract


def _options(terms: LotTerms) -> list[ContractOption]:
    numbers = range(1, terms.option_count + 1) if terms.ends_on is not None else ()
    return [ContractOption(number=number, length_months=terms.option_months or 0) for number in numbers]


def _prices(bid: Bid) -> list[ContractPrice]:
    return [ContractPrice(**{name: getattr(price, name) for name in COPIED_PRICE}) for price in bid.prices.all()]


def _reason(tender: Tender) -> str:
    return (_("Won in the tender “%(tender)s”") % {"tender": tender})[:100]


@contextmanager
def _named(thing: Any) -> Iterator[None]:
    """Say about what a refusal is: on this page several agreements are made at once."""
    try:
        yield
    except ValidationError as error:
        raise ValidationError([f"{thing}: {text}" for text in error.messages]) from error
