"""Single figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from contracts.models import FrameworkAgreement, Lot, Service
from results.models import BenefitGroup, Measure, Observation
from results.models.observation import DIMENSIONS
from results.periods import Period
from results.queries.live import live_observations
from results.statistics import wilson
from suppliers.models import Supplier


@dataclass(frozen=True)
class FigureRequest:
    """Which figure is wanted; None is "all" in each dimension. A lot brings its framework."""

    measure: Measure
    period: Period
    framework: FrameworkAgreement | None = None
    lot: Lot | None = None
    supplier: Supplier | None = None
    benefit_group: BenefitGroup | None = None
    service: Service | None = None

    @property
    def dimension_ids(self) -> tuple[int | None, ...]:
        """Ids in the order of an observation's."""
        framework_id = self.lot.framework_id if self.lot else self.framework.pk if self.framework else None
        others = (self.lot, self.supplier, self.benefit_group, self.service)
        return (framework_id, *(other.pk if other else None for other in others))

    @property
    def dimension_ids_today(self) -> tuple[int | None, ...]:
        framework_id, lot_id, supplier_id, *others = self.dimension_ids
        return (framework_id, lot_id, self.supplier.survivor_id if self.supplier else supplier_id, *others)


def single_figures(requests: Sequence[FigureRequest]) -> list[Observation | None]:
    """Return for each request what `single_figure` does; two queries for all of them, none without requests."""
    if not requests:
        return []
    exact: dict[tuple[object, ...], Observation] = {}
    inherited: dict[tuple[object, ...], Observation] = {}
    for observation in Observation.objects.live().filter(_near(requests)).with_names().newest_first():
        what = (observation.measure_version.measure_id, observation.period)
        exact.setdefault((*what, observation.dimension_ids), observation)
        inherited.setdefault((*what, observation.dimension_ids_today), observation)
    return [_chosen(each, exact, inherited) for each in requests]


def _chosen(
    request: FigureRequest,
    exact: Mapping[tuple[object, ...], Observation],
    inherited: Mapping[tuple[object, ...], Observation],
) -> Observation | None:
    """Return the figure of exactly that supplier, else of one that it was merged with: two are never added up."""
    what = (request.measure.pk, request.period)
    own = exact.get((*what, request.dimension_ids))
    return own or inherited.get((*what, request.dimension_ids_today))


def _near(requests: Sequence[FigureRequest]) -> Q:
    """Return a filter that all figures asked for pass, and few others."""
    near = Q(
        measure_version__measure__in={each.measure.pk for each in requests},
        period_start__in={each.period.start for each in requests},
        period_end__in={each.period.end for each in requests},
    )
    for name, ids in zip(DIMENSIONS, zip(*(each.dimension_ids for each in requests), strict=True), strict=True):
        near &= _of_suppliers(requests) if name == "supplier" else _among(name, ids)
    return near


def _of_suppliers(requests: Sequence[FigureRequest]) -> Q:
    """Return a filter on the suppliers asked for, those that were merged into them, and those they were merged into."""
    wanted = {each.supplier.survivor_id if each.supplier else None for each in requests}
    return _among("supplier", wanted) | Q(supplier__merged_into__in=wanted - {None})


def _among(name: str, ids: Iterable[int | None]) -> Q:
    wanted = set(ids)
    named = Q(**{f"{name}__in": wanted - {None}})
    return named | Q(**{f"{name}__isnull": True}) if None in wanted else named


def single_figure(
    measure: Measure,
    *,
    period: Period,
    framework: FrameworkAgreement | None = None,
    lot: Lot | None = None,
    supplier: Supplier | None = None,
    benefit_group: BenefitGroup | None = None,
    service: Service | None = None,
    include_unvalidated: bool = False,
) -> Observation | None:
    """Return the newest live figure of exactly these dimensions, with its names fetched; None is "all" in each.

    A supplier's own figure comes before one of a supplier that it was merged with: two are never added up. None when there
    is no figure: that is "–", never 0.
    """
    live = live_observations(
        [measure], period=period, framework=framework, lot=lot, include_unvalidated=include_unvalidated
    )
    live = live.filter(benefit_group=benefit_group, service=service)
    if supplier is None:
        return live.filter(supplier=None).first()
    return (
        live.filter(supplier=supplier).first() or live.filter(supplier__in=Supplier.objects.family_of(supplier)).first()
    )


def available_periods(measures: Sequence[Measure], *, include_unvalidated: bool = False) -> list[Period]:
    """Return the periods that live figures of the measures have, newest first."""
    live = Observation.objects.live(include_unvalidated=include_unvalidated)
    spans = (
        live.filter(measure_version__measure__in=list(measures)).order_by().values_list("period_start", "period_end")
    )
    return sorted(
        {Period(*span) for span in spans.distinct()}, key=lambda period: (period.end, period.start), reverse=True
    )


def share(observation: Observation | None) -> float | None:
    """Return outcomes / base from 0 to 1; None when either is unknown or the base is empty."""
    if observation is None or observation.outcomes is None or not observation.denominator:
        return None
    return observation.outcomes / observation.denominator


def outcome_interval(observation: Observation | None, *, confidence: float = 0.95) -> tuple[float, float] | None:
    """Return Wilson's interval of the share, both limits from 0 to 1; None when there is no share."""
    if observation is None or share(observation) is None:
        return None
    return wilson(observation.outcomes or 0, observation.denominator or 0, confidence=confidence)
