"""Count courses and persons in every cell.

A cell is a scope (all, framework or lot), supplier, benefit group and service, each given or "*", and a year or a quarter: 48
ways to be grouped. Courses add up, so they are counted once in the finest cells and then summed. Persons do not: of a person's
courses in one cell a single one decides. A course is therefore marked with the groupings in which a later course of the same
person stands in the same cell; what is left when those are taken away is one course for each person. The marks need only the
pairs of courses of one person, and which dimensions each pair shares.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

import numpy as np

from results.deriving.deciding import Courses, Status
from results.deriving.definitions import Attribution

ALL = "*"
STATUSES = len(Status)
# In which order a person's courses go before each other when any of them may decide.
_RANK = np.array([1, 4, 3, 2, 0])  # no, yes, pending, censored, not found


@dataclass(frozen=True)
class Place:
    """The dimensions of a course; None is one that the extract does not say."""

    framework: str | None
    lot: str | None
    supplier: str | None
    benefit_group: str | None
    service: str | None


@dataclass(frozen=True)
class Grouping:
    """Which dimensions are given; the others are "*"."""

    scope: str
    supplier: bool
    benefit_group: bool
    service: bool
    is_quarter: bool

    @property
    def given(self) -> tuple[str, ...]:
        scope = {"all": (), "framework": ("framework",), "lot": ("framework", "lot")}[self.scope]
        flags = [name for name in ("supplier", "benefit_group", "service") if getattr(self, name)]
        return (*scope, *flags, "quarter" if self.is_quarter else "year")

    @property
    def needed(self) -> tuple[str, ...]:
        """The dimensions that a course must say to stand in a cell of the grouping. A lot may lack a known framework."""
        return tuple(name for name in self.given if not (name == "framework" and self.scope == "lot"))


GROUPINGS = tuple(
    Grouping(scope, *flags) for scope in ("all", "framework", "lot") for flags in product((False, True), repeat=4)
)
_DIMENSIONS = ("framework", "lot", "supplier", "benefit_group", "service", "year", "quarter")
_EVERYWHERE = np.uint64(2 ** len(GROUPINGS) - 1)


def _groupings_by_agreement() -> np.ndarray:
    """Return for each set of dimensions that two courses share, as bits, the groupings in which they share a cell, as bits."""
    masks = np.zeros(2 ** len(_DIMENSIONS), np.uint64)
    for bits in range(len(masks)):
        shared = {name for place, name in enumerate(_DIMENSIONS) if bits >> place & 1}
        masks[bits] = sum(1 << number for number, one in enumerate(GROUPINGS) if shared.issuperset(one.needed))
    return masks


_SHARED = _groupings_by_agreement()


class Cell(NamedTuple):
    """The name of a cell: the period's code and the dimensions, with "*" for all."""

    period: str
    framework: str
    supplier: str
    lot: str
    benefit_group: str
    service: str


@dataclass(frozen=True)
class Block:
    """The counts of cells under one measure and unit: a row of `numbers` for each cell, a column for each Status."""

    cells: Sequence[Cell]
    numbers: np.ndarray


