"""The inputs of a funnel, and who of them is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from results.pictures import words
from results.pictures.limits import FEWEST, Standing, standing
from results.pictures.parts import (
    UNKNOWN,
    About,
    Amount,
    share_of,
)


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """A supplier: outcomes of a base of courses or persons. `is_own` sets the reader's own figures apart."""

    name: str
    base: Amount
    outcomes: Amount
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """What the suppliers are held against, by name: counts ("Alle leverandører"), or a target from 0 to 1 fixed beforehand."""

    name: str
    base: Amount = UNKNOWN
    outcomes: Amount = UNKNOWN
    target: float | None = None

    @property
    def share(self) -> float | None:
        return self.target if self.target is not None else share_of(self.outcomes, self.base)

    @property
    def rests_on(self) -> tuple[Amount, ...]:
        return (Amount(self.target),) if self.target is not None else (self.outcomes, self.base)


@dataclass(frozen=True, slots=True)
class Outside:
    """A share from elsewhere (jobindsats), for context only: nobody is held against it."""

    name: str
    share: float


@dataclass(frozen=True)
class Funnel:
    """One measure in one benefit group and period."""

    about: About
    points: tuple[FunnelPoint, ...]
    reference: Reference | None = None
    outside: Outside | None = None

    @cached_property
    def drawn(self) -> tuple[tuple[FunnelPoint, float, Standing], ...]:
        """The points with at least five in the base and nothing hidden, the most striking first, with share and standing."""
        reference = self.reference.share if self.reference else None
        found = []
        for point in self.points:
            share = share_of(point.outcomes, point.base)
            if share is not None and (point.base.shown or 0) >= FEWEST:
                base = int(point.base.shown or 0)
                place = standing(share, base, reference) if reference is not None else Standing()
                found.append((point, share, place))
        return tuple(sorted(found, key=lambda each: (not each[0].is_own, -each[2].level, -(each[0].base.shown or 0))))

    @property
    def left_out(self) -> tuple[str, ...]:
        """Why the other points are not drawn."""
        rest = [point for point in self.points if all(point is not each for each, _, _ in self.drawn)]
        hidden = sum(point.base.is_hidden or point.outcomes.is_hidden for point in rest)
        small = sum(
            not (point.base.is_hidden or point.outcomes.is_hidden) and share_of(point.outcomes, point.base) is not None
            for point in rest
        )
        return words.left_out(hidden, small, len(rest) - hidden - small)
