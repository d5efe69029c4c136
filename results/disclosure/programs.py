"""The programs that choose cells to hide: exactly with binaries, or around one cell by the cheapest world."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np

from results.disclosure.attack import TOLERANCE
from results.disclosure.cells import Policy
from results.disclosure.demands import Demand, Kind
from results.disclosure.judging import MOST_LIKELY
from results.disclosure.solver import Model, Rows
from results.disclosure.tables import UNKNOWN, Table

WHOLE_NODES = 50  # to look for a world in whole persons where the first found is not
MANY_CELLS = 400  # among more, that is looked for only among those that the first found moves: else it takes minutes
FARTHEST = 2_000  # persons by which a cell may move in a program


class Program:
    """A mixed-integer program over the cells that are hidden and those that may be (`costs`), perhaps only `within` some."""

    def __init__(
        self,
        table: Table,
        policy: Policy,
        costs: Mapping[int, int],
        *,
        hidden: Collection[int],
        within: Collection[int] | None = None,
    ) -> None:
        self.table, self.policy, self.costs = table, policy, costs
        near = set(table.place.values()) if within is None else set(within)
        self.hidden = set(hidden) & near
        self.free = sorted((set(costs) & near) - self.hidden)
        self.cells = sorted({*self.hidden, *self.free})
        self.column = {place: column for column, place in enumerate(self.cells)}
        self.far = 2.0 * min(table.reach, FARTHEST)
        self._entries: list[tuple[int, int, float]] = []
        self._limits: list[tuple[float, float]] = []
        self._bounds: list[tuple[float, float]] = []
        self._costs: list[float] = []
        self._whole: list[int] = []

    def size(self, demands: Sequence[Demand]) -> int:
        """Return how many columns the exact choice takes."""
        return len(self.free) + len(demands) * (len(self.cells) + MOST_LIKELY)

    def choice(self, demands: Sequence[Demand], *, nodes: int) -> set[int] | None:
        """Return what is hidden in the cheapest choice that meets the demands: a block of shifts for each; None when none was
        found in so many nodes.
        """
        binaries = {place: self._variable(0, 1, cost=self.costs[place], is_whole=True) for place in self.free}
        for demand in demands:
            self._add_world(demand, binaries)
        found = self._solved(nodes)
        if found is None:
            return None
        return {*self.hidden, *(place for place, column in binaries.items() if found[column] > 0.5)}

    def world(self, demands: Sequence[Demand]) -> dict[int, int] | None:
        """Return the cheapest world in which as many demands as can be are met together: how far each cell moves that does.

        None when none was found in whole persons.
        """
        shifts = self._add_shifts(frozenset(number for demand in demands for number in demand.sums))
        dearest = max(self.costs.values(), default=1)
        for place in self.free:
            self._weigh(shifts[place], 0.01 + self.costs[place] / dearest)
        for (
            place
        ) in self.hidden:  # so little that it decides nothing, but keeps the world small and so in whole persons
            self._weigh(shifts[place], 0.0001)
        for demand in demands:
            self._wish(demand, shifts)
        moved = self._moved(shifts, nodes=1)
        if moved is None or _is_whole(moved):
            return _rounded(moved)
        if len(self.cells) > MANY_CELLS:
            return self._among(moved, demands)
        self._make_whole(shifts)
        return _rounded(self._moved(shifts, nodes=WHOLE_NODES))

    def _moved(self, shifts: Mapping[int, int], nodes: int) -> dict[int, float] | None:
        """Return how far each cell moves that does in the cheapest world found, perhaps not in whole persons."""
        found = self._solved(nodes=nodes)
        if found is None:
            return None
        return {place: float(found[column]) for place, column in shifts.items() if abs(found[column]) > TOLERANCE}

    def _make_whole(self, shifts: Mapping[int, int]) -> None:
        for column in shifts.values():
            self._whole[column] = 1

    def _among(self, moved: Collection[int], demands: Sequence[Demand]) -> dict[int, int] | None:
        """Look again among the cells that moved, and in whole persons at once."""
        within = {*moved, *(demand.place for demand in demands)}
        if len(within) > MANY_CELLS:
            return None
        return Program(self.table, self.policy, self.costs, hidden=self.hidden, within=within).world(demands)

    def _wish(self, demand: Demand, shifts: Mapping[int, int]) -> None:
        """Let what a demand lacks be dearer than any way to meet it."""
        value, entries = self._number(demand, shifts)
        amount = 1 if demand.kind is Kind.VARIES else self.policy.min_cell - value
        lacking = self._variable(0, max(0, amount), cost=100.0 * len(self.cells))
        self._constrain([*entries, (lacking, 1)], amount, np.inf)

    # --- building

    def _variable(self, low: float, high: float, *, cost: float = 0, is_whole: bool = False) -> int:
        self._bounds.append((low, high))
        self._costs.append(cost)
        self._whole.append(int(is_whole))
        return len(self._bounds) - 1

    def _constrain(self, entries: Iterable[tuple[int, float]], low: float, high: float) -> None:
        self._entries += [(len(self._limits), column, value) for column, value in entries]
        self._limits.append((low, high))

    def _weigh(self, shift: int, cost: float) -> None:
        """Let a shift cost its distance from the truth."""
        distance = self._variable(0, np.inf, cost=cost)
        self._constrain([(distance, 1), (shift, -1)], 0, np.inf)
        self._constrain([(distance, 1), (shift, 1)], 0, np.inf)

    def _add_world(self, demand: Demand, binaries: Mapping[int, int]) -> dict[int, int]:
        shifts = self._add_shifts(frozenset(demand.sums))
        for place, binary in binaries.items():
            low, high = self._span(place)
            self._constrain([(shifts[place], 1), (binary, -low)], 0, np.inf)
            self._constrain([(shifts[place], 1), (binary, -high)], -np.inf, 0)
        self._add_goal(demand, shifts)
        if demand.kind is not Kind.REACHES:
            self._add_small_one(demand, shifts, binaries)
        return shifts

    def _add_shifts(self, sums: Collection[int]) -> dict[int, int]:
        shifts = {place: self._variable(*self._span(place)) for place in self.cells}
        self._add_rows(shifts, sums)
        return shifts

    def _span(self, place: int) -> tuple[float, float]:
        """Return how far a cell may move: not so far that a solver's tolerance would be a person."""
        value, base = int(self.table.values[place]), int(self.table.bases[place])
        low = value - int(self.table.floors[place])
        is_open = base == UNKNOWN or base in self.column
        far = self.far / 2
        return (-min(low, far), far if is_open else min(far, int(self.table.values[base]) - value))

    def _add_rows(self, shifts: Mapping[int, int], sums: Collection[int]) -> None:
        for number in sorted({number for place in self.cells for number in self.table.rows_at[place]}):
            row = self.table.rows[number]
            entries = [(shifts[p], float(s)) for p, s in zip(row.places, row.signs, strict=True) if p in shifts]
            low, high = (0, 0) if number in sums else (row.low, row.high)
            self._constrain(entries, low - row.surplus, high - row.surplus)
        for place in self.cells:
            base = int(self.table.bases[place])
            if base in shifts:
                room = int(self.table.values[base] - self.table.values[place])
                self._constrain([(shifts[place], 1), (shifts[base], -1)], -np.inf, room)

    def _add_goal(self, demand: Demand, shifts: Mapping[int, int]) -> None:
        """Demand that the number is large, or, where it may as well be none or just another, one of these."""
        value, entries = self._number(demand, shifts)
        least = self.policy.min_cell - value
        if demand.kind is Kind.VARIES:
            self._either(entries, 1, -1)
        elif demand.kind is Kind.UNSURE:
            self._either(entries, least, -value)
        else:
            self._constrain(entries, least, np.inf)

    def _number(self, demand: Demand, shifts: Mapping[int, int]) -> tuple[int, list[tuple[int, float]]]:
        value = int(self.table.values[demand.place])
        if not demand.is_rest:
            return value, [(shifts[demand.place], 1.0)]
        base = int(self.table.bases[demand.place])
        entries = [(shifts[demand.place], -1.0)]
        if base in shifts:
            entries.append((shifts[base], 1.0))
        return int(self.table.values[base]) - value, entries

    def _either(self, entries: list[tuple[int, float]], least: float, most: float) -> None:
        """Demand a sum of at least `least`, or of at most `most`."""
        far = self.far
        up = self._variable(0, 1, is_whole=True)
        self._constrain([*entries, (up, -far)], least - far, np.inf)
        self._constrain([*entries, (up, -far)], -np.inf, most)

    def _add_small_one(self, demand: Demand, shifts: Mapping[int, int], binaries: Mapping[int, int]) -> None:
        """Demand that some hidden cell is small, or a reader would know that this cannot be the world."""
        is_small = {place: bool(s) for place, s in zip(self.cells, self._smalls(), strict=True)}
        if not any(is_small.values()):
            return
        candidates = [place for place in self.cells if not self.table.derived[place]]
        candidates.sort(key=lambda place: (not is_small[place], place == demand.place, self.table.values[place]))
        marks = []
        for place in candidates[:MOST_LIKELY]:
            for mark in self._small_marks(place, shifts):
                marks.append((mark, 1.0))
                if place in binaries:
                    self._constrain([(binaries[place], 1), (mark, -1)], 0, np.inf)
        self._constrain(marks, 1, np.inf)

    def _smalls(self) -> np.ndarray:
        return self.table.smalls(self.table.values, self.policy)[self.cells]

    def _small_marks(self, place: int, shifts: Mapping[int, int]) -> Iterator[int]:
        """Yield binaries that are 1 only where the cell is from 1 to the highest small number, or its rest of a known base is."""
        value, base, highest = (
            int(self.table.values[place]),
            int(self.table.bases[place]),
            self.policy.min_cell - 1,
        )
        yield self._mark_between(shifts[place], 1 - value, highest - value)
        if base != UNKNOWN and base not in shifts:
            rest = int(self.table.values[base]) - value
            yield self._mark_between(shifts[place], rest - highest, rest - 1)

    def _mark_between(self, shift: int, low: int, high: int) -> int:
        mark = self._variable(0, 1, is_whole=True)
        self._constrain([(shift, 1), (mark, self.far)], -np.inf, high + self.far)
        self._constrain([(shift, 1), (mark, -self.far)], low - self.far, np.inf)
        return mark

    # --- solving

    def _solved(self, nodes: int) -> np.ndarray | None:
        limits = np.array(self._limits, dtype=float).reshape(-1, 2)
        rows = Rows(self._entries, limits[:, 0].copy(), limits[:, 1].copy())
        model = Model(rows, np.array(self._bounds, dtype=float), nodes=nodes, whole=np.array(self._whole, dtype=bool))
        return model.minimum(np.array(self._costs, dtype=float))


def _is_whole(moved: Mapping[int, float]) -> bool:
    return all(abs(shift - round(shift)) <= TOLERANCE for shift in moved.values())


def _rounded(moved: Mapping[int, float] | None) -> dict[int, int] | None:
    """Return a world in whole persons; None when it is not."""
    if moved is None or not _is_whole(moved):
        return None
    return {place: round(shift) for place, shift in moved.items()}
