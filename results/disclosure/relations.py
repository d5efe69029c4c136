"""Find how figures depend on each other: which are sums of which, across each dimension and several at once.

A figure for all suppliers is the sum of those for each, when the others of its dimensions agree. Unique persons need not add up:
then their surplus is known, and lies within that of their bases. Where rows are missing, what is left of the total is a cell too,
though nobody prints it.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from results.disclosure.cells import Cell, Key, Relation
from results.disclosure.keys import COUNTED, everybody, everybody_key, key_of
from results.disclosure.verdicts import Part
from results.enums import Unit
from results.models import Observation
from results.models.observation import DIMENSIONS

GROUP_PLACE = DIMENSIONS.index("benefit_group")
Dimensions = tuple[int | None, ...]
Parts = Mapping[int, frozenset[int]]  # ids of the parts of a composite benefit group
Found = Relation | Cell  # a relation, or a cell that stands for what a reader computes


@dataclass(frozen=True)
class Partition:
    """A figure and those that it may be the sum of. `is_plain` where the rows of one dimension should be all of it."""

    total: Observation
    parts: tuple[Observation, ...]
    is_plain: bool = False

    @property
    def members(self) -> frozenset[int]:
        return frozenset(map(id, self.parts))


def sums_among(alike: Sequence[Observation], *, composites: Parts) -> Iterator[Found]:
    """Yield the sums that a reader knows to hold among figures of the same definition, unit and period."""
    for partition in partitions(alike, composites=composites):
        yield from _sums(partition)


def sums_of_everybody(places: Sequence[Observation], *, composites: Parts) -> Iterator[Found]:
    """Yield how everybody behind figures of the same unit and period adds up, whichever measure each of them is of."""
    for partition in partitions(places, composites=composites):
        numbers = [everybody(each) or 0 for each in (partition.total, *partition.parts)]
        keys = (everybody_key(partition.total), tuple(map(everybody_key, partition.parts)))
        surplus = sum(numbers[1:]) - numbers[0]
        yield from sum_or_unique(*keys, surplus, most=None, unit=partition.total.unit)
        yield from _no_more_than(*keys, numbers, unit=partition.total.unit)


def partitions(alike: Sequence[Observation], *, composites: Parts) -> Iterator[Partition]:
    """Yield each figure with each way to split it: along its open dimensions, one or several at a time.

    A way that two simpler ones say already is left out.
    """
    index = _Index(alike)
    for total in alike:
        yield from _along_dimensions(total, index, composites)
        yield from _composite(total, index, composites)


class _Index:
    """Figures by the dimensions that are open in them and the values of some of the others."""

    def __init__(self, alike: Sequence[Observation]) -> None:
        self.shapes = {_open_places(each) for each in alike}
        self._found: dict[tuple[int, ...], dict[Dimensions, list[Observation]]] = {}
        self._alike = alike

    def split(self, total: Observation, places: tuple[int, ...]) -> list[Observation]:
        """Return the figures that are closed in these places, and agree with the total in all others."""
        rest = tuple(place for place in _open_places(total) if place not in places)
        if rest not in self.shapes:
            return []
        if places not in self._found:
            grouped: dict[Dimensions, list[Observation]] = defaultdict(list)
            for each in self._alike:
                if all(each.dimension_ids[place] is not None for place in places):
                    grouped[_opened(each.dimension_ids, places)].append(each)
            self._found[places] = grouped
        return self._found[places].get(total.dimension_ids, [])


def _along_dimensions(total: Observation, index: _Index, composites: Parts) -> Iterator[Partition]:
    open_places = _open_places(total)
    for place in open_places:
        for choice in _choices(index.split(total, (place,)), composites, has_group=place == GROUP_PLACE):
            yield Partition(total, choice, is_plain=True)
    for count in range(2, len(open_places) + 1):
        for places in itertools.combinations(open_places, count):
            parts = index.split(total, places)
            if parts and not _is_said(total, parts, places, index):
                for choice in _choices(parts, composites, has_group=GROUP_PLACE in places):
                    yield Partition(total, choice)


def _is_said(total: Observation, parts: list[Observation], places: tuple[int, ...], index: _Index) -> bool:
    """Tell whether splitting along one dimension, and each of those along the others, gives the same parts."""
    wanted = set(map(id, parts))
    for place in places:
        others = tuple(other for other in places if other != place)
        steps = index.split(total, (place,))
        if steps and wanted == {id(part) for step in steps for part in index.split(step, others)}:
            return True
    return False


def _choices(parts: list[Observation], composites: Parts, *, has_group: bool) -> list[tuple[Observation, ...]]:
    found = _without_overlap(parts, composites) if has_group else [parts]
    return [tuple(choice) for choice in found if choice]


def _open_places(observation: Observation) -> tuple[int, ...]:
    return tuple(place for place, value in enumerate(observation.dimension_ids) if value is None)


def _opened(dimensions: Dimensions, places: tuple[int, ...]) -> Dimensions:
    return tuple(None if place in places else value for place, value in enumerate(dimensions))


def _without_overlap(parts: list[Observation], composites: Parts) -> list[list[Observation]]:
    """Return the parts with composite groups in place of what they consist of, and the other way round."""
    present = {part.benefit_group_id for part in parts}
    contained = {child for whole in present if whole in composites for child in composites[whole]}  # type: ignore[index]
    split = {whole for whole in present if whole in composites and composites[whole] <= present}  # type: ignore[index]
    outermost = [part for part in parts if part.benefit_group_id not in contained]
    innermost = [part for part in parts if part.benefit_group_id not in split]
    return [outermost] if outermost == innermost else [outermost, innermost]


def _composite(total: Observation, index: _Index, composites: Parts) -> Iterator[Partition]:
    children = composites.get(total.benefit_group_id or 0, frozenset())
    if children and GROUP_PLACE not in _open_places(total):
        whole = _Opened(total)
        parts = [part for part in index.split(whole, (GROUP_PLACE,)) if part.benefit_group_id in children]  # type: ignore[arg-type]
        if {part.benefit_group_id for part in parts} == children:
            yield Partition(total, tuple(parts))


class _Opened:
    """A figure's dimensions with all benefit groups, to look up the groups beside it."""

    def __init__(self, observation: Observation) -> None:
        self.dimension_ids = _opened(observation.dimension_ids, (GROUP_PLACE,))


