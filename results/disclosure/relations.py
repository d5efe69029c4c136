"""Find how the figures of one document depend on each other: which are sums of which.

A figure for all suppliers is the sum of those for each, when the others of its dimensions agree and the numbers do add up. Unique
persons need not add up: then their surplus is known, and lies within that of their bases.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from results.disclosure.cells import Key, Relation
from results.enums import Unit
from results.models import Observation
from results.models.observation import DIMENSIONS

GROUP_PLACE = DIMENSIONS.index("benefit_group")
Dimensions = tuple[int | None, ...]
Parts = Mapping[int, frozenset[int]]  # ids of the parts of a composite benefit group


@dataclass(frozen=True)
class Partition:
    """A figure and those that it may be the sum of."""

    total: Observation
    parts: tuple[Observation, ...]


def base_key(observation: Observation) -> Key:
    """Return the key of the base. The same base under several measures is one cell: it is printed once."""
    numbers = _numbers(observation.dimension_ids)
    return ("base", observation.unit, *_span(observation), *numbers, 0, observation.denominator, 0)


def outcomes_key(observation: Observation) -> Key:
    numbers = _numbers(observation.dimension_ids)
    figures = (observation.measure_version_id, observation.denominator, observation.outcomes)
    return ("outcomes", observation.unit, *_span(observation), *numbers, *figures)


def relations_among(observations: Iterable[Observation], *, composites: Parts) -> set[Relation]:
    """Return the sums that a reader knows to hold among figures of the same definition, unit and period."""
    alike: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for observation in observations:
        alike[observation.measure_version_id, observation.unit, *_span(observation)].append(observation)
    return {
        relation
        for group in alike.values()
        for partition in partitions(group, composites=composites)
        for relation in _relations(partition)
    }


def partitions(alike: Sequence[Observation], *, composites: Parts) -> Iterator[Partition]:
    """Yield each figure with each way to split it: along its open dimensions, one or several at a time."""
    by_shape: dict[tuple[int, ...], list[Observation]] = defaultdict(list)
    for part in alike:
        by_shape[_open_places(part)].append(part)
    for total in alike:
        open_places = _open_places(total)
        for count in range(1, len(open_places) + 1):
            for places in itertools.combinations(open_places, count):
                rest = tuple(place for place in open_places if place not in places)
                parts = [part for part in by_shape.get(rest, ()) if _splits(part, total, places)]
                for choice in _without_overlap(parts, composites) if GROUP_PLACE in places else [parts]:
                    if choice:
                        yield Partition(total, tuple(choice))
        yield from _composite(total, alike, composites)


def _open_places(observation: Observation) -> tuple[int, ...]:
    return tuple(place for place, value in enumerate(observation.dimension_ids) if value is None)


def _splits(part: Observation, total: Observation, places: tuple[int, ...]) -> bool:
    pairs = zip(part.dimension_ids, total.dimension_ids, strict=True)
    return all((mine is not None) if place in places else mine == its for place, (mine, its) in enumerate(pairs))


def _without_overlap(parts: list[Observation], composites: Parts) -> list[list[Observation]]:
    """Return the parts with composite groups in place of what they consist of, and the other way round."""
    present = {part.benefit_group_id for part in parts}
    contained = {child for whole in present if whole in composites for child in composites[whole]}  # type: ignore[index]
    split = {whole for whole in present if whole in composites and composites[whole] <= present}  # type: ignore[index]
    outermost = [part for part in parts if part.benefit_group_id not in contained]
    innermost = [part for part in parts if part.benefit_group_id not in split]
    return [outermost] if outermost == innermost else [outermost, innermost]


def _composite(total: Observation, alike: Sequence[Observation], composites: Parts) -> Iterator[Partition]:
    children = composites.get(total.benefit_group_id or 0, frozenset())
    others = _without_group(total.dimension_ids)
    parts = [p for p in alike if p.benefit_group_id in children and _without_group(p.dimension_ids) == others]
    if children and {part.benefit_group_id for part in parts} == children:
        yield Partition(total, tuple(parts))


def _relations(partition: Partition) -> Iterator[Relation]:
    total, parts = partition.total, partition.parts
    if total.denominator is None or any(part.denominator is None for part in parts):
        return
    surplus = sum(part.denominator or 0 for part in parts) - total.denominator
    bases = (base_key(total), tuple(base_key(part) for part in parts))
    yield from _sum_or_unique(*bases, surplus, most=None, unit=total.unit)
    if total.outcomes is None or any(part.outcomes is None for part in parts):
        return
    outcome_surplus = sum(part.outcomes or 0 for part in parts) - total.outcomes
    keys = (outcomes_key(total), tuple(outcomes_key(part) for part in parts))
    yield from _sum_or_unique(*keys, outcome_surplus, most=surplus, unit=total.unit)


def _sum_or_unique(
    total: Key, parts: tuple[Key, ...], surplus: int, *, most: int | None, unit: str
) -> Iterator[Relation]:
    """Yield a plain sum; what is known of unique persons, where nobody disappears and nobody counts twice without overlap;
    or that some of the parts are no more than the whole.
    """
    if surplus == 0:
        yield Relation(total, parts)
    elif surplus < 0:
        yield Relation(total, parts, low=None, high=0)
    elif unit == Unit.PERSONS and surplus > 0:
        yield Relation(total, parts, low=0, high=most if most is not None and most >= surplus else None)
        yield from (Relation(total, (part,), low=None, high=0) for part in parts)


def _span(observation: Observation) -> tuple[int, int]:
    return (observation.period_start.toordinal(), observation.period_end.toordinal())


def _numbers(dimensions: Dimensions) -> tuple[int, ...]:
    return tuple(value or 0 for value in dimensions)


def _without_group(dimensions: Dimensions) -> Dimensions:
    return dimensions[:GROUP_PLACE] + dimensions[GROUP_PLACE + 1 :]
