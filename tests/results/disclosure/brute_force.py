"""An attacker who tries every table of whole numbers. Knows nothing of how the program decides."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence

from results.disclosure import Cell, Relation


def worlds(
    cells: Sequence[Cell], relations: Sequence[Relation], hidden: Collection, *, ceiling: int
) -> Iterator[Mapping]:
    """Yield every table that agrees with what is shown; hidden cells without a base reach to `ceiling`."""
    truth = {cell.key: cell.value for cell in cells}
    base = {cell.key: cell.part_of for cell in cells}
    unknown = sorted(hidden, key=lambda key: (base[key] is not None, key))
    spans = [
        range((truth[base[key]] if base[key] is not None and base[key] not in hidden else ceiling) + 1)
        for key in unknown
    ]
    for values in itertools.product(*spans):
        world = {**truth, **dict(zip(unknown, values, strict=True))}
        parts_fit = all(base[key] is None or world[key] <= world[base[key]] for key in unknown)
        if parts_fit and all(_holds(relation, world) for relation in relations):
            yield world


def _holds(relation: Relation, world: Mapping) -> bool:
    surplus = sum(world[key] for key in relation.parts) - world[relation.total]
    return (relation.low is None or surplus >= relation.low) and (relation.high is None or surplus <= relation.high)


def is_small(key: object, world: Mapping, cells: Mapping[object, Cell], min_cell: int) -> bool:
    """Tell whether a cell is small in this world, or its rest of the base, or its base."""
    small = range(1, min_cell)
    base = cells[key].part_of
    return world[key] in small or (base is not None and (world[base] in small or world[base] - world[key] in small))


def broken(
    cells: Sequence[Cell], relations: Sequence[Relation], hidden: Collection, *, min_cell: int, ceiling: int
) -> set:
    """Return the hidden cells that a reader knows exactly, and the small ones that the sums show to be small.

    For the first, the reader also knows that something was small, or nothing would be hidden.
    """
    by_key = {cell.key: cell for cell in cells}
    truth = {cell.key: cell.value for cell in cells}
    seen: dict = {key: set() for key in hidden}
    could_be_large = set()
    for world in worlds(cells, relations, hidden, ceiling=ceiling):
        could_be_large |= {key for key in hidden if world[key] >= min_cell}
        could_be_large |= {("rest", key) for key in hidden if rest(key, world, by_key) >= min_cell}
        if any(is_small(key, world, by_key, min_cell) for key in hidden):
            for key in hidden:
                seen[key].add(world[key])
    small = range(1, min_cell)
    told = {key for key in hidden if truth[key] in small and key not in could_be_large}
    told |= {key for key in hidden if rest(key, truth, by_key) in small and ("rest", key) not in could_be_large}
    return told | {key for key, values in seen.items() if len(values) < 2}


def rest(key: object, world: Mapping, cells: Mapping[object, Cell]) -> int:
    base = cells[key].part_of
    return 0 if base is None else world[base] - world[key]
