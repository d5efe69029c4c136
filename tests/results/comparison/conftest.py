"""A lot with suppliers, and figures of two benefit groups that a test may deliver."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pytest

from contracts.enums import SharingLevel
from contracts.models import Contract, FrameworkAgreement, Lot
from results.comparison import Question
from results.models import BenefitGroup, Delivery, Measure, MeasureVersion, Observation
from results.periods import Period, year
from suppliers.models import Supplier
from tests.factories import (
    BenefitGroupFactory,
    ContractFactory,
    DeliveryFactory,
    FrameworkAgreementFactory,
    LotFactory,
    MeasureFactory,
    MeasureVersionFactory,
    ObservationFactory,
    SupplierFactory,
)

NOW = year(2023)


@dataclass
class Market:
    framework: FrameworkAgreement
    lot: Lot
    measure: Measure
    version: MeasureVersion
    delivery: Delivery
    sick: BenefitGroup
    resource: BenefitGroup
    suppliers: dict[str, Supplier] = field(default_factory=dict)

    def supplier(self, name: str) -> Supplier:
        if name not in self.suppliers:
            self.suppliers[name] = SupplierFactory(name=name)
        return self.suppliers[name]

    def contract(
        self, name: str, *, lot: Lot | None = None, sharing: SharingLevel = SharingLevel.NONE, **more: object
    ) -> Contract:
        fields = {"starts_on": dt.date(2022, 1, 1), "sharing_level": sharing, **more}
        return ContractFactory(supplier=self.supplier(name), lot=lot or self.lot, **fields)

    def figure(
        self,
        name: str | None,
        group: BenefitGroup | None,
        x: int | None,
        n: int,
        *,
        period: Period = NOW,
        **more: object,
    ) -> Observation:
        fields = {
            "delivery": self.delivery,
            "measure_version": self.version,
            "unit": "courses",
            "framework": self.framework,
            "lot": self.lot,
            **more,
        }
        return ObservationFactory(
            supplier=self.supplier(name) if name else None,
            benefit_group=group,
            outcomes=x,
            denominator=n,
            period_start=period.start,
            period_end=period.end,
            **fields,
        )

    def question(self, **more: object) -> Question:
        return Question(**{"measure": self.measure, "period": NOW, "lot": self.lot, **more})


@pytest.fixture
def market(db: None) -> Market:
    framework = FrameworkAgreementFactory(code="ramme")
    measure = MeasureFactory(code="job_2m", name="I job", kind="share")
    return Market(
        framework=framework,
        lot=LotFactory(code="1", framework=framework),
        measure=measure,
        version=MeasureVersionFactory(measure=measure, code="1", valid_from=dt.date(2020, 1, 1), valid_to=None),
        delivery=DeliveryFactory(),
        sick=BenefitGroupFactory(code="sygemeldte", name="Sygemeldte", order=2),
        resource=BenefitGroupFactory(code="ressourceforloeb", name="Ressourceforløb", order=1),
    )
