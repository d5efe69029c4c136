"""What a reader can compute about hidden cells: every world that agrees with all that is shown, by linear programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from results.disclosure.cells import Policy
from results.disclosure.solver import Model, Rows
from results.disclosure.tables import UNKNOWN, Reading, Row, Table

TOLERANCE = 1e-6
NODE_LIMIT = 400  # in nodes, not seconds: the same table gives the same answer on every machine
Span = tuple[float, float]


@dataclass(frozen=True)
class Attack:
    """The worlds of one piece of hidden cells. A world is how far each cell is from the truth, in whole persons.

    `sums` are the rows that the reader takes for plain sums although they may not be.
    """

    table: Table
    piece: tuple[int, ...]
    sums: frozenset[int] = frozenset()

    @classmethod
    def on(cls, table: Table, piece: Sequence[int], reading: Reading) -> Attack | None:
        """Set up the attack; None when this way of reading says no more than the other."""
        attack = cls(table, tuple(piece))
        if reading is Reading.AT_MOST:
            return attack
        unique = [number for number in attack.rows if _says_more(table.rows[number])]
        return attack._taking_for_sums(unique) if unique else None

    def _taking_for_sums(self, unique: list[int]) -> Attack | None:
        """Take all unique totals for sums if that agrees with what is shown, else those that do, one after the other."""
        every = Attack(self.table, self.piece, frozenset(unique))
        if every.any_world() is not None:
            return every
        kept = frozenset(number for number in unique if self.table.rows[number].surplus == 0)
        for number in unique:
            if number not in kept:
                wider = Attack(self.table, self.piece, kept | {number})
                kept = wider.sums if wider.any_world() is not None else kept
        return Attack(self.table, self.piece, kept) if kept else None

    @cached_property
    def column(self) -> dict[int, int]:
        return {index: column for column, index in enumerate(self.piece)}

    @cached_property
    def rows(self) -> list[int]:
        """The relations that touch the piece."""
        return sorted({number for index in self.piece for number in self.table.rows_at[index]})

    @cached_property
    def spans(self) -> np.ndarray:
        """How far each cell can be from the truth, by itself: one row of low and high for each."""
        values, bases, floors = self.table.values, self.table.bases, self.table.floors
        spans = np.empty((len(self.piece), 2))
        for column, index in enumerate(self.piece):
            base = bases[index]
            is_open = base == UNKNOWN or base in self.column
            spans[column] = (
                floors[index] - values[index],
                self.table.reach if is_open else values[base] - values[index],
            )
        return spans

    @cached_property
    def _system(self) -> Rows:
        found, low, high = [], [], []
        for number in self.rows:
            row = self.table.rows[number]
            found.append([(self.column[i], s) for i, s in zip(row.places, row.signs, strict=True) if i in self.column])
            limits = (0, 0) if number in self.sums else (row.low, row.high)
            low.append(limits[0] - row.surplus)
            high.append(limits[1] - row.surplus)
        for column, index in enumerate(self.piece):
            base = self.table.bases[index]
            if base in self.column:  # a part is no more than its base, both hidden
                found.append([(column, 1), (self.column[base], -1)])
                low.append(-np.inf)
                high.append(self.table.values[base] - self.table.values[index])
        entries = [(line, column, float(sign)) for line, pairs in enumerate(found) for column, sign in pairs]
        return Rows(entries, np.array(low, dtype=float), np.array(high, dtype=float))

    @cached_property
    def _real(self) -> Model:
        return Model(self._system, self.spans, nodes=NODE_LIMIT)

    @cached_property
    def _in_persons(self) -> Model:
        return Model(self._system, self.spans, nodes=NODE_LIMIT, whole=np.ones(len(self.piece), dtype=bool))

    def any_world(self) -> np.ndarray | None:
        """Return a world that agrees with what is shown; the truth where it does."""
        if all(self.table.rows[number].surplus == 0 for number in self.sums):
            return np.zeros(len(self.piece), dtype=np.int64)
        return self.best({})

    def best(self, direction: Mapping[int, float], within: Mapping[int, Span] | None = None) -> np.ndarray | None:
        """Return the world that goes farthest in a direction (places with weights); None when there is none.

        `within` narrows how far single cells may be from the truth.
        """
        spans = self._narrowed(within or {})
        if spans is None:
            return None
        objective = np.zeros(len(self.piece))
        for index, weight in direction.items():
            objective[self.column[index]] -= weight
        return self._whole(objective, spans)

    def _narrowed(self, within: Mapping[int, Span]) -> np.ndarray | None:
        spans = self.spans.copy()
        for index, (low, high) in within.items():
            column = self.column[index]
            spans[column] = (max(spans[column, 0], low), min(spans[column, 1], high))
        return None if (spans[:, 0] > spans[:, 1]).any() else spans

    def _whole(self, objective: np.ndarray, spans: np.ndarray) -> np.ndarray | None:
        """Solve with real numbers; with whole ones when the corner found is not whole."""
        found = _asked(self._real, objective, spans)
        world = None if found is None else _rounded(found)
        if found is None or world is not None:
            return world
        found = _asked(self._in_persons, objective, spans)
        return None if found is None else np.rint(found).astype(np.int64)

    def values_of(self, worlds: np.ndarray) -> np.ndarray:
        """Return the values of all cells in worlds of this piece, one a row."""
        values = np.tile(self.table.values, (len(worlds), 1))
        values[:, list(self.piece)] += worlds
        return values

    def smalls(self, worlds: np.ndarray, policy: Policy) -> np.ndarray:
        """Tell for each world which cells of the piece would have been hidden for themselves."""
        return self.table.smalls(self.values_of(worlds), policy)[:, list(self.piece)]


def _says_more(row: Row) -> bool:
    return row.may_be_sum and not row.low == row.high == 0


def _rounded(found: np.ndarray) -> np.ndarray | None:
    rounded = np.rint(found)
    return None if np.abs(found - rounded).max(initial=0) > TOLERANCE else rounded.astype(np.int64)


def _asked(model: Model, objective: np.ndarray, spans: np.ndarray) -> np.ndarray | None:
    model.bound(spans)
    return model.minimum(objective)
