"""Single figures."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.models import FrameworkAgreement, Lot, Service
from results.models import BenefitGroup, Measure, Observation
from results.periods import Period
from results.queries.live import live_observations
from results.statistics import wilson
from suppliers.models import Supplier


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
