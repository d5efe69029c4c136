"""Decide about all cells that stand in one document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from results.disclosure.attack import TOLERANCE, Attack
from results.disclosure.cells import Cell, Key, Mark, Policy, Relation, by_key, check_relations, small_cells
from results.disclosure.protection import Demand, cheapest, demands_on


def decide(cells: Iterable[Cell], relations: Iterable[Relation], *, policy: Policy) -> dict[Key, Mark]:
    """Return a mark for every cell; the order in which cells and relations come means nothing.

    Bases come first: hiding a base hides what is part of it. Then, with the bases settled, their parts. Raises ValueError for
    cells or relations that contradict each other.
    """
    known = by_key(cells)
    return dict(_decided(tuple(known.values()), check_relations(known, relations), policy))


@lru_cache(maxsize=64)  # a draft is looked at many times while its figures stay the same
def _decided(cells: tuple[Cell, ...], links: tuple[Relation, ...], policy: Policy) -> Mapping[Key, Mark]:
    known = {cell.key: cell for cell in cells}
    primary = small_cells(known, policy)
    bases = {key: cell for key, cell in known.items() if cell.part_of is None}
    hidden = _protected(bases, links, primary & set(bases), _costs_of_bases(known, primary), policy)
    forced = {key for key, cell in known.items() if cell.part_of in hidden}
    hidden = _protected(known, links, hidden | forced | primary, _costs_of_parts(known), policy)
    return MappingProxyType({key: _mark(key, primary, hidden) for key in known})


def _mark(key: Key, primary: set[Key], hidden: set[Key]) -> Mark:
    if key in primary:
        return Mark.PRIMARY
    return Mark.COMPLEMENTARY if key in hidden else Mark.SHOWN


def _costs_of_bases(cells: Mapping[Key, Cell], primary: set[Key]) -> dict[Key, int]:
    """Cost of hiding a base: it and every part that would have been shown; then, its size."""
    shown = {key: cell for key, cell in cells.items() if key not in primary}
    lost = {key: 1 + sum(part.part_of == key for part in shown.values()) for key in shown if cells[key].part_of is None}
    scale = 1 + sum(cells[key].value for key in lost)
    return {key: count * scale + cells[key].value for key, count in lost.items()}


def _costs_of_parts(cells: Mapping[Key, Cell]) -> dict[Key, int]:
    """Cost of hiding a part: one cell is worse than any size, and among as many cells the smaller ones go."""
    parts = [cell for cell in cells.values() if cell.part_of is not None]
    scale = 1 + sum(cell.value for cell in parts)
    return {cell.key: scale + cell.value for cell in parts}


def _protected(
    cells: Mapping[Key, Cell], relations: Sequence[Relation], hidden: set[Key], costs: Mapping[Key, int], policy: Policy
) -> set[Key]:
    """Return the hidden cells and what must be hidden with them, one connected group of cells after the other."""
    links = [relation for relation in relations if all(key in cells for key in relation.keys)]
    result = set(hidden)
    for group in _groups(cells, links, hidden):
        if group & hidden:
            inside = {key: cells[key] for key in cells if key in group or _is_base_of(key, group, cells)}
            linked = [relation for relation in links if relation.total in group]
            free = {key: costs[key] for key in sorted(group - hidden) if key in costs}
            result |= _protect_group(inside, linked, group & hidden, free, policy)
    return result


def _protect_group(
    cells: Mapping[Key, Cell], relations: Sequence[Relation], hidden: set[Key], free: Mapping[Key, int], policy: Policy
) -> set[Key]:
    given, chosen = hidden, set[Key]()
    demands: list[Demand] = []
    while unmet := _unmet(cells, relations, given | chosen, policy):
        demands += [demand for demand in unmet if demand not in demands]
        found = cheapest(cells, relations, given, free=free, demands=demands) if free else None
        if found is None or found <= chosen:
            # no choice of cells can do more by its demands alone: hide the next cell, cheapest first
            left = sorted(set(free) - chosen, key=lambda key: (free[key], key))
            if not left:
                return given | chosen
            given, free = given | chosen | {left[0]}, {key: free[key] for key in left[1:]}
            chosen = set()
        else:
            chosen = found
    return given | chosen


def _unmet(cells: Mapping[Key, Cell], relations: Sequence[Relation], hidden: set[Key], policy: Policy) -> list[Demand]:
    attack = Attack.on(cells, relations, hidden)
    unmet = []
    for key in attack.keys:
        demands = demands_on(cells[key], cells, hidden, policy)
        broken = [demand for demand in demands if not demand.is_met(attack)]
        unmet += broken
        if not broken and is_exact(attack, cells, key, policy):
            unmet.append(Demand(((key, 1 if cells[key].value == 0 else -1),), 1))
    return unmet


def is_exact(attack: Attack, cells: Mapping[Key, Cell], key: Key, policy: Policy) -> bool:
    """Tell whether a reader who knows the policy can be sure of a hidden cell's value.

    The reader knows that some hidden cell is small, or nothing would be hidden, but not which: so another value must be possible
    in a world where some hidden cell is small.
    """
    likely = sorted(attack.keys, key=lambda other: (other != key, not policy.is_small(cells[other].value)))
    return not any(
        attack.shift({key: sign}, within={other: span}) >= 1 - TOLERANCE
        for other in likely
        for span in _small_spans(cells[other], attack, cells, policy)
        for sign in (1, -1)
    )


def _small_spans(cell: Cell, attack: Attack, cells: Mapping[Key, Cell], policy: Policy) -> list[tuple[int, int]]:
    """Return the spans of values in which a cell would be small, or its rest of a known base would be."""
    spans = [(1, policy.min_cell - 1)]
    if cell.part_of is not None and cell.part_of not in attack.keys:
        base = cells[cell.part_of].value
        spans.append((max(0, base - policy.min_cell + 1), base - 1))
    return spans


def _is_base_of(key: Key, group: set[Key], cells: Mapping[Key, Cell]) -> bool:
    return any(cells[part].part_of == key for part in group)


def _groups(cells: Mapping[Key, Cell], relations: Sequence[Relation], hidden: set[Key]) -> list[set[Key]]:
    """Return the cells in connected groups. A base that is shown does not connect its parts."""
    parent = {key: key for key in cells}

    def root(key: Key) -> Key:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for relation in relations:
        for key in relation.parts:
            parent[root(key)] = root(relation.total)
    for key in sorted(hidden):
        if cells[key].part_of in hidden:
            parent[root(key)] = root(cells[key].part_of)
    groups: dict[Key, set[Key]] = {}
    for key in cells:
        groups.setdefault(root(key), set()).add(key)
    return list(groups.values())
