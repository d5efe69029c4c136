"""Cells and relations of one connected group as arrays, and the pieces that hidden cells fall into."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from types import MappingProxyType

import numpy as np

from results.disclosure.cells import Cell, Key, Policy, Relation

UNKNOWN = -1


class Reading(Enum):
    """How a reader takes a total of unique persons: as no more than the sum of its groups, or as that sum."""

    AT_MOST = "at_most"
    SUM = "sum"


@dataclass(frozen=True)
class Row:
    """One relation by places: `places` times `signs` is the surplus, from `low` to `high`."""

    places: tuple[int, ...]
    signs: tuple[int, ...]
    low: float
    high: float
    may_be_sum: bool
    surplus: int


@dataclass(frozen=True)
class Table:
    """A group of cells by place: `values`, the place of each one's base (or UNKNOWN), and the relations as rows.

    `floors` are what a base must hold at the least: while bases are decided without their parts, the largest of these.
    """

    keys: tuple[Key, ...]
    values: np.ndarray
    bases: np.ndarray
    derived: np.ndarray
    rows: tuple[Row, ...]
    floors: np.ndarray

    @classmethod
    def of(
        cls, cells: Mapping[Key, Cell], relations: Sequence[Relation], floors: Mapping[Key, int] = MappingProxyType({})
    ) -> Table:
        keys = tuple(cells)
        place = {key: index for index, key in enumerate(keys)}
        return cls(
            keys=keys,
            values=np.array([cell.value for cell in cells.values()], dtype=np.int64),
            bases=np.array([place.get(cell.part_of, UNKNOWN) for cell in cells.values()], dtype=np.int64),
            derived=np.array([cell.is_derived for cell in cells.values()], dtype=bool),
            rows=tuple(_row(relation, place, cells) for relation in relations),
            floors=np.array([floors.get(key, 0) for key in keys], dtype=np.int64),
        )

    @cached_property
    def place(self) -> dict[Key, int]:
        return {key: index for index, key in enumerate(self.keys)}

    @cached_property
    def reach(self) -> int:
        """How far a cell without a base may be from the truth: as far as everything that there is, and some more."""
        return int(2 * self.values.sum() + 100)

    @cached_property
    def rows_at(self) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in self.keys]
        for number, row in enumerate(self.rows):
            for index in row.places:
                found[index].append(number)
        return found

    @cached_property
    def parts_at(self) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in self.keys]
        for index, base in enumerate(self.bases):
            if base != UNKNOWN:
                found[base].append(index)
        return found

    @cached_property
    def has_unique(self) -> bool:
        return any(row.may_be_sum for row in self.rows)

    def smalls(self, values: np.ndarray, policy: Policy) -> np.ndarray:
        """Tell which printed cells are small in a world (or several, one a row), or their rest or base."""
        few = _few(values, policy)
        has_base = self.bases != UNKNOWN
        bases = values[..., np.where(has_base, self.bases, 0)]
        few = few | (has_base & (_few(bases - values, policy) | _few(bases, policy)))
        return few & ~self.derived

    def pieces(self, hidden: Collection[int]) -> Iterator[list[int]]:
        """Yield hidden cells that hang together: what is shown is a number, and connects nothing."""
        left = set(hidden)
        for start in sorted(hidden):
            if start in left:
                left.remove(start)
                yield sorted(self._spread(start, left))

    def piece_of(self, place: int, hidden: Collection[int]) -> list[int]:
        """Return the piece that a hidden cell is in."""
        return sorted(self._spread(place, set(hidden) - {place}))

    def near(self, place: int, within: Collection[int], *, size: int) -> list[int]:
        """Return cells around one, among those within: in its rows, then where rows that hold one already cross.

        Persons move along rows and back, so what lies where they cross matters more than what lies in one row alone.
        """
        found, edge = {place}, [place]
        for _step in range(4):
            reached: dict[int, int] = {}
            for number in sorted({number for index in edge for number in self.rows_at[index]}):
                for other in self.rows[number].places:
                    if other in within and other not in found:
                        reached[other] = reached.get(other, 0) + 1
            room = min(size - len(found), 12 if len(found) == 1 else size // 3)
            edge = sorted(
                reached, key=lambda other: (-reached[other], self.values[other] == 0, self.values[other], other)
            )[:room]
            found.update(edge)
            if not edge:
                break
        beside = {index for other in found for index in (*self.parts_at[other], int(self.bases[other]))}
        return sorted(found | {index for index in beside if index in within})

    def _spread(self, start: int, left: set[int]) -> list[int]:
        found, queue = [start], [start]
        while queue:
            for other in self._neighbours(queue.pop()):
                if other in left:
                    left.remove(other)
                    found.append(other)
                    queue.append(other)
        return found

    def _neighbours(self, index: int) -> Iterator[int]:
        for number in self.rows_at[index]:
            yield from self.rows[number].places
        if self.bases[index] != UNKNOWN:
            yield int(self.bases[index])
        yield from self.parts_at[index]


def _few(values: np.ndarray, policy: Policy) -> np.ndarray:
    return (values >= 1) & (values < policy.min_cell)


def _row(relation: Relation, place: Mapping[Key, int], cells: Mapping[Key, Cell]) -> Row:
    counted: dict[int, int] = {}
    for key in relation.parts:
        counted[place[key]] = counted.get(place[key], 0) + 1
    counted[place[relation.total]] = counted.get(place[relation.total], 0) - 1
    return Row(
        places=tuple(counted),
        signs=tuple(counted.values()),
        low=-np.inf if relation.low is None else relation.low,
        high=np.inf if relation.high is None else relation.high,
        may_be_sum=relation.may_be_sum,
        surplus=sum(cells[key].value for key in relation.parts) - cells[relation.total].value,
    )
