"""The figures beside those that a paper shows: what other papers may show, so that nothing can be computed across papers."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from results.models import Observation
from results.models.observation import ObservationQuerySet
from results.queries.live import Key, observation_key

Span = tuple[dt.date, dt.date]
Place = tuple[int | None, Span]  # a framework, or all of them, in a period


def with_siblings(shown: Iterable[Observation]) -> list[Observation]:
    """Return the figures and every live one that hangs together with them, without names.

    Those are the figures of the same frameworks in the same and in overlapping periods, whatever they measure and count: a
    person in one measure's base is in that of another, and a quarter in its year. All frameworks belong together in a period
    that has a figure for all of them. Deciding on these together gives a figure the same mark in every paper. Three queries,
    none without figures.
    """
    kept: dict[Key, Observation] = {observation_key(observation): observation for observation in shown}
    if not kept:
        return []
    live = Observation.objects.live()
    places = _joined({_place(each) for each in kept.values()}, _places_of(live))
    for observation in live.filter(_any_of(places)).newest_first():
        kept.setdefault(observation_key(observation), observation)
    return list(kept.values())


def _place(observation: Observation) -> Place:
    return (observation.framework_id, (observation.period_start, observation.period_end))


def _places_of(live: ObservationQuerySet) -> set[Place]:
    rows = live.order_by().values_list("framework_id", "period_start", "period_end").distinct()
    return {(framework_id, (start, end)) for framework_id, start, end in rows}


def _joined(wanted: set[Place], places: set[Place]) -> set[Place]:
    """Return the places wanted and all that they hang together with."""
    found, queue, left = set(wanted), list(wanted), places - wanted
    while queue:
        place = queue.pop()
        near = {other for other in left if _hang_together(place, other)}
        found |= near
        left -= near
        queue += near
    return found


def _hang_together(one: Place, other: Place) -> bool:
    (framework, (start, end)), (its_framework, (its_start, its_end)) = one, other
    is_near = framework == its_framework or framework is None or its_framework is None
    return is_near and start <= its_end and its_start <= end


def _any_of(places: Iterable[Place]) -> Q:
    by_span: dict[Span, set[int | None]] = defaultdict(set)
    for framework, span in places:
        by_span[span].add(framework)
    wanted = Q()
    for (start, end), frameworks in sorted(by_span.items()):
        within = Q(framework__in=frameworks - {None})
        if None in frameworks:
            within |= Q(framework__isnull=True)
        wanted |= within & Q(period_start=start, period_end=end)
    return wanted
