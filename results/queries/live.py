"""Which figure counts when several deliveries have one: the newest, and never two definitions in one column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from contracts.models import FrameworkAgreement, Lot
from results.models import Measure, Observation
from results.models.observation import ObservationQuerySet
from results.periods import Period

Key = tuple[int, str, Period, tuple[int | None, ...]]


def observation_key(observation: Observation) -> Key:
    """Return what two figures share when they are of the same thing: version, unit, period and dimensions."""
    return (observation.measure_version_id, observation.unit, observation.period, observation.dimension_ids)


def live_observations(
    measures: Iterable[Measure],
    *,
    period: Period,
    framework: FrameworkAgreement | None,
    lot: Lot | None,
    include_unvalidated: bool = False,
) -> ObservationQuerySet:
    """Return live figures of exactly this period, framework and lot, newest first. A lot brings its framework."""
    framework_id = lot.framework_id if lot else framework.pk if framework else None
    live = Observation.objects.live(include_unvalidated=include_unvalidated).of_period(period)
    within = live.filter(
        measure_version__measure__in=list(measures), framework=framework_id, lot=lot.pk if lot else None
    )
    return within.with_names().newest_first()


def one_definition_each(observations: Iterable[Observation]) -> list[Observation]:
    """Keep, for each measure, the version and unit of its newest delivery, and for each figure the newest.

    Takes figures newest first. Validation status is kept apart in the same way: a column is either or.
    """
    chosen: dict[int, tuple[int, str, bool]] = {}
    kept: dict[Key, Observation] = {}
    for observation in observations:
        definition = (observation.measure_version_id, observation.unit, observation.delivery.is_validated)
        if chosen.setdefault(observation.measure_version.measure_id, definition) == definition:
            kept.setdefault(observation_key(observation), observation)
    return list(kept.values())


def by_measure(observations: Iterable[Observation], measures: Sequence[Measure]) -> tuple[Observation | None, ...]:
    """Line figures up with the measures; None where there is none."""
    found = {observation.measure_version.measure_id: observation for observation in observations}
    return tuple(found.get(measure.pk) for measure in measures)