class Cells:
    """The ended courses laid out for counting."""

    def __init__(self, courses: Courses, places: Sequence[Place], years: np.ndarray, quarters: np.ndarray) -> None:
        self.courses, self.places = courses, places
        self.quarter = years * 4 + quarters
        base = courses.place.astype(np.int64) * (self.quarter.max(initial=0) + 1) + self.quarter
        _values, first, self.base = np.unique(base, return_index=True, return_inverse=True)
        self.base_places = courses.place[first].tolist()
        self.base_quarters = self.quarter[first].tolist()
        self.codes = self._codes(years)
        self.layouts = [self._cells(grouping) for grouping in GROUPINGS]
        self._superseded: dict[Attribution, np.ndarray] = {}

    def count(self, status: np.ndarray, attribution: Attribution) -> dict[str, list[Block]]:
        """Return the counts of courses and of persons under one measure, a block for each grouping."""
        finest = self._counted(self.base, status, len(self.base_places))
        superseded = self._superseded_by(status, attribution)
        where = np.flatnonzero(superseded)
        marks, their_base, their_status = superseded[where], self.base[where], status[where]
        found: dict[str, list[Block]] = {"courses": [], "persons": []}
        for number, (cells, names) in enumerate(self.layouts):
            is_in = cells >= 0
            sums = np.zeros((len(names), STATUSES), np.int64)
            np.add.at(sums, cells[is_in], finest[is_in])
            here = (marks >> np.uint64(number) & np.uint64(1)).astype(bool)
            out_cells, out_status = cells[their_base[here]], their_status[here]
            inside = out_cells >= 0
            less = self._counted(out_cells[inside], out_status[inside], len(names))
            found["courses"].append(Block(names, sums))
            found["persons"].append(Block(names, sums - less))
        return found

    @staticmethod
    def _counted(cell: np.ndarray, status: np.ndarray, cells: int) -> np.ndarray:
        return np.bincount(cell * STATUSES + status, minlength=cells * STATUSES).reshape(cells, STATUSES)

    def _cells(self, grouping: Grouping) -> tuple[np.ndarray, list[Cell]]:
        """Return the cell of each finest cell, -1 for none, and the names of the cells."""
        names_of_places = [_dimensions(grouping, place) for place in self.places]
        periods = {quarter: _period(grouping, quarter) for quarter in set(self.base_quarters)}
        known: dict[Cell, int] = {}
        cells = []
        for place, quarter in zip(self.base_places, self.base_quarters, strict=True):
            dimensions = names_of_places[place]
            if dimensions is None:
                cells.append(-1)
            else:
                cells.append(known.setdefault(Cell(periods[quarter], *dimensions), len(known)))
        return np.array(cells, dtype=np.int64), list(known)

    def _codes(self, years: np.ndarray) -> list[np.ndarray]:
        """Return for each dimension a number for each course; equal numbers are equal values."""
        columns = []
        for name in _DIMENSIONS[:5]:
            numbers: dict[str | None, int] = {}
            of_place = [numbers.setdefault(getattr(place, name), len(numbers)) for place in self.places]
            columns.append(np.array(of_place or [0], dtype=np.int32)[self.courses.place])
        return [*columns, years, self.quarter]

    def _superseded_by(self, status: np.ndarray, attribution: Attribution) -> np.ndarray:
        if attribution is Attribution.ANY:
            order = np.lexsort((_RANK[status], self.courses.person))
            marks = np.zeros(len(status), np.uint64)
            marks[order] = superseded_in(self.courses.person[order], [column[order] for column in self.codes])
            return marks
        if attribution not in self._superseded:
            self._superseded[attribution] = superseded_in(self.courses.person, self.codes)
        return self._superseded[attribution]


def superseded_in(person: np.ndarray, dimensions: Sequence[np.ndarray]) -> np.ndarray:
    """Return for each course, as bits, the groupings in which a later course of the same person stands in the same cell.

    Courses come sorted by person, the deciding one last.
    """
    marks = np.zeros(len(person), np.uint64)
    waiting = np.arange(max(len(person) - 1, 0))
    distance = 1
    while waiting.size:
        later = waiting + distance
        is_same = person[waiting] == person[np.minimum(later, len(person) - 1)]
        waiting, later = waiting[is_same & (later < len(person))], later[is_same & (later < len(person))]
        agreement = np.zeros(waiting.size, np.int64)
        for place, column in enumerate(dimensions):
            agreement |= (column[waiting] == column[later]).astype(np.int64) << place
        marks[waiting] |= _SHARED[agreement]
        waiting = waiting[marks[waiting] != _EVERYWHERE]
        distance += 1
    return marks


def _period(grouping: Grouping, quarter: int) -> str:
    year, number = divmod(quarter, 4)
    return f"{year:04}-Q{number + 1}" if grouping.is_quarter else f"{year:04}"


def _dimensions(grouping: Grouping, place: Place) -> tuple[str, ...] | None:
    """Return framework, supplier, lot, benefit group and service; None when the course does not say what is given."""
    if any(getattr(place, name, ALL) is None for name in grouping.needed):
        return None
    return (
        ALL if grouping.scope == "all" else place.framework or ALL,
        (place.supplier or ALL) if grouping.supplier else ALL,
        (place.lot or ALL) if grouping.scope == "lot" else ALL,
        (place.benefit_group or ALL) if grouping.benefit_group else ALL,
        (place.service or ALL) if grouping.service else ALL,
    )
