"""One supplier, one framework and one contract with everything hanging on them, as many times as one likes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from contracts.models import Contract, FrameworkAgreement
from suppliers.models import Supplier
from tests.factories import (
    AmendmentFactory,
    ContactFactory,
    ContractFactory,
    ContractOptionFactory,
    ContractPriceFactory,
    DeliveryFactory,
    DocumentFactory,
    DocumentVersionFactory,
    ExcerptFactory,
    ExperienceReportFactory,
    FrameworkAgreementFactory,
    FrameworkOptionFactory,
    LotFactory,
    MainPointFactory,
    ObligationFactory,
    ObligationOccurrenceFactory,
    ObservationFactory,
    ReportVersionFactory,
    SpendFactory,
    SupplierFactory,
    UnitFactory,
)

DAY = dt.date(2021, 6, 1)


@dataclass(frozen=True)
class World:
    supplier: Supplier
    framework: FrameworkAgreement
    contract: Contract


def world(times: int) -> World:
    """Make one of each with `times` of everything that belongs to it."""
    supplier, framework = SupplierFactory(name="Broen"), FrameworkAgreementFactory(name="Unge og voksne")
    contract = ContractFactory(supplier=supplier, lot=LotFactory(framework=framework), ends_on=dt.date(2099, 12, 31))
    for number in range(1, times + 1):
        merged = SupplierFactory(merged_into=supplier, merged_at=timezone.now())
        _about_supplier(supplier, merged)
        further = ContractFactory(supplier=supplier, lot=LotFactory(framework=framework))
        for agreement in (contract, further):
            _about_contract(agreement, number)
        FrameworkOptionFactory(framework=framework, number=number, state="exercised", decided_on=DAY)
        AmendmentFactory(contract=None, framework=framework, number=number, state="in_force", signed_on=DAY)
        ObligationOccurrenceFactory(obligation=ObligationFactory(contract=None, framework=framework))
        DocumentVersionFactory(document=DocumentFactory(contract=None, framework=framework), number=1)
    return World(supplier, framework, contract)


def _about_supplier(supplier: Supplier, merged: Supplier) -> None:
    ContactFactory(supplier=supplier)
    UnitFactory(supplier=supplier)
    for counted in (supplier, merged):
        ObservationFactory(supplier=counted, delivery=DeliveryFactory(is_validated=True))
    version = ReportVersionFactory(report=ExperienceReportFactory(supplier=merged), number=1)
    excerpt = ExcerptFactory(answer__version=version)
    version.submitted_at = timezone.now()
    version.save()
    MainPointFactory(round=version.report.round).excerpts.add(excerpt)


def _about_contract(contract: Contract, number: int) -> None:
    ContractOptionFactory(contract=contract, number=number, state="exercised", decided_on=DAY)
    ContractPriceFactory(contract=contract)
    AmendmentFactory(contract=contract, number=number, state="in_force", signed_on=DAY)
    settled = {"state": "fulfilled", "settled_on": DAY}
    obligation = ObligationFactory(contract=contract)
    ObligationOccurrenceFactory(obligation=obligation)
    ObligationOccurrenceFactory(obligation=obligation, due_on=DAY, **settled)
    DocumentVersionFactory(document=DocumentFactory(contract=contract), number=1)
    SpendFactory(contract=contract, month=dt.date(2021, number, 1))
