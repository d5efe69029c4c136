"""The numbers of observations as cells, under keys that say what they count: the same number in two papers is one cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from results.disclosure.cells import Cell, Key, Relation
from results.disclosure.verdicts import BESIDE_THE_BASE, Part
from results.models import Observation

COUNTED = (Part.BASE, Part.OUTCOMES, *BESIDE_THE_BASE)


def key_of(observation: Observation, part: Part) -> Key:
    """Return the key of one of the numbers that the figure has. The same base under several measures is one cell."""
    if part is Part.BASE:
        return (part.value, *_what(observation), 0, observation.denominator, 0)
    if part is Part.OUTCOMES:
        figures = (observation.measure_version_id, observation.denominator, observation.outcomes)
        return (part.value, *_what(observation), *figures)
    return (part.value, *_what(observation), observation.measure_version_id, getattr(observation, part.value), 0)


def everybody_key(observation: Observation) -> Key:
    """Return the key of everybody behind a figure: printed nowhere, and the same for all measures of the same courses."""
    return ("everybody", *_what(observation), 0, everybody(observation), 0)


def everybody(observation: Observation) -> int | None:
    """Return base, not yet measurable, left and not found together; None when one of them is not known."""
    numbers = [getattr(observation, part.value) for part in (Part.BASE, *BESIDE_THE_BASE)]
    return None if None in numbers else sum(numbers)


def cells_of(observations: Iterable[Observation]) -> list[Cell]:
    """Return the numbers of figures, each once."""
    found = {cell.key: cell for observation in observations for cell in _cells(observation)}
    return list(found.values())


def within(observations: Iterable[Observation]) -> Iterator[Relation]:
    """Yield how the numbers of each figure add up to everybody behind it."""
    for observation in observations:
        if everybody(observation) is not None:
            parts = tuple(key_of(observation, part) for part in (Part.BASE, *BESIDE_THE_BASE))
            yield Relation(everybody_key(observation), parts)


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
