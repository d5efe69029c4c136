"""The fact sheet's world: one framework, four benefit groups, three measures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from contracts.models import FrameworkAgreement, Lot
from results.models import BenefitGroup, Delivery, Measure, MeasureVersion, Observation
from tests.factories import (
    BenefitGroupFactory,
    DeliveryFactory,
    FrameworkAgreementFactory,
    LotFactory,
    MeasureFactory,
    MeasureVersionFactory,
    ObservationFactory,
)

GROUPS = ("aktivitetsparate", "ressourceforloeb", "sygemeldte", "ledighedsydelse")
BASES = (1286, 1236, 3393, 175)
TOTAL_BASE = 6065
OUTCOMES = {
    "job_2m": ((62, 8, 206, 24), 300),
    "education_2m": ((5, 1, 9, 0), 15),
    "plan_6m": ((202, 293, 783, 13), 1291),
}


@dataclass
class FactSheet:
    framework: FrameworkAgreement
    lot: Lot
    groups: list[BenefitGroup]
    measures: list[Measure]
    versions: dict[str, MeasureVersion]
    delivery: Delivery | None = None

    def observe(self, code: str, **fields: object) -> Observation:
        fields = {"delivery": self.delivery, "framework": self.framework, **fields}
        return ObservationFactory(measure_version=self.versions[code], **fields)


@pytest.fixture
def vocabulary(db: None) -> FactSheet:
    """The codes that a file may use, and no figures yet."""
    framework = FrameworkAgreementFactory(code="udsatte-sygemeldte")
    groups = [BenefitGroupFactory(code=code, name=code.capitalize(), order=n) for n, code in enumerate(GROUPS)]
    measures = [MeasureFactory(code=code, name=code, order=n) for n, code in enumerate(OUTCOMES)]
    versions = {measure.code: version_of(measure) for measure in measures}
    return FactSheet(framework, LotFactory(code="1", framework=framework), groups, measures, versions)


@pytest.fixture
def fact_sheet(vocabulary: FactSheet) -> FactSheet:
    """The vocabulary with the figures of 2022: every group and the source's own total of unique persons."""
    vocabulary.delivery = DeliveryFactory()
    for code, (outcomes, total) in OUTCOMES.items():
        for group, base, count in zip(vocabulary.groups, BASES, outcomes, strict=True):
            vocabulary.observe(code, benefit_group=group, denominator=base, outcomes=count)
        vocabulary.observe(code, denominator=TOTAL_BASE, outcomes=total, note="unikke borgere ifølge kilden")
    return vocabulary


def version_of(measure: Measure) -> MeasureVersion:
    return MeasureVersionFactory(
        measure=measure, code="faktaark-2023", valid_from=dt.date(2022, 1, 1), valid_to=dt.date(2022, 12, 31)
    )
