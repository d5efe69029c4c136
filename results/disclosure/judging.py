"""Judge what is hidden: look for worlds that meet the demands, close by first, and say which demands none meets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from results.disclosure.attack import Attack, Span
from results.disclosure.cells import Policy
from results.disclosure.demands import Demand, Kind
from results.disclosure.knowledge import Knowledge
from results.disclosure.moves import Moves, Shifts, steps_to
from results.disclosure.tables import UNKNOWN, Reading, Table

NEAR = 120  # cells around a cell in which worlds are looked for first
NOT_FAR = 1_000  # and then
MOST_LIKELY = 8  # cells that are tried as the small one before a demand counts as broken
ONE_BY_ONE = 40  # demands of a large piece that are tried in all of it, where it need not be known for certain
LARGE = 1_500  # cells of a piece in which nothing is tried in all of it, unless it must be known


def unmet(table: Table, hidden: Iterable[int], policy: Policy) -> list[Demand]:
    """Return every demand that the sums break when these cells are hidden and all others shown, in a fixed order."""
    pieces = table.pieces(set(hidden))
    return sorted(demand for piece in pieces for demand in unmet_in(table, piece, policy, is_thorough=True))


def unmet_in(
    table: Table,
    piece: Sequence[int],
    policy: Policy,
    *,
    is_thorough: bool,
    readings: Collection[Reading] = tuple(Reading),
) -> list[Demand]:
    """Return the demands that are broken in one piece; not thorough, also some that might be met with more looking."""
    judges = _judges(table, piece, policy, readings)
    return sorted(demand for judge in judges for demand in judge.unmet(is_thorough=is_thorough))


def still_unmet(table: Table, piece: Sequence[int], policy: Policy, demands: Iterable[Demand]) -> list[Demand]:
    """Return those of the demands that are broken in a piece, however hard one looks."""
    wanted = list(demands)
    return [demand for judge in _judges(table, piece, policy) for demand in judge.unmet_of(wanted)]


def _judges(
    table: Table, piece: Sequence[int], policy: Policy, readings: Collection[Reading] = tuple(Reading)
) -> Iterator[Judgement]:
    for reading in readings if table.has_unique else set(readings) & {Reading.AT_MOST}:
        attack = Attack.on(table, piece, reading)
        if attack is not None:
            yield Judgement(attack, reading, policy)


@dataclass(frozen=True)
class Search:
    """An attack on a piece, or on cells of it while the others stay as they are; `is_credible` when something stays small."""

    attack: Attack
    is_credible: bool


class Judgement:
    """Judges one piece of hidden cells under one reading."""

    def __init__(self, attack: Attack, reading: Reading, policy: Policy, *, likely: int = MOST_LIKELY) -> None:
        self.attack, self.reading, self.policy, self.likely = attack, reading, policy, likely
        self.table = attack.table
        self.known = Knowledge(attack, policy)
        self.everything = Search(attack, is_credible=not self.known.has_small)
        self.is_small_piece = len(attack.piece) <= NEAR
        self.first = attack.any_world()
        if self.first is not None:
            self.known.keep(self.first)
        self.begins_in_truth = self.first is not None and not self.first.any()

    def unmet(self, *, is_thorough: bool) -> list[Demand]:
        """Return the demands that are broken; where not thorough, also what was not found in reasonable time."""
        if self.known.is_empty:
            return []
        left = [demand for demand in self.demands() if not self._is_met_nearby(demand)]
        tried = len(left)
        if not self.is_small_piece and not is_thorough:
            tried = ONE_BY_ONE if len(self.attack.piece) <= LARGE else 0
        left = [demand for number, demand in enumerate(left) if number >= tried or not self._is_met(demand)]
        return [demand for demand in left if not self.known.sees(demand)]

    def unmet_of(self, demands: Iterable[Demand]) -> list[Demand]:
        """Return those of some demands that are on this piece under this reading, and broken."""
        mine = [each for each in demands if each.place in self.attack.column and each.reading is self.reading]
        if self.known.is_empty:
            return []
        return [demand for demand in mine if not self._moves_to(demand) and not self._is_met(demand)]

    def demands(self) -> Iterator[Demand]:
        """Yield what is demanded of each cell of the piece."""
        return (demand for place in self.attack.piece for demand in self.demands_on(place))

    def demands_on(self, place: int) -> Iterator[Demand]:
        sums = tuple(sorted(self.attack.sums))
        for is_rest in (False, True) if self.table.bases[place] != UNKNOWN else (False,):
            for kind in self._kinds(place, is_rest=is_rest):
                yield Demand(place, is_rest, kind.value, self.reading.value, sums)

    def _kinds(self, place: int, *, is_rest: bool) -> Iterator[Kind]:
        if self.table.derived[place]:
            yield Kind.UNSURE
            return
        if self.policy.is_small(self._true(place, is_rest=is_rest)):
            yield Kind.REACHES
        if self._has_company or self.table.bases[place] != UNKNOWN:  # the mark of a lone count says that it is small
            yield Kind.UNSURE
        if not is_rest or self.table.bases[place] in self.attack.column:
            yield Kind.VARIES

    @cached_property
    def _has_company(self) -> bool:
        return len(self.attack.piece) - int(self.table.derived[list(self.attack.piece)].sum()) > 1

    def _true(self, place: int, *, is_rest: bool) -> int:
        value = int(self.table.values[place])
        return int(self.table.values[self.table.bases[place]]) - value if is_rest else value

    # --- looking for worlds

    def _is_met_nearby(self, demand: Demand) -> bool:
        """Look around the cell, in worlds in which all that is farther away stays as it is."""
        if self.known.sees(demand) or self._moves_to(demand):
            return True
        if self.is_small_piece or not self.begins_in_truth:
            return False
        return any(self._is_met(demand, self._around(demand.place, size)) for size in (NEAR, NOT_FAR))

    def _moves_to(self, demand: Demand) -> bool:
        """Look for a world by moving persons by hand, which is much quicker than a program where it finds one."""
        for place, amount in steps_to(self._moves, demand, self.policy):
            if self.known.sees(demand):
                return True
            shifts = self._moves.find(place, amount, self._open)
            if shifts:
                self.known.keep(self._world(shifts))
        return self.known.sees(demand)

    def _world(self, shifts: Shifts) -> np.ndarray:
        """Return the world that is so far from the first one."""
        world = np.zeros(len(self.attack.piece), dtype=np.int64) if self.first is None else self.first.copy()
        for place, shift in shifts.items():
            world[self.attack.column[place]] += shift
        return world

    @cached_property
    def _moves(self) -> Moves:
        first = () if self.first is None else self.first.tolist()
        start = {place: shift for place, shift in zip(self.attack.piece, first, strict=False) if shift}
        return Moves(self.table, self.attack.sums, start)

    @cached_property
    def _open(self) -> dict[int, int]:
        return dict.fromkeys(self.attack.piece, 0)

    def _around(self, place: int, size: int) -> Search:
        near = self.table.near(place, self.attack.column, size=size)
        columns = [self.attack.column[each] for each in near]
        others = int(self.known.true_smalls.sum()) - int(self.known.true_smalls[columns].sum())
        return Search(Attack(self.table, tuple(near), self.attack.sums), others > 0 or not self.known.has_small)

    def _is_met(self, demand: Demand, search: Search | None = None) -> bool:
        """Tell whether a world is known, or can be found, that meets the demand."""
        search = search or self.everything
        return self.known.sees(demand) or any(
            self._finds(demand, search, sign, within) for sign, within in self._ways(demand, search)
        )

    def _ways(self, demand: Demand, search: Search) -> Iterator[tuple[int, dict[int, Span]]]:
        """Yield directions in which the cell may go, with what holds some other cell small meanwhile."""
        signs = (1,) if demand.kind is Kind.REACHES else (1, -1)
        within: Sequence[dict[int, Span]] = [{}]
        if demand.kind is not Kind.REACHES and not search.is_credible:
            within = self._small_ones(demand.place, search)
        for spans in within:
            for sign in signs:
                yield sign, spans

    def _finds(self, demand: Demand, search: Search, sign: int, within: dict[int, Span]) -> bool:
        self._keep(search.attack.best(self._direction(demand, sign), within), search)
        return self.known.sees(demand)

    def _keep(self, world: np.ndarray | None, search: Search) -> None:
        if world is None:
            return
        if search.attack is not self.attack:
            shifts = np.zeros(len(self.attack.piece), dtype=np.int64)
            shifts[[self.attack.column[place] for place in search.attack.piece]] = world
            world = shifts
        self.known.keep(world)

    def _direction(self, demand: Demand, sign: int) -> dict[int, float]:
        if not demand.is_rest:
            return {demand.place: sign}
        base = int(self.table.bases[demand.place])
        return {demand.place: -sign, **({base: sign} if base in self.attack.column else {})}

    def _small_ones(self, place: int, search: Search) -> list[dict[int, Span]]:
        """Return ways for some cell to be small: those that are in truth, other cells, then the cell itself."""
        order = sorted(search.attack.piece, key=lambda other: (other == place, *self._how_small(other)))
        spans = [span for other in order[: self.likely] for span in self._spans_of_small(other)]
        return spans if place in order[: self.likely] else spans + self._spans_of_small(place)

    def _how_small(self, place: int) -> tuple[bool, int, int]:
        value = int(self.table.values[place])
        return (bool(self.table.derived[place]), 0 if self.policy.is_small(value) else 1, abs(value - 1))

    def _spans_of_small(self, place: int) -> list[dict[int, Span]]:
        if self.table.derived[place]:
            return []
        value, highest = int(self.table.values[place]), self.policy.min_cell - 1
        spans: list[dict[int, Span]] = [{place: (1 - value, highest - value)}]
        base = int(self.table.bases[place])
        if base != UNKNOWN and base not in self.attack.column:
            rest = int(self.table.values[base]) - value
            spans.append({place: (rest - highest, rest - 1)})
        return spans
