"""Single figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


def single_figures(requests: Sequence[FigureRequest]) -> list[Observation | None]:
    """Return for each request what `single_figure` does; two queries for all of them, none without requests."""
    if not requests:
        return []
    found: dict[tuple[object, ...], Observation] = {}
    for observation in Observation.objects.live().filter(_near(requests)).with_names().newest_first():
        key = (observation.measure_version.measure_id, observation.period, observation.dimension_ids)
        found.setdefault(key, observation)
    return [found.get((each.measure.pk, each.period, each.dimension_ids)) for each in requests]


def _near(requests: Sequence[FigureRequest]) -> Q:
    """Return a filter that all figures asked for pass, and few others."""
    near = Q(
        measure_version__measure__in={each.measure.pk for each in requests},
        period_start__in={each.period.start for each in requests},
        period_end__in={each.period.end for each in requests},
    )
    for name, ids in zip(DIMENSIONS, zip(*(each.dimension_ids for each in requests), strict=True), strict=True):
        near &= _among(name, ids)
    return near


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

    None when there is no figure: that is "–", never 0.
    """
    live = live_observations(
        [measure], period=period, framework=framework, lot=lot, include_unvalidated=include_unvalidated
    )
    return live.filter(supplier=supplier, benefit_group=benefit_group, service=service).first()


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
