"""All numbers that a reader can hold beside each other, and everything that is known of how they depend on each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from results.disclosure.cells import Cell, Key, Relation
from results.disclosure.keys import COUNTED, cells_of, everybody, key_of, span_of, within
from results.disclosure.relations import Found, Parts, sums_among, sums_of_everybody
from results.disclosure.timelines import everybody_over_time, sums_over_time
from results.enums import Unit
from results.models import Observation


@dataclass(frozen=True)
class Universe:
    """Cells by key, and the relations among them."""

    cells: dict[Key, Cell]
    relations: frozenset[Relation]

    @classmethod
    def of(cls, observations: Sequence[Observation], *, composites: Parts) -> Universe:
        """Gather the figures of one edition, then of each older delivery by itself.

        Where two deliveries have a figure of the same thing, the one given first is the edition's: a sum of numbers that were
        counted on two days holds for neither.
        """
        cells = {cell.key: cell for cell in cells_of(observations)}
        relations = set(within(observations))
        for edition in _editions(observations):
            for found in _found_in(edition, composites):
                if isinstance(found, Cell):
                    cells.setdefault(found.key, found)
                else:
                    relations.add(found)
        return cls(cells, frozenset(relations))


def _found_in(edition: Sequence[Observation], composites: Parts) -> Iterator[Found]:
    for alike in _grouped(edition, lambda each: (each.measure_version_id, each.unit, *span_of(each))):
        yield from sums_among(alike, composites=composites)
    for alike in _grouped(edition, lambda each: (each.measure_version_id, each.unit, each.dimension_ids)):
        yield from sums_over_time(alike)
    for alike in _grouped(edition, lambda each: (each.measure_version_id, *span_of(each), each.dimension_ids)):
        yield from _persons_and_courses({each.unit: each for each in alike})
    yield from _found_of_everybody([each for each in edition if everybody(each) is not None], composites)


def _found_of_everybody(known: Sequence[Observation], composites: Parts) -> Iterator[Found]:
    """Yield how everybody behind the figures adds up across measures: one has the total and some rows, another the last row."""
    for alike in _grouped(known, lambda each: (each.unit, *span_of(each))):
        if _has_several_measures(alike):
            yield from sums_of_everybody(_one_of_each(alike, lambda each: each.dimension_ids), composites=composites)
    for alike in _grouped(known, lambda each: (each.unit, each.dimension_ids)):
        if _has_several_measures(alike):
            yield from everybody_over_time(_one_of_each(alike, span_of))


def _has_several_measures(observations: Sequence[Observation]) -> bool:
    return len({each.measure_version_id for each in observations}) > 1


def _one_of_each(observations: Iterable[Observation], key: Callable[[Observation], Hashable]) -> Sequence[Observation]:
    found: dict[Hashable, Observation] = {}
    for each in observations:
        found.setdefault(key(each), each)
    return list(found.values())


def _editions(observations: Sequence[Observation]) -> Iterator[Sequence[Observation]]:
    first = _one_of_each(observations, _thing)
    yield first
    chosen = set(map(id, first))
    older = {each.delivery_id for each in observations if id(each) not in chosen}
    for delivery_id in sorted(older):
        yield [each for each in observations if each.delivery_id == delivery_id]


def _thing(observation: Observation) -> Hashable:
    return (observation.measure_version_id, observation.unit, span_of(observation), observation.dimension_ids)


def _persons_and_courses(by_unit: dict[str, Observation]) -> Iterator[Relation]:
    """Yield that the persons are no more than their courses, and as many where everybody has one."""
    if Unit.PERSONS not in by_unit or Unit.COURSES not in by_unit:
        return
    persons, courses = by_unit[Unit.PERSONS], by_unit[Unit.COURSES]
    for part in COUNTED:
        few, many = getattr(persons, part.value), getattr(courses, part.value)
        if few is not None and many is not None and few <= many:
            is_same = few == many
            yield Relation(
                key_of(persons, part),
                (key_of(courses, part),),
                low=0,
                high=0 if is_same else None,
                may_be_sum=not is_same,
            )


def _grouped(
    observations: Iterable[Observation], key: Callable[[Observation], Hashable]
) -> Iterable[Sequence[Observation]]:
    found: dict[Hashable, list[Observation]] = defaultdict(list)
    for each in observations:
        found[key(each)].append(each)
    return found.values()
