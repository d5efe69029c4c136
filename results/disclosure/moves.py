"""Worlds found by hand: persons moved from a cell to others and back along the sums, until every sum holds again.

In a table with margins the smallest such move is a box: a cell, one partner in each of its rows, and the cells where those cross
(the hypercube method, after Repsilber, 1994). `find` builds it row by row, keeps the cheapest few on the way, and mends what is
left (persons and courses, a base beside its part) cell by cell. What it returns is a proof: every sum has been checked. That it
finds nothing proves nothing; then a program is asked.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from results.disclosure.cells import Policy
from results.disclosure.demands import Demand, Kind
from results.disclosure.tables import UNKNOWN, Table

WIDTH = 4  # boxes that are kept from row to row
STEPS = 160  # cells that are moved to mend what a box leaves open
TRIED = 14  # partners that are tried in a row, the cheapest first

Shifts = dict[int, int]


@dataclass(frozen=True)
class Line:
    """A sum by places and signs, and how far what it adds up to may go from where it is."""

    places: tuple[int, ...]
    signs: tuple[int, ...]
    low: float
    high: float

    def allows(self, change: int) -> bool:
        return self.low <= change <= self.high


@dataclass(frozen=True)
class Box:
    """Cells that move together, by how much; `steps` says from which cell each was reached."""

    shifts: Shifts
    order: tuple[int, ...]
    cost: int = 0
    sources: Mapping[int, int] = field(default_factory=dict)


class Moves:
    """Moves from one world (how far each place is from the truth) to others, in a table under one way to read it."""

    def __init__(self, table: Table, sums: Collection[int] = (), start: Mapping[int, int] | None = None) -> None:
        self.table = table
        start = start or {}
        self.values = table.values.tolist()
        for place, shift in start.items():
            self.values[place] += shift
        self.floors = table.floors.tolist()
        self.lines = [self._line(number, number in sums, start) for number in range(len(table.rows))]
        self.lines += [self._beside(place, int(base)) for place, base in enumerate(table.bases) if base != UNKNOWN]
        self.at: list[list[tuple[int, int]]] = [[] for _ in table.keys]
        for number, line in enumerate(self.lines):
            for place, sign in zip(line.places, line.signs, strict=True):
                self.at[place].append((number, sign))
        self.gone = [0] * len(self.lines)  # how far each sum is from the world that the moves start in
        self._near: dict[int, dict[int, int]] = {}

    def _line(self, number: int, is_sum: bool, start: Mapping[int, int]) -> Line:
        row = self.table.rows[number]
        moved = sum(sign * start.get(place, 0) for place, sign in zip(row.places, row.signs, strict=True))
        low, high = (0, 0) if is_sum else (row.low, row.high)
        return Line(row.places, row.signs, low - row.surplus - moved, high - row.surplus - moved)

    def _beside(self, place: int, base: int) -> Line:
        """Return that a part is no more than its base."""
        return Line((base, place), (1, -1), self.values[place] - self.values[base], float("inf"))

    def find(self, place: int, amount: int, costs: Mapping[int, int]) -> Shifts | None:
        """Return how far each cell moves when one moves by an amount; only cells with a cost may, the cheapest way found.

        All at once, or one person after the other, each with other cells to make up for it.
        """
        found = self._at_once(place, amount, costs)
        return found if found or abs(amount) == 1 else self._one_by_one(place, amount, costs)

    def _one_by_one(self, place: int, amount: int, costs: Mapping[int, int]) -> Shifts | None:
        total: Shifts = {}
        prices = dict(costs)
        try:
            for _person in range(abs(amount)):
                shifts = self._at_once(place, 1 if amount > 0 else -1, prices)
                if not shifts:
                    return None
                self._go(shifts, 1)
                total = {cell: total.get(cell, 0) + shifts.get(cell, 0) for cell in {**total, **shifts}}
                prices.update(dict.fromkeys(shifts, 0))
        finally:
            self._go(total, -1)
        return {cell: shift for cell, shift in total.items() if shift}

    def _go(self, shifts: Shifts, times: int) -> None:
        for place, shift in shifts.items():
            self.values[place] += times * shift
            for number, sign in self.at[place]:
                self.gone[number] += times * sign * shift

    def _at_once(self, place: int, amount: int, costs: Mapping[int, int]) -> Shifts | None:
        search = _Search(self, amount, costs)
        if place not in costs or not search.fits(place, amount):
            return None
        best: Shifts | None = None
        for box in search.boxes(place):
            if best is not None and search.price(best) <= box.cost:
                break
            shifts = search.mended(box)
            if shifts is not None and (best is None or search.price(shifts) < search.price(best)):
                best = shifts
        return best

    def near(self, place: int) -> dict[int, int]:
        """Return the cells that share a row with one, and with which sign they move to make up for it."""
        if place not in self._near:
            found: dict[int, int] = {}
            for number, sign in self.at[place]:
                line = self.lines[number]
                for other, its in zip(line.places, line.signs, strict=True):
                    if other != place:
                        found.setdefault(other, -sign * its)
            self._near[place] = found
        return self._near[place]


def steps_to(moves: Moves, demand: Demand, policy: Policy) -> Iterator[tuple[int, int]]:
    """Yield cells and how far each would have to move from the world that the moves start in, for a demand to be met."""
    base = int(moves.table.bases[demand.place])
    number = moves.values[demand.place]
    if demand.is_rest:
        number = moves.values[base] - number
    for change in dict.fromkeys(_changes(demand.kind, number, policy)):
        if change and demand.is_rest:
            yield demand.place, -change
            yield base, change
        elif change:
            yield demand.place, change


def _changes(kind: Kind, number: int, policy: Policy) -> Iterator[int]:
    if number < policy.min_cell:
        yield policy.min_cell - number
    if kind is not Kind.REACHES:
        yield from (-number, 1, -1) if policy.is_small(number) else (1, -1)


class _Search:
    """One question to `Moves`."""

    def __init__(self, moves: Moves, amount: int, costs: Mapping[int, int]) -> None:
        self.moves, self.amount, self.costs = moves, amount, costs

    def fits(self, place: int, shift: int) -> bool:
        return self.moves.values[place] + shift >= self.moves.floors[place]

    def price(self, shifts: Shifts) -> int:
        return sum(self.costs[place] for place in shifts)

    # --- boxes

    def boxes(self, place: int) -> Sequence[Box]:
        """Return the cheapest boxes around a cell, as far as they could be built."""
        boxes = [Box({place: self.amount}, (place,))]
        for number, sign in sorted(self.moves.at[place], key=lambda each: len(self.moves.lines[each[0]].places)):
            if not self.moves.lines[number].allows(self.moves.gone[number] + sign * self.amount):
                boxes = self._doubled(boxes, place, number, sign) or boxes
        return boxes

    def _doubled(self, boxes: Sequence[Box], place: int, number: int, sign: int) -> list[Box]:
        found: list[Box] = []
        partners = self._partners(number, sign)
        for box in boxes:
            for other, its in partners:
                wider = self._wider(box, place, other, its) if other not in box.shifts else None
                if wider is not None:
                    found.append(wider)
                    if not wider.cost and len(found) >= WIDTH:  # it is not to be had for less
                        break
        return sorted(found, key=lambda box: (box.cost, box.order))[:WIDTH]

    def _partners(self, number: int, sign: int) -> list[tuple[int, int]]:
        line = self.moves.lines[number]
        pairs = [(p, -sign * s) for p, s in zip(line.places, line.signs, strict=True) if p in self.costs]
        fitting = [(p, s) for p, s in pairs if self.fits(p, s * self.amount)]
        return sorted(fitting, key=lambda pair: (self.costs[pair[0]], pair[0]))[:TRIED]

    def _wider(self, box: Box, place: int, partner: int, sign: int) -> Box | None:
        """Return the box with an image of each of its cells beside it, in the direction of a partner of the first."""
        images = {place: partner}
        shifts = {partner: box.shifts[place] * sign}
        for cell in box.order[1:]:
            image = self._image(cell, images[box.sources[cell]], box, shifts)
            if image is None:
                return None
            images[cell] = image
        sources = {images[cell]: cell for cell in box.order}
        sources |= box.sources
        cost = box.cost + sum(self.costs[each] for each in shifts)
        return Box(box.shifts | shifts, (*box.order, *shifts), cost, sources)

    def _image(self, cell: int, beside: int, box: Box, shifts: Shifts) -> int | None:
        mine, its = self.moves.near(cell), self.moves.near(beside)
        best: tuple[int, int, int] | None = None
        for other in mine.keys() & its.keys():
            if other not in self.costs or other in box.shifts or other in shifts:
                continue
            shift = mine[other] * box.shifts[cell]
            if shift == its[other] * shifts[beside] and self.fits(other, shift):
                best = min(best or (self.costs[other], other, shift), (self.costs[other], other, shift))
        if best is None:
            return None
        shifts[best[1]] = best[2]
        return best[1]

    # --- mending

    def mended(self, box: Box) -> Shifts | None:
        """Return the shifts with others that let every sum hold; None when that was not found."""
        shifts, changes = dict(box.shifts), dict[int, int]()
        open_lines = deque[int]()
        for place, shift in box.shifts.items():
            self._move(place, shift, changes, open_lines)
        for _step in range(STEPS):
            number = self._next(changes, open_lines)
            if number is None:
                return shifts
            found = self._mend(number, shifts, changes)
            if found is None:
                return None
            place, shift = found
            shifts[place] = shift
            self._move(place, shift, changes, open_lines)
        return None

    def _move(self, place: int, shift: int, changes: dict[int, int], open_lines: deque[int]) -> None:
        for number, sign in self.moves.at[place]:
            changes[number] = changes.get(number, self.moves.gone[number]) + sign * shift
            open_lines.append(number)

    def _next(self, changes: Mapping[int, int], open_lines: deque[int]) -> int | None:
        while open_lines:
            if not self.moves.lines[open_lines[0]].allows(changes[open_lines[0]]):
                return open_lines[0]
            open_lines.popleft()
        return None

    def _mend(self, number: int, shifts: Shifts, changes: Mapping[int, int]) -> tuple[int, int] | None:
        """Return the cell of a row whose move mends most and breaks least, and its shift."""
        line = self.moves.lines[number]
        change = changes[number]
        missing = int(line.low - change if change < line.low else line.high - change)
        found: list[tuple[int, int, int, int]] = []
        for place, sign in zip(line.places, line.signs, strict=True):
            shift = sign * missing
            if place in self.costs and place not in shifts and self.fits(place, shift):
                found.append((self._worse(place, shift, changes), self.costs[place], place, shift))
        return min(found)[2:] if found else None

    def _worse(self, place: int, shift: int, changes: Mapping[int, int]) -> int:
        worse = 0
        for number, sign in self.moves.at[place]:
            line, change = self.moves.lines[number], changes.get(number, self.moves.gone[number])
            worse += line.allows(change) - line.allows(change + sign * shift)
        return worse
