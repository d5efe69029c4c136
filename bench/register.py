"""A register as large as a municipality's will ever be, written in bulk: for the benchmarks, and for nobody to rely on."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from contracts import terms
from contracts.enums import AmendmentState, OptionState
from contracts.models import (
    Amendment,
    Contract,
    ContractOption,
    FrameworkAgreement,
    FrameworkOption,
    LegalBasis,
    Lot,
    Obligation,
    ObligationOccurrence,
    Service,
    Spend,
    SpendDelivery,
    TargetGroup,
)
from suppliers.models import Supplier
from suppliers.validators import is_cvr

BATCH = 2000
START = dt.date(2024, 7, 1)


@dataclass(frozen=True)
class Size:
    """How much there is. Each supplier has at most one contract in a lot."""

    frameworks: int = 10
    lots: int = 40  # in each framework
    suppliers: int = 2_000
    contracts: int = 20_000
    months: int = 10  # of spend for each contract

    @property
    def all_lots(self) -> int:
        return self.frameworks * self.lots


FULL = Size()
SMALL = Size(frameworks=1, lots=4, suppliers=10, contracts=20, months=10)


@transaction.atomic
def make_register(size: Size = FULL, *, seed: int = 1) -> None:
    """Write frameworks, lots, suppliers, contracts, options, amendments, obligations and spend past every service."""
    chance = random.Random(seed)
    groups = [
        TargetGroup.objects.get_or_create(code=f"gruppe-{n}", defaults={"name": f"Målgruppe {n}"})[0] for n in range(4)
    ]
    services = [
        Service.objects.get_or_create(code=f"ydelse-{n}", defaults={"name": f"Ydelse {n}"})[0] for n in range(6)
    ]
    suppliers = _made(Supplier, (Supplier(cvr=cvr, name=f"Leverandør {n:04}") for n, cvr in _cvrs(size.suppliers)))
    frameworks = _made(FrameworkAgreement, (_framework(n) for n in range(size.frameworks)))
    _made(
        FrameworkOption, (FrameworkOption(framework=f, number=n, length_months=12) for f in frameworks for n in (1, 2))
    )
    lots = _made(Lot, (_lot(framework, n) for framework in frameworks for n in range(size.lots)))
    _link(lots, "target_groups", groups)
    _link(lots, "services", services)
    contracts = _made(Contract, (_contract(n, size, suppliers, lots, chance) for n in range(size.contracts)))
    _made(ContractOption, (_option(contract, n) for n, contract in enumerate(contracts)))
    _amend(contracts[::10])
    _oblige(contracts)
    _spend(contracts, size, chance)


def _made(model: type[models.Model], rows: Iterable[Any]) -> list[Any]:
    return model._default_manager.bulk_create(rows, batch_size=BATCH)


def _cvrs(count: int) -> Iterator[tuple[int, str]]:
    numbers = (str(number) for number in range(90_000_000, 100_000_000))
    yield from zip(range(count), (number for number in numbers if is_cvr(number)), strict=False)


def _framework(number: int) -> FrameworkAgreement:
    end = dt.date(2027 + number % 4, 6, 30)
    return FrameworkAgreement(
        code=f"ramme-{number}",
        name=f"Rammeaftale {number}",
        starts_on=START,
        ends_on=end,
        effective_ends_on=end,
        ceiling_dkk=Decimal(900_000_000),
        notice_months=6,
    )


def _lot(framework: FrameworkAgreement, number: int) -> Lot:
    return Lot(
        code=f"{framework.code}-omraade-{number}",
        framework=framework,
        name=f"Udbudsområde {number}",
        ceiling_dkk=Decimal(40_000_000),
        expected_referrals_per_year=200,
    )


def _link(lots: list[Lot], name: str, others: list[Any]) -> None:
    field = Lot._meta.get_field(name)
    through = field.remote_field.through
    column = field.m2m_reverse_field_name()
    rows = [
        through(**{"lot_id": lot.pk, f"{column}_id": others[(place + step) % len(others)].pk})
        for place, lot in enumerate(lots)
        for step in (0, 1)
    ]
    through._default_manager.bulk_create(rows, batch_size=BATCH)


def _contract(number: int, size: Size, suppliers: list[Supplier], lots: list[Lot], chance: random.Random) -> Contract:
    """Return the contract whose pair of supplier and lot no other has."""
    place, turn = number % size.all_lots, number // size.all_lots
    per_lot = -(-size.contracts // size.all_lots)
    spread = size.suppliers // per_lot
    end = dt.date(2026 + number % 5, 6, 30)
    extended = terms.extend(end, 12) if number % 2 else end
    return Contract(
        number=f"K-{number:06}",
        supplier=suppliers[(place % spread) * per_lot + turn],
        lot=lots[place],
        starts_on=START,
        ends_on=end,
        effective_ends_on=extended,
        value_dkk=Decimal(chance.randrange(100_000, 9_000_000)),
        signed_by_municipality_on=START - dt.timedelta(days=40) if number % 17 else None,
        signed_by_supplier_on=START - dt.timedelta(days=30),
        expected_referrals_per_year=chance.randrange(5, 60),
    )


def _option(contract: Contract, number: int) -> ContractOption:
    exercised = {"state": OptionState.EXERCISED, "decided_on": START + dt.timedelta(days=30)} if number % 2 else {}
    return ContractOption(contract=contract, number=1, length_months=12, **exercised)


def _amend(contracts: list[Contract]) -> None:
    basis, _made_now = LegalBasis.objects.get_or_create(
        code="bench", defaults={"name": "Mindre ændring", "paragraph": "§ 183", "limit_percent": 10}
    )
    rows = (
        Amendment(
            contract=contract,
            number=1,
            title="Flere pladser",
            legal_basis=basis,
            rationale="Flere borgere end ventet.",
            value_dkk=Decimal(50_000),
            effective_on=START + dt.timedelta(days=200),
            state=AmendmentState.IN_FORCE,
            signed_on=START + dt.timedelta(days=180),
        )
        for contract in contracts
    )
    _made(Amendment, rows)


def _oblige(contracts: list[Contract]) -> None:
    due = dt.date(2026, 3, 1)
    rules = (
        Obligation(contract=row, title="Erfaringsopsamling", first_due_on=due, every_months=12) for row in contracts
    )
    obligations = _made(Obligation, rules)
    _made(ObligationOccurrence, (ObligationOccurrence(obligation=row, due_on=due) for row in obligations))


def _spend(contracts: list[Contract], size: Size, chance: random.Random) -> None:
    delivery = SpendDelivery.objects.create(
        source="Økonomisystemet", file_name="forbrug.csv", sha256="0" * 64, extracted_on=dt.date(2025, 6, 1)
    )
    months = [terms.add_months(START, step) for step in range(size.months)]
    rows = (
        Spend(
            delivery=delivery,
            contract=contract,
            month=month,
            amount_dkk=Decimal(chance.randrange(1_000, 90_000)),
            referrals=chance.randrange(8),
        )
        for contract in contracts
        for month in months
    )
    _made(Spend, rows)
