"""One release for each framework; pure functions over what was fetched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from contracts import terms
from contracts.enums import SIGNED_AMENDMENTS, Validity
from contracts.models import Amendment, Contract, FrameworkAgreement, Lot
from contracts.validity import standing
from suppliers.models import Supplier

CURRENCY = "DKK"
STATUS = {Validity.NOT_BEGUN: "pending", Validity.VALID: "active", Validity.NO_REFERRALS: "active"}
Part = dict[str, Any]


@dataclass(frozen=True)
class Publisher:
    """Who publishes: the buyer of everything. `prefix` is the publisher's own, registered with the standard."""

    prefix: str
    name: str
    uri: str


@dataclass(frozen=True)
class Published:
    """A framework with its lots and signed contracts, and when anything of it last changed."""

    framework: FrameworkAgreement
    lots: tuple[Lot, ...]
    contracts: tuple[Contract, ...]
    changed_at: dt.datetime


def release_of(published: Published, *, publisher: Publisher, today: dt.date) -> Part:
    """Return the release; needs lots' words, and contracts' supplier, lot with framework, options and amendments."""
    framework = published.framework
    ocid = f"{publisher.prefix}-{framework.code}"
    suppliers = {contract.supplier.pk: contract.supplier for contract in published.contracts}
    buyer = {"id": "buyer", "name": publisher.name}
    return {
        "ocid": ocid,
        "id": f"{ocid}-{published.changed_at:%Y%m%dT%H%M%S%f}",
        "date": moment(published.changed_at),
        "tag": _tags(published.contracts),
        "initiationType": "tender",
        "language": "da",
        "parties": [{**buyer, "roles": ["buyer", "procuringEntity"]}, *map(_party, suppliers.values())],
        "buyer": buyer,
        "tender": _tender(published, ocid, buyer),
        "awards": [_award(contract) for contract in published.contracts],
        "contracts": [_contract(contract, today) for contract in published.contracts],
    }


def _tags(contracts: Iterable[Contract]) -> list[str]:
    has_amendments = any(_signed(contract) for contract in contracts)
    return ["award", "contract", "contractAmendment"] if has_amendments else ["award", "contract"]


def _party(supplier: Supplier) -> Part:
    identifier = {"scheme": "DK-CVR", "id": supplier.cvr, "legalName": supplier.name}
    return {"id": _party_id(supplier), "name": supplier.name, "identifier": identifier, "roles": ["supplier"]}


def _party_id(supplier: Supplier) -> str:
    return f"DK-CVR-{supplier.cvr}"


def _tender(published: Published, ocid: str, buyer: Part) -> Part:
    framework = published.framework
    options = list(framework.options.all())
    whole = period(framework.starts_on, framework.effective_ends_on, terms.latest_end(framework.ends_on, options))
    agreement = {"period": whole, **value("value", framework.ceiling_dkk)}
    return {
        "id": f"{ocid}-tender",
        "title": framework.name,
        "status": "complete",
        "mainProcurementCategory": "services",
        "procuringEntity": buyer,
        **value("value", framework.estimated_value_dkk),
        "contractPeriod": whole,
        "techniques": {"hasFrameworkAgreement": True, "frameworkAgreement": agreement},
        "lots": [_lot(lot) for lot in published.lots],
    }


def _lot(lot: Lot) -> Part:
    words = [group.name for group in lot.target_groups.all()] + [service.name for service in lot.services.all()]
    described = {"description": ", ".join(words)} if words else {}
    worth = lot.estimated_value_dkk if lot.estimated_value_dkk is not None else lot.ceiling_dkk
    return {"id": lot.code, "title": lot.name, "status": "complete", **described, **value("value", worth)}


def _award(contract: Contract) -> Part:
    return {
        "id": f"{_id(contract)}-award",
        "title": contract.lot.name,
        "status": "active",
        "date": day(_signed_on(contract)),
        **value("value", contract.value_dkk),
        "suppliers": [{"id": _party_id(contract.supplier), "name": contract.supplier.name}],
        "relatedLots": [contract.lot.code],
        "contractPeriod": _period(contract),
    }


def _contract(contract: Contract, today: dt.date) -> Part:
    amendments = [_amendment(contract, amendment) for amendment in _signed(contract)]
    return {
        "id": _id(contract),
        "awardID": f"{_id(contract)}-award",
        "title": f"{contract.lot.name}, {contract.supplier.name}",
        "status": STATUS.get(standing(contract, today=today).state, "terminated"),
        "period": _period(contract),
        **value("value", contract.value_dkk),
        "dateSigned": day(_signed_on(contract)),
        **({"amendments": amendments} if amendments else {}),
    }


def _amendment(contract: Contract, amendment: Amendment) -> Part:
    return {
        "id": f"{_id(contract)}-amendment-{amendment.number}",
        "date": day(amendment.effective_on),
        "description": amendment.title,
        "rationale": f"{amendment.legal_basis}. {amendment.rationale}",
        "relatedLots": [contract.lot.code],
    }


def _signed(contract: Contract) -> list[Amendment]:
    return [amendment for amendment in contract.amendments.all() if amendment.state in SIGNED_AMENDMENTS]


def _id(contract: Contract) -> str:
    """Return an id that no other contract has and no case number shows in: lot, supplier and first day."""
    return f"{contract.lot.code}-{contract.supplier.cvr}-{contract.starts_on:%Y%m%d}"


def _signed_on(contract: Contract) -> dt.date:
    days = [contract.signed_by_municipality_on, contract.signed_by_supplier_on]
    return max(signed for signed in days if signed is not None)


def _period(contract: Contract) -> Part:
    latest = terms.latest_from(contract.effective_ends_on, list(contract.options.all()))
    if contract.terminated_to is not None:
        latest = contract.effective_ends_on
    return period(contract.starts_on, contract.effective_ends_on, latest)


def period(start: dt.date, end: dt.date | None, latest: dt.date | None) -> Part:
    """Return a period; `maxExtentDate` is its end if every option that is left is used."""
    ends = {"endDate": day(end, is_end=True)} if end is not None else {}
    longest = {"maxExtentDate": day(latest, is_end=True)} if latest is not None and end is not None else {}
    return {"startDate": day(start), **ends, **longest}


def value(name: str, amount: Decimal | None) -> Part:
    return {} if amount is None else {name: {"amount": float(amount), "currency": CURRENCY}}


def day(date: dt.date, *, is_end: bool = False) -> str:
    """Return a day as a moment with its offset: the first of the day, or the last second of it."""
    clock = dt.time(23, 59, 59) if is_end else dt.time.min
    return moment(timezone.make_aware(dt.datetime.combine(date, clock)))


def moment(at: dt.datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")
