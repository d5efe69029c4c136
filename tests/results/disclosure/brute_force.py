"""An attacker who tries every table of whole numbers. Knows nothing of how the program decides."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence

from results.disclosure import Cell, Relation


def worlds(
    cells: Sequence[Cell], relations: Sequence[Relation], hidden: Collection, *, ceiling: int, takes_for_sums: bool
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
        if parts_fit and all(_holds(relation, world, takes_for_sums) for relation in relations):
            yield world


def _holds(relation: Relation, world: Mapping, takes_for_sums: bool) -> bool:
    surplus = sum(world[key] for key in relation.parts) - world[relation.total]
    if takes_for_sums and relation.may_be_sum:
        return surplus == 0
    return (relation.low is None or surplus >= relation.low) and (relation.high is None or surplus <= relation.high)


def is_small(key: object, world: Mapping, cells: Mapping[object, Cell], min_cell: int) -> bool:
    """Tell whether a cell is small in this world, or its rest of the base, or its base."""
    small = range(1, min_cell)
    base = cells[key].part_of
    return world[key] in small or (base is not None and (world[base] in small or world[base] - world[key] in small))


def broken(
    cells: Sequence[Cell],
    relations: Sequence[Relation],
    hidden: Collection,
    *,
    min_cell: int,
    ceiling: int,
    takes_for_sums: bool = False,
) -> set:
    """Return what a reader finds out: hidden cells that are known exactly, cells, rests of the base and sums of hidden cells
    that are surely small.

    The reader knows the policy: in each piece of hidden cells that hang together, some cell or its rest is small. A cell that
    hangs together with nothing, not even a base, says by its mark alone that it is small.
    """
    by_key = {cell.key: cell for cell in cells}
    found: set = set()
    every = list(worlds(cells, relations, hidden, ceiling=ceiling, takes_for_sums=takes_for_sums))
    for piece in pieces(cells, relations, hidden):
        likely = [world for world in every if any(is_small(key, world, by_key, min_cell) for key in piece)]
        truth = {cell.key: cell.value for cell in cells}
        if not any(is_small(key, truth, by_key, min_cell) for key in piece):
            likely = every
        found |= _told_by_values(piece, likely, by_key, min_cell)
        found |= _told_by_sums(piece, every, by_key, min_cell)
    return found


def _told_by_values(piece: Sequence, likely: Sequence[Mapping], cells: Mapping, min_cell: int) -> set:
    found = set()
    for key in piece:
        values = {world[key] for world in likely}
        rests = {rest(key, world, cells) for world in likely}
        if len(values) == 1:
            found.add(key)
        has_base = cells[key].part_of is not None
        if (len(piece) > 1 or has_base) and values and values <= set(range(1, min_cell)):
            found.add(key)
        if has_base and rests and rests <= set(range(1, min_cell)):
            found.add(("rest", key))
    return found


def _told_by_sums(piece: Sequence, every: Sequence[Mapping], cells: Mapping, min_cell: int) -> set:
    found = set()
    for count in range(1, len(piece) + 1):
        for choice in itertools.combinations(piece, count):
            for measure, name in ((lambda key, w: w[key], "sum"), (lambda key, w: rest(key, w, cells), "rests")):
                sums = {sum(measure(key, world) for key in choice) for world in every}
                if sums and sums <= set(range(1, min_cell)):
                    found.add((name, *choice))
    return found


def pieces(cells: Sequence[Cell], relations: Sequence[Relation], hidden: Collection) -> list[list]:
    """Return the hidden cells in lists that hang together by a relation, or as a base and its part."""
    links = [[key for key in relation.keys if key in hidden] for relation in relations]
    links += [[cell.key, cell.part_of] for cell in cells if cell.key in hidden and cell.part_of in hidden]
    found = [{key} for key in hidden]
    for link in links:
        joined = [piece for piece in found if piece & set(link)]
        if joined:
            found = [piece for piece in found if piece not in joined] + [set().union(*joined)]
    return [sorted(piece) for piece in found]


def rest(key: object, world: Mapping, cells: Mapping[object, Cell]) -> int:
    base = cells[key].part_of
    return 0 if base is None else world[base] - world[key]
