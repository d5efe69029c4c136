"""Figures for many suppliers at once."""

from __future__ import annotations

from typing import Any

from results.enums import Unit
from results.models import Measure
from tests.cases.papers import YEAR
from tests.factories import (
    DeliveryFactory,
    FrameworkAgreementFactory,
    MeasureFactory,
    MeasureVersionFactory,
    ObservationFactory,
    SupplierFactory,
)


def figures_for_suppliers(count: int) -> tuple[Measure, Any]:
    """Return a measure with a figure for each of `count` suppliers, and the framework that they belong to."""
    framework, delivery, measure = FrameworkAgreementFactory(), DeliveryFactory(), MeasureFactory()
    version = MeasureVersionFactory(measure=measure)
    for number in range(count):
        ObservationFactory(
            measure_version=version,
            delivery=delivery,
            framework=framework,
            supplier=SupplierFactory(),
            benefit_group=None,
            unit=Unit.PERSONS,
            denominator=100 + number,
            outcomes=20,
            **YEAR,
        )
    return measure, framework
