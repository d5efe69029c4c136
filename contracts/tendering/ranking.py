"""Who is best: weighted totals, and places in which equal totals share a place and an unfinished evaluation has none."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Generic, TypeVar

from contracts.tendering.weights import Node, leaves_of

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Place:
    """A place from 1; those who share one are tied. None: not evaluated."""

    number: int | None
    is_tied: bool = False


def weighted_total(nodes: Iterable[Node], points: Mapping[int, Decimal | None]) -> Fraction | None:
    """Return the points on the whole, on the same scale as each criterion; None while one is missing.

    Exact, so that totals are equal only when they are: 1/3 of one criterion is no rounding.
    """
    total, leaves = Fraction(0), leaves_of(nodes)
    for node in leaves:
        given = points.get(node.criterion.pk)
        if given is None:
            return None
        total += node.share * Fraction(given)
    return total if leaves else None


def places(totals: Mapping[Key, Fraction | None]) -> dict[Key, Place]:
    """Return each one's place: 1, 2, 2, 4."""
    known = [total for total in totals.values() if total is not None]
    return {
        key: Place(None)
        if total is None
        else Place(1 + sum(other > total for other in known), is_tied=known.count(total) > 1)
        for key, total in totals.items()
    }


@dataclass(frozen=True)
class Proposal(Generic[Key]):
    """Who should win by the ranking; `undecided` share the last place that is left, and people must choose."""

    winners: tuple[Key, ...]
    undecided: tuple[Key, ...] = ()


def propose(ranked: Mapping[Key, Place], *, wanted: int) -> Proposal[Key]:
    """Return the best ranked up to the number wanted; a tie across the last place is left undecided."""
    order: Sequence[tuple[Key, int]] = sorted(
        ((key, place.number) for key, place in ranked.items() if place.number is not None), key=lambda pair: pair[1]
    )
    winners: list[Key] = []
    for number in sorted({number for _key, number in order}):
        sharing = [key for key, held in order if held == number]
        if len(winners) + len(sharing) > wanted:
            return Proposal(tuple(winners), tuple(sharing) if len(winners) < wanted else ())
        winners += sharing
    return Proposal(tuple(winners))
