"""Choose which further cells to hide, so that no small one can be computed: the fewest, and among those the smallest.

A reader must not be able to tell a hidden small cell from one of `min_cell` or more, nor know any hidden cell exactly. Each such
demand is a world that must be possible; the choice is a mixed-integer program over the demands that are not met yet (after
Fischetti and Salazar, 2001; demands are added as the choice breaks them).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from results.disclosure.attack import TOLERANCE, Attack
from results.disclosure.cells import Cell, Key, Policy, Relation

if TYPE_CHECKING:
    from scipy.sparse import csr_array

NODE_LIMIT = 20_000  # a limit in nodes, not seconds: the same table gives the same choice on every machine


@dataclass(frozen=True)
class Demand:
    """A world must be possible in which the combination of cells is at least `amount` from the truth."""

    direction: tuple[tuple[Key, int], ...]
    amount: int

    def is_met(self, attack: Attack) -> bool:
        return attack.shift(dict(self.direction)) >= self.amount - TOLERANCE


def demands_on(cell: Cell, cells: Mapping[Key, Cell], hidden: Collection[Key], policy: Policy) -> tuple[Demand, ...]:
    """Return what protects a hidden cell: small ones may be large; any hidden one may be another (see `is_exact`)."""
    demands = []
    if policy.is_small(cell.value):
        demands.append(Demand(((cell.key, 1),), policy.min_cell - cell.value))
    if cell.part_of is not None:
        rest = cells[cell.part_of].value - cell.value
        if policy.is_small(rest):
            base = ((cell.part_of, 1),) if cell.part_of in hidden else ()
            demands.append(Demand(((cell.key, -1), *base), policy.min_cell - rest))
    return tuple(demands)


def cheapest(
    cells: Mapping[Key, Cell],
    relations: Sequence[Relation],
    hidden: set[Key],
    *,
    free: Mapping[Key, int],
    demands: Sequence[Demand],
) -> set[Key] | None:
    """Return the further cells to hide so that every demand is met, at the least cost; None when no choice does.

    `free` holds the cells that may be hidden with their costs. One block of variables for each demand: how far each cell is from
    the truth in the world that meets it, which is 0 for a cell that is shown.
    """
    everything = hidden | set(free)
    attack = Attack.on(cells, relations, everything)
    program = _Program(attack, sorted(free), [attack.keys.index(key) for key in sorted(free)], len(demands))
    for block, demand in enumerate(demands):
        program.add_block(block, demand)
    costs = np.concatenate([[free[key] for key in program.free], np.zeros(len(demands) * len(attack.keys))])
    chosen = program.solve(costs)
    return None if chosen is None else {key for key, is_hidden in zip(program.free, chosen, strict=True) if is_hidden}


class _Program:
    """The mixed-integer program: first a binary for each free cell, then a block of shifts for each demand."""

    def __init__(self, attack: Attack, free: list[Key], places: list[int], blocks: int) -> None:
        self.attack, self.free, self.places = attack, free, places
        self.width = len(attack.keys)
        self.size = len(free) + blocks * self.width
        self.entries: list[tuple[int, int, float]] = []  # row, column, coefficient
        self.low: list[float] = []
        self.high: list[float] = []
        # how far any cell can be from the truth: no farther than everything that there is
        self.reach = float(2 * attack.values.sum() + 100)

    def add_block(self, block: int, demand: Demand) -> None:
        start = len(self.free) + block * self.width
        for row, low, high in zip(self.attack.matrix, self.attack.low, self.attack.high, strict=True):
            self._add({start + int(index): row[index] for index in np.flatnonzero(row)}, low, high)
        keys = self.attack.keys
        self._add({start + keys.index(key): sign for key, sign in demand.direction}, demand.amount, math.inf)
        for binary, index in enumerate(self.places):
            lower, upper = self.attack.bounds[index]
            self._add({start + index: 1, binary: -lower}, 0, math.inf)
            self._add({start + index: 1, binary: -(self.reach if upper is None else upper)}, -math.inf, 0)

    def solve(self, costs: np.ndarray) -> list[bool] | None:
        count = len(self.free)
        blocks = (self.size - count) // self.width
        lower = [bound[0] for bound in self.attack.bounds] * blocks
        upper = [self.reach if bound[1] is None else bound[1] for bound in self.attack.bounds] * blocks
        from scipy.optimize import Bounds as VariableBounds  # slow to load: only who decides waits for it
        from scipy.optimize import LinearConstraint, milp

        result = milp(
            costs,
            integrality=np.concatenate([np.ones(count), np.zeros(self.size - count)]),
            bounds=VariableBounds([0] * count + lower, [1] * count + upper),
            constraints=LinearConstraint(self._matrix(), self.low, self.high),
            options={"node_limit": NODE_LIMIT, "mip_rel_gap": 0},
        )
        return None if result.x is None else [value > 0.5 for value in result.x[:count]]

    def _add(self, entries: Mapping[int, float], low: float, high: float) -> None:
        self.entries += [(len(self.low), column, value) for column, value in entries.items()]
        self.low.append(low)
        self.high.append(high)

    def _matrix(self) -> csr_array:
        rows, columns, values = zip(*self.entries, strict=True)
        from scipy.sparse import csr_array

        return csr_array((values, (rows, columns)), shape=(len(self.low), self.size))
