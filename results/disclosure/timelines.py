"""Periods that overlap: a year and its quarters, windows that roll, counts since a date.

The days on which any period begins or ends cut time into pieces. A piece that no figure covers alone is a derived cell: what two
windows do not share can be computed of them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from results.disclosure.cells import Cell, Key, Relation
from results.disclosure.keys import everybody, everybody_key, key_of, parts_of, span_of
from results.disclosure.relations import Found
from results.disclosure.verdicts import Part
from results.enums import Unit
from results.models import Observation

Span = tuple[int, int]  # first day, and the day after the last


@dataclass(frozen=True)
class Timeline:
    """The same number in several periods, by span."""

    cells: Mapping[Span, Key]
    values: Mapping[Span, int]
    unit: str
    version: int

    @property
    def cuts(self) -> list[int]:
        return sorted({day for span in self.cells for day in span})

    def pieces_of(self, span: Span) -> list[Span]:
        days = [day for day in self.cuts if span[0] <= day <= span[1]]
        return list(itertools.pairwise(days))


def sums_over_time(alike: Sequence[Observation]) -> Iterator[Found]:
    """Yield how figures of the same definition, unit and dimensions in several periods depend on each other."""
    if len(alike) < 2 or not _any_overlap(sorted(map(_span, alike))):
        return
    bases: dict[Span, Cell] = {}
    for part in dict.fromkeys(part for each in alike for part in parts_of(each)):
        found = {_span(each): each for each in alike if getattr(each, part.value) is not None}
        cells = {span: key_of(each, part) for span, each in found.items()}
        values = {span: int(getattr(each, part.value)) for span, each in found.items()}
        line = Timeline(cells, values, alike[0].unit, alike[0].measure_version_id)
        for each in _sums(line, part.value, bases if part is Part.OUTCOMES else {}):
            if isinstance(each, Cell) and part is Part.BASE:
                bases[(each.key[2], each.key[3])] = each
            yield each


def everybody_over_time(alike: Sequence[Observation]) -> Iterator[Found]:
    """Yield how everybody behind figures of the same unit and dimensions depends on each other, whichever measure each is of."""
    if len(alike) < 2 or not _any_overlap(sorted(map(_span, alike))):
        return
    cells = {_span(each): everybody_key(each) for each in alike}
    values = {_span(each): everybody(each) or 0 for each in alike}
    yield from _sums(Timeline(cells, values, alike[0].unit, 0), "everybody", {})


def _any_overlap(spans: Sequence[Span]) -> bool:
    latest = spans[0][1]
    for start, end in spans[1:]:
        if start < latest:
            return True
        latest = max(latest, end)
    return False


def _sums(line: Timeline, what: str, bases: Mapping[Span, Cell]) -> Iterator[Found]:
    """Yield the pieces that no figure covers alone, each a part of its base, and how the figures add up from pieces."""
    lengths = {span: line.pieces_of(span) for span in line.cells}
    wholes = {span: pieces for span, pieces in lengths.items() if len(pieces) > 1}
    if not wholes:
        return
    values = possible_pieces(line, lengths)
    if values is None:  # the figures are of different days, and no sum of one holds for the other
        return
    keys = dict(line.cells)
    for piece in sorted({piece for pieces in wholes.values() for piece in pieces} - set(keys)):
        keys[piece] = _piece_key(line, what, piece)
        base = bases.get(piece)
        # Where the figures only bound the pieces, the numbers chosen for them may not fit each other.
        part_of = base.key if base is not None and values[piece] <= base.value else None
        yield Cell(keys[piece], values[piece], part_of=part_of, is_derived=True)
    for span, pieces in sorted(wholes.items()):
        surplus = sum(values[piece] for piece in pieces) - line.values[span]
        parts = tuple(keys[piece] for piece in pieces)
        if surplus == 0 and (line.unit != Unit.PERSONS or all(piece in line.cells for piece in pieces)):
            yield Relation(keys[span], parts)
        else:
            yield Relation(keys[span], parts, low=0, high=None, may_be_sum=True)
            printed = [piece for piece in pieces if piece in line.cells and values[piece] <= line.values[span]]
            yield from (Relation(keys[span], (keys[piece],), low=None, high=0) for piece in printed)


def possible_pieces(line: Timeline, lengths: Mapping[Span, Sequence[Span]]) -> dict[Span, int] | None:
    """Return numbers that the pieces may have, as whole as the figures are; None when nothing fits them.

    Counts up to a day are a ladder: each figure is a difference of two rungs, and no rung is lower than the one before. Unique
    persons may be more in the pieces than in the whole.
    """
    days = line.cuts
    limits = [(days[place + 1], days[place], 0) for place in range(len(days) - 1)]  # earlier - later <= 0
    for span, pieces in lengths.items():
        value = line.values[span]
        limits.append((span[1], span[0], -value))  # earlier - later <= -value: at least the figure
        if line.unit != Unit.PERSONS or len(pieces) == 1:
            limits.append((span[0], span[1], value))  # and at most
    rungs = _shortest(days, limits)
    if rungs is None:
        return None
    return {piece: rungs[piece[1]] - rungs[piece[0]] for pieces in lengths.values() for piece in pieces}


def _shortest(days: Sequence[int], limits: Sequence[tuple[int, int, int]]) -> dict[int, int] | None:
    """Return heights with `height[b] - height[a] <= limit` for each (a, b, limit), by Bellman and Ford; None when none fit."""
    height = dict.fromkeys(days, 0)
    for _step in range(len(days) + 1):
        is_settled = True
        for before, after, limit in limits:
            if height[before] + limit < height[after]:
                height[after] = height[before] + limit
                is_settled = False
        if is_settled:
            return height
    return None


def _span(observation: Observation) -> Span:
    first, last = span_of(observation)
    return (first, last + 1)


def _piece_key(line: Timeline, what: str, piece: Span) -> Key:
    """Return the key of a piece: what is counted as in the figures, between other days."""
    _kind, unit, _start, _end, *dimensions = next(iter(line.cells.values()))[:9]
    return (f"between-{what}", unit, *piece, *dimensions, line.version, 0, 0)
