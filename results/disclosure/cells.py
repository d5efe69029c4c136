"""Cells, how they depend on each other, and which are small."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

Key = Any  # hashable, and sortable among the keys of one table, so that the order cells come in means nothing


class Mark(Enum):
    """What happens to a figure. Readers see one neutral mark for both kinds of hidden."""

    SHOWN = "shown"
    PRIMARY = "primary"
    COMPLEMENTARY = "complementary"

    @property
    def is_hidden(self) -> bool:
        return self is not Mark.SHOWN


@dataclass(frozen=True)
class Policy:
    """A cell of 1 to `min_cell` − 1 is small. Statistics Denmark's practice is 5; 3 and 10 are in use elsewhere."""

    min_cell: int = 5

    def __post_init__(self) -> None:
        if self.min_cell < 2:
            raise ValueError(f"min_cell must be at least 2, got {self.min_cell}")

    def is_small(self, value: int) -> bool:
        return 1 <= value < self.min_cell


@dataclass(frozen=True)
class Cell:
    """A count. `part_of` is the key of the base that it is part of: hiding a base hides its parts too.

    A `derived` one is printed nowhere, and stands for what a reader computes: everybody behind a figure, a month between two
    windows, those in no row. Its value need not be the true one, only possible: nobody may be able to narrow it down to few.
    """

    key: Key
    value: int
    part_of: Key | None = None
    is_derived: bool = False


@dataclass(frozen=True)
class Relation:
    """What everybody knows: the parts add up to the total plus a surplus from `low` to `high`; None is no limit.

    (0, 0) is a plain sum. Unique persons in overlapping groups have a surplus from 0 to that of their bases. `may_be_sum` says
    that a reader may take it for a plain sum, right or wrong.
    """

    total: Key
    parts: tuple[Key, ...]
    low: int | None = 0
    high: int | None = 0
    may_be_sum: bool = False

    @property
    def keys(self) -> tuple[Key, ...]:
        return (self.total, *self.parts)


def small_cells(cells: Mapping[Key, Cell], policy: Policy) -> set[Key]:
    """Return the keys of cells that are small, whose rest of the base is small, or whose base is small."""
    return {cell.key for cell in cells.values() if not cell.is_derived and _is_small(cell, cells, policy)}


def _is_small(cell: Cell, cells: Mapping[Key, Cell], policy: Policy) -> bool:
    if policy.is_small(cell.value):
        return True
    if cell.part_of is None:
        return False
    base = cells[cell.part_of].value
    return policy.is_small(base) or policy.is_small(base - cell.value)


def tight_bases(cells: Mapping[Key, Cell], policy: Policy) -> set[Key]:
    """Return bases of exactly `min_cell` with a part that is neither none nor all: hidden alone it would surely be small."""
    return {
        cell.part_of
        for cell in cells.values()
        if cell.part_of is not None and 0 < cell.value < cells[cell.part_of].value == policy.min_cell
    }


def by_key(cells: Iterable[Cell]) -> dict[Key, Cell]:
    """Return cells by key, in the order of the keys; raises ValueError when they contradict each other."""
    found: dict[Key, Cell] = {}
    for cell in cells:
        if cell.value < 0:
            raise ValueError(f"a count is not negative: {cell}")
        if found.setdefault(cell.key, cell) != cell:
            raise ValueError(f"two cells have the key {cell.key!r}: {found[cell.key]} and {cell}")
    for cell in found.values():
        if cell.part_of is not None and (cell.part_of not in found or found[cell.part_of].value < cell.value):
            raise ValueError(f"the base {cell.part_of!r} must be given and hold at least {cell.value}: {cell}")
    return dict(sorted(found.items(), key=lambda pair: pair[0]))


def check_relations(cells: Mapping[Key, Cell], relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """Return relations without repeats, in a fixed order; raises ValueError for one that does not hold."""
    kept = sorted(set(relations), key=lambda r: (r.total, tuple(sorted(r.parts)), str(r.low), str(r.high)))
    for relation in kept:
        surplus = sum(cells[key].value for key in relation.parts) - cells[relation.total].value
        if (relation.low is not None and surplus < relation.low) or (
            relation.high is not None and surplus > relation.high
        ):
            raise ValueError(f"the relation does not hold (surplus {surplus}): {relation}")
    return tuple(kept)
