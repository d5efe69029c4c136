"""What hangs together. Numbers that are no sum, part or base of any in the others are decided by themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from results.disclosure.cells import Cell, Key, Relation


@dataclass(frozen=True)
class Component:
    """Cells in the order of their keys, and the relations among them."""

    cells: tuple[Cell, ...]
    links: tuple[Relation, ...]

    @property
    def keys(self) -> frozenset[Key]:
        return frozenset(cell.key for cell in self.cells)


def components(cells: Mapping[Key, Cell], links: Sequence[Relation]) -> list[Component]:
    """Return what hangs together by a relation, or as a base and its part, whatever is hidden."""
    bonds = [relation.keys for relation in links]
    bonds += [(cell.key, cell.part_of) for cell in cells.values() if cell.part_of is not None]
    head = heads(cells, bonds)
    found: dict[Key, list[Cell]] = defaultdict(list)
    for key, cell in cells.items():
        found[head[key]].append(cell)
    inside: dict[Key, list[Relation]] = defaultdict(list)
    for relation in links:
        inside[head[relation.total]].append(relation)
    return [Component(tuple(group), tuple(inside[first])) for first, group in found.items()]


def heads(cells: Iterable[Key], links: Iterable[tuple[Key, ...]]) -> dict[Key, Key]:
    """Return for each key one that stands for all that it hangs together with."""
    parent = {key: key for key in cells}

    def root(key: Key) -> Key:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for first, *others in links:
        for key in others:
            parent[root(key)] = root(first)
    return {key: root(key) for key in parent}
