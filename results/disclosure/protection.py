"""Choose which further cells to hide, so that every demand is met: the fewest, and among those the smallest.

Each demand is a world that must be possible; the choice is a mixed-integer program over the demands that are broken so far
(after Fischetti and Salazar, 2001; demands are added as the choice breaks them). Where that would be too large, see `covering`;
what then turns out not to be needed is shown again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from results.disclosure.cells import Policy
from results.disclosure.covering import Cover
from results.disclosure.demands import Demand
from results.disclosure.judging import still_unmet, unmet_in
from results.disclosure.programs import Program
from results.disclosure.tables import Table

NODE_LIMIT = 500  # in nodes, not seconds: the same table gives the same choice on every machine
MOST_COLUMNS = 1_500  # of the program that chooses exactly
MOST_ROUNDS = 25
MOST_CELLS = 200  # of a group in which everything is judged again and again
MOST_LOOKS = 6_000  # around single cells of a large group
MOST_TIDIED = 1_500  # cells that are judged again while cells are tried without


@dataclass(frozen=True)
class Limits:
    """How hard to try before hiding more instead. Each is counted, not timed."""

    nodes: int = NODE_LIMIT
    columns: int = MOST_COLUMNS
    rounds: int = MOST_ROUNDS
    cells: int = MOST_CELLS
    tidied: int = MOST_TIDIED
    looks: int = MOST_LOOKS


@dataclass
class Choice:
    """What is hidden from the start, what may be hidden at which cost, and the demands that nothing can meet."""

    table: Table
    given: frozenset[int]
    costs: Mapping[int, int]
    policy: Policy
    limits: Limits = field(default_factory=Limits)
    lost: frozenset[Demand] = frozenset()
    _judged: dict[tuple[int, ...], list[Demand]] = field(default_factory=dict)

    def broken(self, hidden: Collection[int]) -> list[Demand]:
        found = (demand for piece in self.table.pieces(hidden) for demand in self.broken_in(piece))
        return sorted(demand for demand in found if demand not in self.lost)

    def broken_in(self, piece: Sequence[int]) -> list[Demand]:
        """Return what is broken in one piece; it is the same whatever else is hidden."""
        key = tuple(piece)
        if key not in self._judged:
            self._judged[key] = unmet_in(self.table, piece, self.policy, is_thorough=False)
        return self._judged[key]

    @property
    def is_large(self) -> bool:
        return len(self.given) + len(self.costs) > self.limits.cells

    def has_facts(self) -> bool:
        """Tell whether some cell of the group can neither be hidden nor is it."""
        return len(self.given) + len(self.costs) < len(self.table.keys)


def protect(
    table: Table, given: Collection[int], *, costs: Mapping[int, int], policy: Policy, limits: Limits | None = None
) -> set[int]:
    """Return the given hidden cells and what must be hidden with them. `costs` says what may be, and how dear it is.

    A demand that would be broken even with everything hidden hides nothing: what is known already cannot be protected.
    """
    choice = Choice(table, frozenset(given), costs, policy, limits or Limits())
    if not costs:
        return set(given)
    if choice.is_large:
        return Cover(table, given, costs, policy, looks=choice.limits.looks).grow()
    first = choice.broken(given)
    if first and choice.has_facts():
        choice.lost = _lost(choice, first)
        first = [demand for demand in first if demand not in choice.lost]
    if not first:
        return set(given)
    return _exactly(choice, first) or _tidied(
        choice, Cover(table, given, costs, policy, looks=choice.limits.looks).grow()
    )


def _lost(choice: Choice, first: list[Demand]) -> frozenset[Demand]:
    """Return the demands that stay broken with everything hidden that may be."""
    everything = sorted({*choice.given, *choice.costs})
    places = {demand.place for demand in first}
    pieces = [piece for piece in choice.table.pieces(everything) if not places.isdisjoint(piece)]
    broken = {demand for piece in pieces for demand in still_unmet(choice.table, piece, choice.policy, first)}
    return frozenset(broken)


def _exactly(choice: Choice, first: list[Demand]) -> set[int] | None:
    """Return the cheapest choice; None when it is too large a program, or has not settled after some rounds."""
    demands, broken, hidden = list[Demand](), first, set(choice.given)
    for _round in range(choice.limits.rounds):
        demands += [demand for demand in broken if demand not in demands]
        program = Program(choice.table, choice.policy, choice.costs, hidden=choice.given)
        if program.size(demands) > choice.limits.columns:
            return None
        found = program.choice(demands, nodes=choice.limits.nodes)
        if found is None or found == hidden:
            return None
        hidden = found
        broken = choice.broken(hidden)
        if not broken:
            return hidden
    return None


def _tidied(choice: Choice, hidden: set[int]) -> set[int]:
    """Show again what is not needed, the dearest first, until enough has been tried."""
    budget = choice.limits.tidied
    for place in sorted(hidden - choice.given, key=lambda place: (-choice.costs[place], place)):
        without = _piece_without(choice.table, hidden, place)
        judged = sum(map(len, without))
        if judged > budget:
            continue
        budget -= judged
        if not any(demand not in choice.lost for piece in without for demand in choice.broken_in(piece)):
            hidden = hidden - {place}
    return hidden


def _piece_without(table: Table, hidden: Collection[int], place: int) -> list[list[int]]:
    """Return what the piece that holds a cell falls into when the cell is shown."""
    return list(table.pieces(set(table.piece_of(place, hidden)) - {place}))
