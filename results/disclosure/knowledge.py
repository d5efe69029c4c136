"""What the worlds that were found so far say about each cell of a piece: how large it can be, and what a reader may believe."""

from __future__ import annotations

import numpy as np

from results.disclosure.attack import Attack
from results.disclosure.cells import Policy
from results.disclosure.demands import Demand, Kind
from results.disclosure.tables import UNKNOWN

VALUE, REST = 0, 1


class Knowledge:
    """Grows with each world: one world proves something about many cells, and need not be kept itself."""

    def __init__(self, attack: Attack, policy: Policy) -> None:
        self.policy, table = policy, attack.table
        self.piece = np.array(attack.piece, dtype=np.int64)
        self.column = attack.column
        self.truth = table.values[self.piece]
        bases = table.bases[self.piece]
        self.has_base = bases != UNKNOWN
        self._base_column = np.array([self.column.get(int(base), UNKNOWN) for base in bases], dtype=np.int64)
        self._base_truth = table.values[np.where(self.has_base, bases, 0)]
        self._derived = table.derived[self.piece]
        self.true_smalls = self._smalls(*self._numbers(np.zeros_like(self.truth)))
        self.has_small = bool(self.true_smalls.any())
        size = (2, len(self.piece))
        self._reached = np.full(size, -1, dtype=np.int64)
        self._lowest = np.full(size, np.iinfo(np.int64).max)
        self._highest = np.full(size, -1, dtype=np.int64)
        self._is_free = np.zeros(size, dtype=bool)
        self.is_empty = True

    def keep(self, shifts: np.ndarray) -> None:
        """Learn from a world: how far each cell of the piece is from the truth."""
        self.is_empty = False
        values, bases = self._numbers(shifts)
        numbers = np.stack([values, bases - values])
        self._reached = np.maximum(self._reached, numbers)
        if self.has_small and not self._smalls(values, bases).any():
            return  # nothing would have been hidden: a reader knows that it is not so
        self._lowest = np.minimum(self._lowest, numbers)
        self._highest = np.maximum(self._highest, numbers)
        self._is_free |= (numbers < 1) | (numbers >= self.policy.min_cell)

    def sees(self, demand: Demand) -> bool:
        """Tell whether some world that was found meets the demand."""
        place = (REST if demand.is_rest else VALUE, self.column[demand.place])
        if demand.kind is Kind.REACHES:
            return bool(self._reached[place] >= self.policy.min_cell)
        if demand.kind is Kind.VARIES:
            return bool(self._lowest[place] < self._highest[place])
        return bool(self._is_free[place])

    def _numbers(self, shifts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the values in a world, and those of their bases."""
        moved = np.where(self._base_column != UNKNOWN, shifts[self._base_column], 0)
        return self.truth + shifts, self._base_truth + moved

    def _smalls(self, values: np.ndarray, bases: np.ndarray) -> np.ndarray:
        few = self._few(values) | (self.has_base & (self._few(bases - values) | self._few(bases)))
        return few & ~self._derived

    def _few(self, values: np.ndarray) -> np.ndarray:
        return (values >= 1) & (values < self.policy.min_cell)
