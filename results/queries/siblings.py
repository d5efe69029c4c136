"""The figures beside those that a paper shows: what other papers may show, so that nothing can be computed across papers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from results.models import Observation
from results.queries.live import Key, observation_key

Definition = tuple[object, ...]


def with_siblings(shown: Iterable[Observation]) -> list[Observation]:
    """Return the figures and every live one of the same definition, unit and period in the same frameworks, without names.

    All frameworks belong together when there is a figure for all of them. Deciding on these together gives a figure the same
    mark in every paper. Two queries, none without figures.
    """
    kept: dict[Key, Observation] = {observation_key(observation): observation for observation in shown}
    frameworks: dict[Definition, set[int | None]] = defaultdict(set)
    for observation in kept.values():
        frameworks[_definition(observation)].add(observation.framework_id)
    if not kept:
        return []
    found = list(Observation.objects.live().filter(_any_of(kept.values())).newest_first())
    for observation in found:
        if observation.framework_id is None:
            frameworks[_definition(observation)].add(None)
    for observation in found:
        within = frameworks[_definition(observation)]
        if None in within or observation.framework_id in within:
            kept.setdefault(observation_key(observation), observation)
    return list(kept.values())


def _definition(observation: Observation) -> Definition:
    return (observation.measure_version_id, observation.unit, observation.period_start, observation.period_end)


def _any_of(observations: Iterable[Observation]) -> Q:
    fields = ("measure_version", "unit", "period_start", "period_end")
    wanted = Q()
    for definition in dict.fromkeys(map(_definition, observations)):
        wanted |= Q(**dict(zip(fields, definition, strict=True)))
    return wanted
