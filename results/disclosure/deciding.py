"""Decide about all cells that stand together, and find what has been given away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType

from results.disclosure.cells import (
    Cell,
    Key,
    Mark,
    Policy,
    Relation,
    by_key,
    check_relations,
    small_cells,
    tight_bases,
)
from results.disclosure.components import Component, components, heads
from results.disclosure.demands import Kind
from results.disclosure.judging import unmet
from results.disclosure.memory import remembered
from results.disclosure.protection import Limits, protect
from results.disclosure.tables import Table


@dataclass(frozen=True)
class Terms:
    """By what is decided: the policy, what the reader knows anyway or never sees, and how hard to look for the least loss."""

    policy: Policy
    facts: frozenset[Key] = frozenset()
    withheld: frozenset[Key] = frozenset()
    limits: Limits = field(default_factory=Limits)
    is_careful: bool = False  # whether what is found for bases must hold with their parts as they are


@dataclass(frozen=True)
class Leak:
    """A hidden number that what is shown gives away. `is_rest` is what is left of its base without it."""

    key: Key
    is_rest: bool
    is_exact: bool


def decide(
    cells: Iterable[Cell],
    relations: Iterable[Relation],
    *,
    policy: Policy,
    known: Collection[Key] = (),
    withheld: Collection[Key] = (),
    limits: Limits | None = None,
) -> dict[Key, Mark]:
    """Return a mark for every cell; the order in which cells and relations come means nothing.

    Bases come first: hiding a base hides what is part of it. Then, with the bases settled, their parts. The reader knows the
    `known` cells whatever is decided, and never sees the `withheld` ones; a mark is still given to each. `limits` say how hard to
    look for the least loss. Raises ValueError for cells or relations that contradict each other.
    """
    given = by_key(cells)
    facts = frozenset(known)
    terms = Terms(policy, facts, frozenset(withheld) - facts, limits or Limits())
    parts = components(given, check_relations(given, relations))
    return {key: mark for part in parts for key, mark in _decided(part, terms).items()}


def leaks(
    cells: Iterable[Cell], relations: Iterable[Relation], *, hidden: Collection[Key], policy: Policy
) -> list[Leak]:
    """Attack what is shown, and return the hidden numbers that a reader can compute, in the order of their keys.

    A number is given away when it is known exactly, or surely from 1 to `min_cell` − 1, to somebody who knows the policy.
    """
    given = by_key(cells)
    unseen = {key for key, cell in given.items() if cell.is_derived} | set(hidden)
    parts = components(given, check_relations(given, relations))
    found = (leak for part in parts for leak in _leaks(part, frozenset(unseen & part.keys), policy))
    return sorted(found, key=lambda leak: (leak.key, leak.is_rest))


@lru_cache(maxsize=512)  # a page asks again and again about what has not changed
def _leaks(part: Component, unseen: frozenset[Key], policy: Policy) -> tuple[Leak, ...]:
    places = {cell.key: place for place, cell in enumerate(part.cells)}
    question = ("leaks", part.cells, part.links, sorted(places[key] for key in unseen), policy)
    found = remembered(
        question, lambda: [(places[key], *rest) for key, *rest in _attacked(part.cells, part.links, unseen, policy)]
    )
    return tuple(Leak(part.cells[place].key, is_rest, is_exact) for place, is_rest, is_exact in found)


def _attacked(
    cells: tuple[Cell, ...], links: tuple[Relation, ...], unseen: frozenset[Key], policy: Policy
) -> list[tuple[Key, bool, bool]]:
    given = {cell.key: cell for cell in cells}
    found: dict[tuple[Key, bool], bool] = {}
    for group, inside in _groups(given, links, unseen):
        table = Table.of(group, inside)
        for demand in unmet(table, [table.place[key] for key in group if key in unseen], policy):
            place = (table.keys[demand.place], demand.is_rest)
            found[place] = found.get(place, False) or demand.kind is Kind.VARIES
    return [(key, is_rest, is_exact) for (key, is_rest), is_exact in sorted(found.items())]


@lru_cache(maxsize=512)  # a draft is looked at many times while its figures stay the same
def _decided(part: Component, terms: Terms) -> Mapping[Key, Mark]:
    mine = replace(terms, facts=terms.facts & part.keys, withheld=terms.withheld & part.keys)
    question = ("marks", part.cells, part.links, mine.policy, sorted(mine.facts), sorted(mine.withheld), mine.limits)
    marks = remembered(question, lambda: [mark.value for mark in _decided_anew(part.cells, part.links, mine).values()])
    return MappingProxyType({cell.key: Mark(mark) for cell, mark in zip(part.cells, marks, strict=True)})


def _decided_anew(cells: tuple[Cell, ...], links: tuple[Relation, ...], terms: Terms) -> dict[Key, Mark]:
    """Decide about cells that hang together; once more, with more care for bases, where the first choice gave something away."""
    found = _decided_once(cells, links, terms)
    if terms.is_careful or not _gives_away(cells, links, found, terms):
        return found
    careful = _decided_once(cells, links, replace(terms, is_careful=True))
    return found if _gives_away(cells, links, careful, terms) else careful


def _gives_away(cells: tuple[Cell, ...], links: tuple[Relation, ...], marks: Mapping[Key, Mark], terms: Terms) -> bool:
    if len(cells) > terms.limits.cells:
        return False  # was decided with care, and attacked meanwhile
    unseen = {cell.key for cell in cells if cell.is_derived or marks[cell.key].is_hidden} - terms.facts
    return bool(unseen) and bool(_attacked(cells, links, frozenset(unseen), terms.policy))


def _decided_once(cells: tuple[Cell, ...], links: tuple[Relation, ...], terms: Terms) -> dict[Key, Mark]:
    given = {cell.key: cell for cell in cells}
    primary = small_cells(given, terms.policy)
    derived = {key for key, cell in given.items() if cell.is_derived}
    start = (primary | terms.withheld | tight_bases(given, terms.policy)) - terms.facts | derived
    bases = {key: cell for key, cell in given.items() if cell.part_of is None}
    totals, fixed = _totals(links), terms.facts | derived
    costs = _without(_costs_of_bases(given, primary, totals), fixed)
    hidden = _protected(bases, links, start & set(bases), costs, terms, floors=_floors(given))
    forced = {key for key, cell in given.items() if cell.part_of in hidden and not cell.is_derived} - terms.facts
    costs = _without(_costs_of_parts(given, totals), fixed)
    hidden = _protected(given, links, hidden | forced | start, costs, terms)
    return {key: _mark(key, primary, hidden) for key in given}


def _mark(key: Key, primary: set[Key], hidden: set[Key]) -> Mark:
    if key in primary:
        return Mark.PRIMARY
    return Mark.COMPLEMENTARY if key in hidden else Mark.SHOWN


def _without(costs: Mapping[Key, int], fixed: Collection[Key]) -> dict[Key, int]:
    return {key: cost for key, cost in costs.items() if key not in fixed}


def _floors(cells: Mapping[Key, Cell]) -> dict[Key, int]:
    """Return what each base must hold: what is found possible for bases must be possible with their parts as they are."""
    found: dict[Key, int] = {}
    for cell in cells.values():
        if cell.part_of is not None:
            found[cell.part_of] = max(found.get(cell.part_of, 0), cell.value)
    return found


def _totals(links: Sequence[Relation]) -> set[Key]:
    return {relation.total for relation in links if len(relation.parts) > 1}


def _costs_of_bases(cells: Mapping[Key, Cell], primary: set[Key], totals: set[Key]) -> dict[Key, int]:
    """Cost of hiding a base: it and every part that would have been shown; then, its size. Totals go last."""
    lost: dict[Key, int] = {key: 1 for key, cell in cells.items() if cell.part_of is None and key not in primary}
    for key, cell in cells.items():
        if cell.part_of in lost and key not in primary:
            lost[cell.part_of] += 1
    return _tiered(cells, lost, totals)


def _costs_of_parts(cells: Mapping[Key, Cell], totals: set[Key]) -> dict[Key, int]:
    """Cost of hiding a part: one cell is worse than any size, and among as many cells the smaller ones go. Totals go last."""
    return _tiered(cells, {key: 1 for key, cell in cells.items() if cell.part_of is not None}, totals)


def _tiered(cells: Mapping[Key, Cell], counts: Mapping[Key, int], totals: set[Key]) -> dict[Key, int]:
    scale = 1 + sum(cells[key].value for key in counts)
    last = scale * (1 + sum(count for key, count in counts.items() if key not in totals))
    return {key: count * scale + cells[key].value + (last if key in totals else 0) for key, count in counts.items()}


def _protected(
    cells: Mapping[Key, Cell],
    relations: Sequence[Relation],
    hidden: set[Key],
    costs: Mapping[Key, int],
    terms: Terms,
    *,
    floors: Mapping[Key, int] = MappingProxyType({}),
) -> set[Key]:
    """Return the hidden cells and what must be hidden with them, one connected group of cells after the other."""
    links = [relation for relation in relations if all(key in cells for key in relation.keys)]
    result = set(hidden)
    for group, inside in _groups(cells, links, hidden):
        is_large = len(group) > terms.limits.cells
        table = Table.of(group, inside, floors if is_large or terms.is_careful else {})
        free = {table.place[k]: costs[k] for k in group if k in costs and k not in hidden and _helps(k, cells, hidden)}
        given = [table.place[key] for key in group if key in hidden]
        found = protect(table, given, costs=free, policy=terms.policy, limits=terms.limits)
        result |= {table.keys[place] for place in found}
    return result


def _helps(key: Key, cells: Mapping[Key, Cell], hidden: Collection[Key]) -> bool:
    """Tell whether hiding a cell can hide anything: of a base of none that is shown, there are none."""
    base = cells[key].part_of
    return base is None or base in hidden or cells[base].value > 0


def _groups(
    cells: Mapping[Key, Cell], relations: Sequence[Relation], hidden: Collection[Key]
) -> Iterator[tuple[dict[Key, Cell], list[Relation]]]:
    """Yield connected groups that hold a hidden cell, with the bases beside them and the relations among them.

    A base that is shown does not connect its parts.
    """
    links = [relation.keys for relation in relations]
    links += [(key, cells[key].part_of) for key in sorted(hidden) if cells[key].part_of in hidden]
    head = heads(cells, links)
    groups: dict[Key, dict[Key, Cell]] = defaultdict(dict)
    for key, cell in cells.items():
        groups[head[key]][key] = cell
    inside: dict[Key, list[Relation]] = defaultdict(list)
    for relation in relations:
        inside[head[relation.total]].append(relation)
    for first, group in groups.items():
        if any(key in hidden for key in group):
            beside = {cell.part_of: cells[cell.part_of] for cell in group.values() if cell.part_of is not None}
            yield {**beside, **group}, inside[first]
