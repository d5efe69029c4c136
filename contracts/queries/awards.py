"""What an award will make: a framework with its lots, and a contract for each winning bid."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from contracts.enums import BidState
from contracts.models import Bid, Contract, FrameworkAgreement, Lot, Tender, TenderLot
from contracts.models.tenders import LotTerms

LONGEST_NUMBER = Contract._meta.get_field("number").max_length
LONGEST_CODE = Lot._meta.get_field("code").max_length


@dataclass(frozen=True)
class PlannedContract:
    """The contract of a winning bid. `contract` is what was made of it already, else None."""

    bid: Bid
    number: str
    value_dkk: Decimal | None
    terms: LotTerms
    contract: Contract | None

    @property
    def is_made(self) -> bool:
        return self.contract is not None


@dataclass(frozen=True)
class PlannedLot:
    tender_lot: TenderLot
    code: str
    contracts: tuple[PlannedContract, ...]

    @property
    def lot(self) -> Lot | None:
        """Return what was made of it already."""
        return self.tender_lot.lot


@dataclass(frozen=True)
class PlannedFramework:
    """The framework with its terms; `framework` is the one that is there already, which stays as it is."""

    code: str
    name: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    framework: FrameworkAgreement | None


@dataclass(frozen=True)
class AwardPlan:
    """All that will be made; `problems` are sentences, and nothing can be made while there are any."""

    framework: PlannedFramework
    lots: tuple[PlannedLot, ...]
    without_winner: tuple[TenderLot, ...]
    problems: tuple[str, ...]

    @property
    def contracts(self) -> list[PlannedContract]:
        return [contract for lot in self.lots for contract in lot.contracts]

    @property
    def is_made(self) -> bool:
        return bool(self.contracts) and all(contract.is_made for contract in self.contracts)


def award_plan(
    tender: Tender,
    *,
    numbers: Mapping[int, str] | None = None,
    values: Mapping[int, Decimal | None] | None = None,
) -> AwardPlan:
    """Return what the award of a tender makes; `numbers` and `values` of contracts by the key of their bid, else proposed.

    The number of queries does not depend on the number of lots and bids.
    """
    tendered = list(tender.lots.select_related("tender", "lot").prefetch_related("bids__supplier", "bids__contract"))
    taken = _taken_codes(tender, tendered)
    lots = tuple(
        _planned_lot(lot, taken, numbers or {}, values or {})
        for lot in tendered
        if any(bid.state == BidState.WON for bid in lot.bids.all())
    )
    framework = _planned_framework(tender, lots)
    with_winner = {planned.tender_lot.pk for planned in lots}
    without = tuple(lot for lot in tendered if lot.pk not in with_winner)
    return AwardPlan(framework, lots, without, tuple(_problems(framework, lots)))


def _planned_lot(
    lot: TenderLot, taken: set[str], numbers: Mapping[int, str], values: Mapping[int, Decimal | None]
) -> PlannedLot:
    winners = sorted((bid for bid in lot.bids.all() if bid.state == BidState.WON), key=lambda bid: bid.supplier.name)
    contracts = tuple(
        PlannedContract(
            bid=bid,
            number=numbers.get(bid.pk, "").strip() or _proposed_number(lot, place),
            value_dkk=values.get(bid.pk, bid.price_dkk),
            terms=lot.terms,
            contract=bid.contract,
        )
        for place, bid in enumerate(winners, start=1)
    )
    if lot.lot is not None:
        return PlannedLot(lot, lot.lot.code, contracts)
    return PlannedLot(lot, f"{lot.tender.code}-{lot.code}" if lot.code in taken else lot.code, contracts)


def _proposed_number(lot: TenderLot, place: int) -> str:
    end = f"-{lot.code}-{place}"
    return lot.tender.code[: LONGEST_NUMBER - len(end)] + end


def _planned_framework(tender: Tender, lots: Sequence[PlannedLot]) -> PlannedFramework:
    held = tender.framework
    if held is not None:
        return PlannedFramework(held.code, held.name, held.starts_on, held.ends_on, held)
    terms = [lot.tender_lot.terms for lot in lots]
    starts = [term.starts_on for term in terms if term.starts_on is not None]
    ends = [term.ends_on for term in terms]
    is_open = tender.contracts_end_on is None and any(end is None for end in ends)
    latest = max((end for end in ends if end is not None), default=None)
    starts_on = min(starts, default=tender.contracts_start_on)
    return PlannedFramework(
        tender.code, tender.name, starts_on, None if is_open else tender.contracts_end_on or latest, None
    )


def _taken_codes(tender: Tender, tendered: Sequence[TenderLot]) -> set[str]:
    """Return the codes of these lots that other lots have: a framework's successor often keeps its names."""
    wanted = {lot.code for lot in tendered if lot.lot_id is None}
    wanted |= {f"{tender.code}-{code}" for code in wanted}
    return set(Lot.objects.filter(code__in=wanted).values_list("code", flat=True))


def _problems(framework: PlannedFramework, lots: Sequence[PlannedLot]) -> Iterator[str]:
    if not lots:
        yield _("No winner is chosen yet. Choose the winning bids first.")
    if framework.framework is None and FrameworkAgreement.objects.filter(code=framework.code).exists():
        yield _(
            "Another framework agreement already has the code “%(code)s”. Change the tender's code, or choose that framework "
            "on the tender."
        ) % {"code": framework.code}
    for lot in lots:
        yield from _lot_problems(lot)
    yield from _number_problems([contract for lot in lots for contract in lot.contracts if not contract.is_made])


def _lot_problems(lot: PlannedLot) -> Iterator[str]:
    named = {"lot": lot.tender_lot, "code": lot.code}
    terms = lot.tender_lot.terms
    if terms.starts_on is None:
        yield _("%(lot)s: write when its contracts begin, on the lot or on the tender.") % named
    elif terms.ends_on is not None and terms.ends_on < terms.starts_on:
        yield _("%(lot)s: its contracts end before they begin. Correct the dates of the lot or the tender.") % named
    if terms.option_count and terms.ends_on is None:
        yield _("%(lot)s: without an end there is nothing to extend. Write the end, or take the options away.") % named
    if lot.lot is None and len(lot.code) > LONGEST_CODE:
        yield _("%(lot)s: the code “%(code)s” is too long. Give the lot a shorter code.") % named


def _number_problems(contracts: Sequence[PlannedContract]) -> Iterator[str]:
    counts = Counter(contract.number for contract in contracts)
    taken = set(Contract.objects.filter(number__in=counts).values_list("number", flat=True))
    for contract in contracts:
        named = {"supplier": contract.bid.supplier, "number": contract.number}
        if contract.number in taken:
            yield _("%(supplier)s: another contract already has the number %(number)s. Choose another.") % named
        elif counts[contract.number] > 1:
            yield _("%(supplier)s: the number %(number)s is used twice. Each contract has its own.") % named
        elif len(contract.number) > LONGEST_NUMBER:
            yield _("%(supplier)s: the number %(number)s is too long.") % named