def _sums(partition: Partition) -> Iterator[Found]:
    total, parts = partition.total, partition.parts
    overlap: int | None = None
    others: dict[Part, Key] = {}
    for part in COUNTED:
        numbers = [getattr(each, part.value) for each in (total, *parts)]
        if None in numbers:
            continue
        surplus = sum(numbers[1:]) - numbers[0]
        keys = (key_of(total, part), tuple(key_of(each, part) for each in parts))
        most = overlap if part is Part.OUTCOMES and overlap is not None and overlap >= surplus else None
        yield from sum_or_unique(*keys, surplus, most=most, unit=total.unit)
        yield from _no_more_than(*keys, numbers, unit=total.unit)
        if partition.is_plain and surplus < 0:
            left = _others(*keys, -surplus, base=others.get(Part.BASE) if part is Part.OUTCOMES else None)
            others[part] = left.key
            yield left
            yield _with_others(*keys, left.key, unit=total.unit)
        overlap = surplus if part is Part.BASE else overlap


def sum_or_unique(
    total: Key, parts: tuple[Key, ...], surplus: int, *, most: int | None, unit: str
) -> Iterator[Relation]:
    """Yield a plain sum; or what is known of unique persons, where nobody disappears and nobody counts twice without overlap;
    or that the parts are no more than the whole.
    """
    if surplus == 0:
        if parts != (total,):
            yield Relation(total, parts)
    elif surplus > 0 and unit == Unit.PERSONS:
        yield Relation(total, parts, low=0, high=most, may_be_sum=True)
    elif surplus < 0:
        yield Relation(total, parts, low=None, high=0)


def _others(total: Key, parts: tuple[Key, ...], number: int, *, base: Key | None) -> Cell:
    """Return those of the whole who stand in no row, as a part of the base of those."""
    closed = tuple(int(bool(mine) and not its) for mine, its in zip(parts[0][4:9], total[4:9], strict=True))
    return Cell(("others", *total, *closed, len(parts), number), number, part_of=base, is_derived=True)


def _with_others(total: Key, parts: tuple[Key, ...], others: Key, *, unit: str) -> Relation:
    is_unique = unit == Unit.PERSONS
    return Relation(total, (*parts, others), low=0, high=None if is_unique else 0, may_be_sum=is_unique)


def _no_more_than(total: Key, parts: tuple[Key, ...], numbers: Sequence[int], *, unit: str) -> Iterator[Relation]:
    """Yield that a group has no more unique persons than the whole, where that is so."""
    if unit == Unit.PERSONS and sum(numbers[1:]) > numbers[0]:
        for part, number in zip(parts, numbers[1:], strict=True):
            if number <= numbers[0]:
                yield Relation(total, (part,), low=None, high=0)
