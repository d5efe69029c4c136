"""A tender as the services make it, brought as far as a test needs."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from contracts.enums import CriterionKind, Phase
from contracts.models import AwardCriterion, Bid, Tender, TenderLot
from contracts.services.tenders import (
    CriterionRow,
    Score,
    begin_phase,
    choose_winners,
    save_bid,
    save_criteria,
    save_scores,
    save_tender,
    save_tender_lot,
)
from tests.factories import SupplierFactory

TODAY = dt.date(2027, 8, 31)
BEGUN = {
    Phase.PREPARATION: dt.date(2027, 1, 4),
    Phase.MARKET_DIALOGUE: dt.date(2027, 2, 1),
    Phase.COMMITTEE_APPROVAL: dt.date(2027, 3, 1),
    Phase.PUBLICATION: dt.date(2027, 4, 1),
    Phase.QUESTIONS: dt.date(2027, 4, 2),
    Phase.BIDS: dt.date(2027, 4, 2),
    Phase.EVALUATION: dt.date(2027, 5, 10),
    Phase.STANDSTILL: dt.date(2027, 6, 14),
    Phase.AWARD: dt.date(2027, 6, 25),
}


def tender(code: str = "beskaeftigelse-2027", **fields: object) -> Tender:
    """Return a new tender with its phases, of contracts for two years with two options of a year."""
    terms = {
        "contracts_start_on": dt.date(2027, 10, 1),
        "contracts_end_on": dt.date(2029, 9, 30),
        "option_count": 2,
        "option_months": 12,
        "notice_months": 6,
    }
    return save_tender(Tender(code=code, name=f"Udbud {code}", **{**terms, **fields}), by=None)


def with_lot(held: Tender, code: str = "a", **fields: object) -> TenderLot:
    return save_tender_lot(TenderLot(tender=held, code=code, name=f"Område {code}", **fields), by=None)


def with_criteria(held: Tender, *weights: object) -> list[AwardCriterion]:
    """Give the tender quality (of two sub-criteria) and price, or as many plain criteria as there are weights."""
    if weights:
        rows = [_row(str(n), weight) for n, weight in enumerate(weights, start=1)]
    else:
        rows = [
            _row("quality", 60),
            _row("staff", 70, "quality"),
            _row("methods", 30, "quality"),
            _row("price", 40, kind=CriterionKind.PRICE),
        ]
    return save_criteria(held, rows=rows, by=None)


def _row(key: str, weight: object, parent: str = "", kind: CriterionKind = CriterionKind.QUALITY) -> CriterionRow:
    return CriterionRow(key, parent, None, key.capitalize(), kind, Decimal(str(weight)))


def bring_to(held: Tender, kind: Phase) -> Tender:
    """Begin the phases one after the other, each on its day, to this one."""
    for phase in held.phases_in_order():
        if phase.started_on is None and not phase.is_skipped and phase.place <= tuple(Phase).index(kind):
            held = begin_phase(held, kind=Phase(phase.kind), on=BEGUN[Phase(phase.kind)], today=TODAY, by=None)
    return held


def published(code: str = "beskaeftigelse-2027", **fields: object) -> Tender:
    """Return a tender with one lot `a` and its criteria, that takes bids."""
    held = tender(code, **fields)
    with_lot(held)
    with_criteria(held)
    return bring_to(held, Phase.BIDS)


def with_bid(lot: TenderLot, name: str, **fields: object) -> Bid:
    return save_bid(Bid(tender_lot=lot, supplier=SupplierFactory(name=name), **fields), by=None)


def score(bid: Bid, *points: object) -> None:
    """Give a bid points on the criteria that are scored, in their order; None leaves one out."""
    leaves = [row for row in bid.tender_lot.tender.criteria.all() if not row.children.exists()]
    given = {
        (bid.pk, criterion.pk): Score(None if value is None else Decimal(str(value)))
        for criterion, value in zip(leaves, points, strict=True)
    }
    save_scores(bid.tender_lot, scores=given, by=None)


def evaluated(code: str = "beskaeftigelse-2027", **fields: object) -> Tender:
    """Return a tender in evaluation with two bids, of which Birk is better than Asp."""
    held = published(code, **fields)
    lot = held.lots.get()
    asp, birk = with_bid(lot, "Asp", price_dkk=900_000), with_bid(lot, "Birk", price_dkk=950_000)
    held = bring_to(held, Phase.EVALUATION)
    score(asp, 6, 6, 8)
    score(birk, 9, 8, 7)
    return held


def decided(code: str = "beskaeftigelse-2027", **fields: object) -> Tender:
    """Return a tender in evaluation of which Birk is chosen."""
    held = evaluated(code, **fields)
    choose_winners(held, winners=[Bid.objects.get(tender_lot__tender=held, supplier__name="Birk").pk], by=None)
    return held


def standing_still(code: str = "beskaeftigelse-2027", **fields: object) -> Tender:
    """Return a tender whose standstill began on 14 June 2027."""
    return bring_to(decided(code, **fields), Phase.STANDSTILL)
