"""What has been seen to be possible for the hidden cells of a large group, one move at a time.

A world stays possible when more is hidden, so what is in the ledger is never looked for again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from results.disclosure.cells import Policy
from results.disclosure.demands import Demand, Kind
from results.disclosure.moves import Moves, Shifts
from results.disclosure.tables import UNKNOWN, Reading, Table

Number = tuple[int, bool]  # a place, and whether what is meant is the rest of its base


class Ledger:
    """Under one reading: which numbers have been seen large, not small, and other than they are."""

    def __init__(self, table: Table, reading: Reading, moves: Moves, policy: Policy, hidden: Collection[int]) -> None:
        self.table, self.reading, self.moves, self.policy = table, reading, moves, policy
        self.hidden = hidden
        self.bases = table.bases.tolist()
        self.derived = table.derived.tolist()
        self._smalls = {place for place in range(len(table.keys)) if self.is_small_in({}, place)}
        self._seen: dict[Kind, set[Number]] = {kind: set() for kind in Kind}

    def sees(self, number: Number, kind: Kind) -> bool:
        """Tell whether a world has been found in which the number is as it must be able to be."""
        value = self.number({}, number)
        if kind is Kind.REACHES and value >= self.policy.min_cell:
            return True
        return number in self._seen[kind] or (kind is Kind.UNSURE and not self.policy.is_small(value))

    def wanted(self, place: int, sums: Iterable[int]) -> Iterator[Demand]:
        """Yield what must be possible for a cell, and has not been seen to be."""
        has_base = self.bases[place] != UNKNOWN
        for is_rest in (False, True) if has_base else (False,):
            for kind in self._kinds(place, is_rest=is_rest):
                if not self.sees((place, is_rest), kind):
                    yield Demand(place, is_rest, kind.value, self.reading.value, tuple(sums))

    def _kinds(self, place: int, *, is_rest: bool) -> Iterator[Kind]:
        if self.derived[place]:
            yield Kind.UNSURE
            return
        if self.policy.is_small(int(self.number({}, (place, is_rest)))):
            yield Kind.REACHES
        if self.bases[place] != UNKNOWN or self._has_company(place):
            yield Kind.UNSURE
        if not is_rest or self.bases[place] in self.hidden:
            yield Kind.VARIES

    def learn(self, shifts: Shifts) -> None:
        """Keep what a move proves about every number that it changes."""
        is_credible = self._is_credible(shifts)
        for number in self._changed(shifts):
            value = self.number(shifts, number)
            if value >= self.policy.min_cell:
                self._seen[Kind.REACHES].add(number)
            if is_credible and not self.policy.is_small(value):
                self._seen[Kind.UNSURE].add(number)
            if is_credible and value != self.number({}, number):
                self._seen[Kind.VARIES].add(number)

    def number(self, shifts: Shifts, number: Number) -> int:
        place, is_rest = number
        value: int = self.moves.values[place] + shifts.get(place, 0)
        if not is_rest:
            return value
        base = self.bases[place]
        return int(self.moves.values[base]) + shifts.get(base, 0) - value

    def is_small_in(self, shifts: Shifts, place: int) -> bool:
        """Tell whether a cell would be hidden for itself in a world."""
        if self.derived[place]:
            return False
        few, value = self.policy.is_small, self.number(shifts, (place, False))
        if few(value) or self.bases[place] == UNKNOWN:
            return few(value)
        rest = self.number(shifts, (place, True))
        return few(rest) or few(value + rest)

    def _changed(self, shifts: Shifts) -> Iterator[Number]:
        for place in shifts:
            yield place, False
            if self.bases[place] != UNKNOWN:
                yield place, True
            yield from ((part, True) for part in self.table.parts_at[place] if part not in shifts)

    def _is_credible(self, shifts: Shifts) -> bool:
        """Tell whether some cell that hangs together with the moved ones stays small, or becomes it, as something must be."""
        if any(self.is_small_in(shifts, place) for place in shifts):
            return True
        return any(self._stays_small(other, shifts) for place in shifts for other in self.moves.near(place))

    def _stays_small(self, place: int, shifts: Shifts) -> bool:
        return place in self._smalls and place in self.hidden and self.is_small_in(shifts, place)

    def _has_company(self, place: int) -> bool:
        return any(other in self.hidden and not self.derived[other] for other in self.moves.near(place))
