"""What can be compared at all: the measures, scopes, periods and groups that suppliers have live figures in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.models import FrameworkAgreement, Lot
from results.enums import Unit
from results.models import BenefitGroup, Measure, MeasureVersion, Observation
from results.periods import Period
from suppliers.models import Supplier


@dataclass(frozen=True, order=True)
class Scope:
    """One choice that has figures of suppliers."""

    measure_id: int
    version_id: int
    unit: str
    framework_id: int
    lot_id: int
    period: Period

    @property
    def place(self) -> str:
        """How an address names a lot, a framework, or everything."""
        if self.lot_id:
            return f"delaftale-{self.lot_id}"
        return f"ramme-{self.framework_id}" if self.framework_id else "alle"


@dataclass(frozen=True)
class Scopes:
    """All choices with figures, and the records that they name."""

    scopes: tuple[Scope, ...]
    measures: tuple[Measure, ...]
    frameworks: tuple[FrameworkAgreement, ...]
    lots: tuple[Lot, ...]
    versions: tuple[MeasureVersion, ...]
    groups: tuple[BenefitGroup, ...]
    suppliers: tuple[Supplier, ...]

    def of_measure(self, measure: Measure | None) -> tuple[Scope, ...]:
        return tuple(each for each in self.scopes if measure and each.measure_id == measure.pk)

    def place(self, code: str) -> tuple[FrameworkAgreement | None, Lot | None]:
        """Return the framework or lot that an address names; (None, None) is everything."""
        for lot in self.lots:
            if code == f"delaftale-{lot.pk}":
                return None, lot
        for framework in self.frameworks:
            if code == f"ramme-{framework.pk}":
                return framework, None
        return None, None


def scopes(*, include_unvalidated: bool = False) -> Scopes:
    """Return what can be chosen; seven queries."""
    live = Observation.objects.live(include_unvalidated=include_unvalidated).filter(
        supplier__isnull=False, service=None
    )
    keys = ("measure_version__measure", "measure_version", "unit", "framework", "lot", "period_start", "period_end")
    found = tuple(
        sorted(
            Scope(measure, version, unit, framework or 0, lot or 0, Period(start, end))
            for measure, version, unit, framework, lot, start, end in live.order_by().values_list(*keys).distinct()
        )
    )
    versions = tuple(
        MeasureVersion.objects.filter(pk__in={each.version_id for each in found}).select_related("measure")
    )
    names = list(live.order_by().values_list("benefit_group", "supplier").distinct())
    return Scopes(
        scopes=found,
        measures=tuple(sorted({each.measure for each in versions}, key=lambda each: (each.order, each.name))),
        frameworks=tuple(
            FrameworkAgreement.objects.filter(pk__in={each.framework_id for each in found}).order_by("name")
        ),
        lots=tuple(Lot.objects.filter(pk__in={each.lot_id for each in found}).order_by("code")),
        versions=versions,
        groups=tuple(BenefitGroup.objects.filter(pk__in={group for group, _supplier in names if group})),
        suppliers=tuple(
            Supplier.objects.filter(pk__in={supplier for _group, supplier in names})
            .select_related("merged_into")
            .order_by("name")
        ),
    )


def periods_of(found: Iterable[Scope]) -> list[Period]:
    """Return the periods, the one that ends last first, and of those the longest."""
    return sorted({each.period for each in found}, key=lambda period: (-period.end.toordinal(), period.start))


def units_of(found: Iterable[Scope]) -> list[Unit]:
    return sorted({Unit(each.unit) for each in found}, key=list(Unit).index)
