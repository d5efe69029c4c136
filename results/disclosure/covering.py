"""Hide what is needed in large groups: around each cell in turn, until everything that is demanded has been seen.

A world that was found stays possible when more is hidden, so nothing is judged twice, and what is done is proved when it is done.
Each demand hides what its own cheapest move needs; where no move is found by hand, what the cheapest world of a program moves
(after Kelly, Golden and Assad, 1992). The choice is not the least there is. In the end all of it is attacked: totals of unique
persons can be taken for more sums the more is hidden.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping

from results.disclosure.cells import Policy
from results.disclosure.demands import Demand
from results.disclosure.judging import still_unmet, unmet_in
from results.disclosure.ledger import Ledger
from results.disclosure.moves import Moves, Shifts, steps_to
from results.disclosure.programs import Program
from results.disclosure.tables import Reading, Table

WIDTHS = (
    60,
    240,
    1_000,
    100_000,
)  # cells around one in which a program looks for others to hide; in the end, all of them
ROUNDS = 4  # attacks on all of it, each with more hidden
BESIDE = 3  # times that a cell of each row is hidden beside one that nothing else protects


class Cover:
    """Grows the hidden cells of one group until all that is demanded of them is met, or nothing more can be hidden."""

    def __init__(
        self, table: Table, given: Collection[int], costs: Mapping[int, int], policy: Policy, *, looks: int
    ) -> None:
        self.table, self.costs, self.policy, self.looks = table, costs, policy, looks
        self.hidden = set(given)
        self.prices = {**costs, **dict.fromkeys(given, 0)}
        self.queue = deque(sorted(given, key=self._order))
        self.unmet: dict[int, Demand] = {}
        unique = frozenset(number for number, row in enumerate(table.rows) if row.may_be_sum and row.surplus == 0)
        readings = [(Reading.AT_MOST, frozenset[int]()), *([(Reading.SUM, unique)] if unique else [])]
        self.ledgers = [
            (Ledger(table, reading, Moves(table, sums), policy, self.hidden), sums) for reading, sums in readings
        ]

    def grow(self) -> set[int]:
        """Return the hidden cells when all is met; everything that may be, when so many looks were not enough to prove less."""
        broken: list[int] = []
        for _round in range(ROUNDS):
            self._settle_all()
            if self.looks < 0:
                return self.hidden | self.costs.keys()
            broken = self._broken()
            if not broken:
                return self.hidden
            if not self._hide_around(broken):
                break
            self.queue.extend(broken)
        return self._at_last(broken)

    def _at_last(self, broken: Collection[int]) -> set[int]:
        """Hide everything that may be, unless that would not help either: what gives a number away may be public."""
        everything = self.hidden | self.costs.keys()
        wanted = list(self.unmet.values())
        pieces = self.table.pieces(everything) if wanted else ()
        lost = {each.place for piece in pieces for each in still_unmet(self.table, piece, self.policy, wanted)}
        return self.hidden if lost.issuperset(broken) else everything

    def _order(self, place: int) -> tuple[bool, int, int]:
        value = int(self.table.values[place])
        return (not self.policy.is_small(value), value, place)

    def _settle_all(self) -> None:
        while self.queue and self.looks >= 0:
            place = self.queue.popleft()
            for ledger, sums in self.ledgers:
                self._settle(place, ledger, sums)

    def _settle(self, place: int, ledger: Ledger, sums: frozenset[int]) -> None:
        for demand in ledger.wanted(place, ()):
            for _time in range(BESIDE):
                if self._meets(demand, ledger) or self._finds(demand, ledger, sums):
                    break
                if not self._hide_around([place]):
                    self.unmet[place] = demand
                    break
            else:
                self.unmet[place] = demand

    def _meets(self, demand: Demand, ledger: Ledger) -> bool:
        """Hide what the cheapest move by hand needs that meets a demand; tell whether there is one."""
        number = (demand.place, demand.is_rest)
        for place, amount in steps_to(ledger.moves, demand, self.policy):
            if ledger.sees(number, demand.kind):
                return True
            shifts = ledger.moves.find(place, amount, self.prices)
            if shifts:
                self._take(shifts, ledger)
        return ledger.sees(number, demand.kind)

    def _finds(self, demand: Demand, ledger: Ledger, sums: frozenset[int]) -> bool:
        """Hide what the cheapest world moves that a program finds around the cell; tell whether it meets the demand."""
        for width in WIDTHS:
            self.looks -= 1
            near = self.table.near(demand.place, self.prices, size=width)
            rows = tuple(sorted(sums & {number for place in near for number in self.table.rows_at[place]}))
            program = Program(self.table, self.policy, self.costs, hidden=self.hidden, within=near)
            world = program.world([Demand(demand.place, demand.is_rest, demand.kind_name, demand.reading_name, rows)])
            if world:
                self._take(world, ledger)
            if ledger.sees((demand.place, demand.is_rest), demand.kind):
                return True
        return False

    def _take(self, shifts: Shifts, ledger: Ledger) -> None:
        self._hide(shifts)
        ledger.learn(shifts)

    def _broken(self) -> list[int]:
        """Return the cells of which something demanded has not been seen, or does not hold when more is taken for sums."""
        found = set(self.unmet)
        if any(row.may_be_sum and row.surplus > 0 for row in self.table.rows):
            for piece in self.table.pieces(self.hidden):
                broken = unmet_in(self.table, piece, self.policy, is_thorough=False, readings=(Reading.SUM,))
                found |= {demand.place for demand in broken}
        return sorted(found)

    def _hide_around(self, places: Iterable[int]) -> bool:
        """Hide the cheapest cell of each row that the cells stand in: the safe side. Tell whether there was any."""
        numbers = sorted({number for place in places for number in self.table.rows_at[place]})
        left = [
            [other for other in self.table.rows[number].places if other in self.costs and other not in self.hidden]
            for number in numbers
        ]
        more = {min(row, key=lambda other: (self.costs[other], other)) for row in left if row}
        self._hide(more)
        return bool(more)

    def _hide(self, places: Iterable[int]) -> None:
        more = sorted(set(places) - self.hidden)
        self.hidden.update(more)
        self.prices.update(dict.fromkeys(more, 0))
        self.queue.extend(more)
