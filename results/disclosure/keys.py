"""The numbers of observations as cells, under keys that say what they count: the same number in two papers is one cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from results.disclosure.cells import Cell, Key, Relation
from results.disclosure.verdicts import BESIDE_THE_BASE, Part
from results.models import Observation

COUNTED = (Part.BASE, Part.OUTCOMES, *BESIDE_THE_BASE)


def key_of(observation: Observation, part: Part) -> Key:
    """Return the key of one of the numbers that the figure has.

    A base of which nobody says who is not in it is the same under several measures, and one cell. Else each measure has its own:
    that two are alike tells that as many are not in them, which whoever has read only one of them does not know.
    """
    if part is Part.BASE:
        measure = 0 if everybody(observation) is None else observation.measure_version_id
        return (part.value, *_what(observation), measure, observation.denominator, 0)
    if part is Part.OUTCOMES:
        figures = (observation.measure_version_id, observation.denominator, observation.outcomes)
        return (part.value, *_what(observation), *figures)
    return (part.value, *_what(observation), observation.measure_version_id, getattr(observation, part.value), 0)


def everybody_key(observation: Observation) -> Key:
    """Return the key of everybody behind a figure: printed nowhere, and the same for all measures of the same courses."""
    return _everybody_key(observation, everybody(observation))


def _everybody_key(observation: Observation, number: int | None) -> Key:
    return ("everybody", *_what(observation), 0, number, 0)


def everybody(observation: Observation) -> int | None:
    """Return base, not yet measurable, left and not found together; None when one of them is not known."""
    numbers = [getattr(observation, part.value) for part in (Part.BASE, *BESIDE_THE_BASE)]
    return None if None in numbers else sum(numbers)


def cells_of(observations: Iterable[Observation]) -> list[Cell]:
    """Return the numbers of figures, each once."""
    found = {cell.key: cell for observation in observations for cell in _cells(observation)}
    return list(found.values())


def within(observations: Iterable[Observation]) -> Iterator[Relation]:
    """Yield how the numbers of each figure add up to everybody behind it; a base alone may be everybody too."""
    figures = list(observations)
    known = {everybody_key(each) for each in figures if everybody(each) is not None}
    for each in figures:
        if everybody(each) is not None:
            yield Relation(everybody_key(each), tuple(key_of(each, part) for part in (Part.BASE, *BESIDE_THE_BASE)))
        elif _everybody_key(each, each.denominator) in known:
            yield Relation(_everybody_key(each, each.denominator), (key_of(each, Part.BASE),))


def parts_of(observation: Observation) -> Sequence[Part]:
    """Return the numbers that the figure has."""
    return [part for part in COUNTED if getattr(observation, part.value) is not None]


def span_of(observation: Observation) -> tuple[int, int]:
    return (observation.period_start.toordinal(), observation.period_end.toordinal())


def _cells(observation: Observation) -> Iterator[Cell]:
    base = key_of(observation, Part.BASE) if observation.denominator is not None else None
    for part in parts_of(observation):
        part_of = base if part is Part.OUTCOMES else None
        yield Cell(key_of(observation, part), getattr(observation, part.value), part_of=part_of)
    total = everybody(observation)
    if total is not None:
        yield Cell(everybody_key(observation), total, is_derived=True)


def _what(observation: Observation) -> Key:
    return (observation.unit, *span_of(observation), *(value or 0 for value in observation.dimension_ids))
