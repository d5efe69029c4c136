"""What a reader can compute about the hidden cells: every world that agrees with all that is shown, by linear programs."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from results.disclosure.cells import Cell, Key, Relation

TOLERANCE = 1e-6
Bounds = tuple[float, float | None]


@dataclass(frozen=True)
class Attack:
    """The worlds that agree with what is shown, as linear constraints on how far hidden cells may be from the truth.

    Whole numbers are relaxed to real ones, which can only make the attacker's intervals wider for tables where sums go in
    more than two directions. A reader does not know which hidden cell was small and which one only helps.
    """

    keys: tuple[Key, ...]
    values: np.ndarray
    matrix: np.ndarray
    low: np.ndarray
    high: np.ndarray
    bounds: tuple[Bounds, ...]

    @classmethod
    def on(cls, cells: Mapping[Key, Cell], relations: Sequence[Relation], hidden: Collection[Key]) -> Attack:
        """Set up the attack on the hidden cells; the others are known."""
        keys = tuple(key for key in cells if key in hidden)
        place = {key: index for index, key in enumerate(keys)}
        rows, low, high = [], [], []
        for relation in relations:
            row = _row(relation, place)
            if row is not None:
                slack = sum(cells[key].value for key in relation.parts) - cells[relation.total].value
                rows.append(row)
                low.append(-math.inf if relation.low is None else relation.low - slack)
                high.append(math.inf if relation.high is None else relation.high - slack)
        for key in keys:
            base = cells[key].part_of
            if base in place:  # part ≤ base, both hidden
                row = np.zeros(len(keys))
                row[place[key]], row[place[base]] = 1, -1
                rows.append(row)
                low.append(-math.inf)
                high.append(cells[base].value - cells[key].value)
        return cls(
            keys=keys,
            values=np.array([cells[key].value for key in keys], dtype=float),
            matrix=np.array(rows).reshape(len(rows), len(keys)),
            low=np.array(low, dtype=float),
            high=np.array(high, dtype=float),
            bounds=tuple(_bounds(cells[key], cells, place) for key in keys),
        )

    def shift(self, direction: Mapping[Key, int], *, within: Mapping[Key, Bounds] | None = None) -> float:
        """Return how far a combination of cells can be from the truth in this direction; infinite without limit.

        `within` narrows the values that single cells may have; minus infinity when no world is left.
        """
        bounds = list(self.bounds)
        for key, (lowest, highest) in (within or {}).items():
            index = self.keys.index(key)
            bounds[index] = _narrowed(bounds[index], lowest - self.values[index], highest, self.values[index])
        if any(upper is not None and lower > upper for lower, upper in bounds):
            return -math.inf
        objective = np.zeros(len(self.keys))
        for key, sign in direction.items():
            objective[self.keys.index(key)] = -sign
        return self._maximum(objective, bounds)

    def interval(self, key: Key) -> tuple[float, float]:
        """Return the least and the greatest value of a hidden cell."""
        value = float(self.values[self.keys.index(key)])
        return (value - self.shift({key: -1}), value + self.shift({key: 1}))

    def _maximum(self, objective: np.ndarray, bounds: list[Bounds]) -> float:
        equal = self.low == self.high
        above, below = ~equal & np.isfinite(self.high), ~equal & np.isfinite(self.low)
        from scipy.optimize import linprog  # slow to load: only who decides waits for it

        result = linprog(
            objective,
            A_ub=np.vstack([self.matrix[above], -self.matrix[below]]),
            b_ub=np.concatenate([self.high[above], -self.low[below]]),
            A_eq=self.matrix[equal],
            b_eq=self.high[equal],
            bounds=bounds,
            method="highs",
        )
        if result.status == 3:  # unbounded
            return math.inf
        return -float(result.fun) if result.status == 0 else -math.inf


def _row(relation: Relation, place: Mapping[Key, int]) -> np.ndarray | None:
    if not any(key in place for key in relation.keys):
        return None
    row = np.zeros(len(place))
    for key in relation.parts:
        if key in place:
            row[place[key]] += 1
    if relation.total in place:
        row[place[relation.total]] -= 1
    return row


def _bounds(cell: Cell, cells: Mapping[Key, Cell], place: Mapping[Key, int]) -> Bounds:
    if cell.part_of is None or cell.part_of in place:
        return (-cell.value, None)
    return (-cell.value, cells[cell.part_of].value - cell.value)


def _narrowed(bounds: Bounds, lower: float, highest: float | None, value: float) -> Bounds:
    uppers = [bound for bound in (bounds[1], None if highest is None else highest - value) if bound is not None]
    return (max(bounds[0], lower), min(uppers, default=None))
