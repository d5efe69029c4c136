"""How well two coders agree beyond chance. No database.

Cohen, J. (1960), A coefficient of agreement for nominal scales: κ = (pₒ − pₑ) / (1 − pₑ), where pₒ is the share of decisions
on which the two agree, and pₑ the share that they would agree on if each kept the share of yes and threw lots.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Agreement:
    """Decisions yes or no by two coders: how many said yes both, the first alone, the second alone, and no both."""

    both: int
    first_only: int
    second_only: int
    neither: int

    @property
    def decisions(self) -> int:
        return self.both + self.first_only + self.second_only + self.neither

    @property
    def observed(self) -> float | None:
        """The share on which they agree, or None without decisions."""
        return (self.both + self.neither) / self.decisions if self.decisions else None

    @property
    def expected(self) -> float | None:
        """The share on which they would agree by chance."""
        if not self.decisions:
            return None
        first, second = self.both + self.first_only, self.both + self.second_only
        no_first, no_second = self.decisions - first, self.decisions - second
        return (first * second + no_first * no_second) / self.decisions**2

    @property
    def kappa(self) -> float | None:
        """Cohen's κ, or None when both said the same to everything: chance alone explains that."""
        observed, expected = self.observed, self.expected
        if observed is None or expected is None or expected == 1:
            return None
        return (observed - expected) / (1 - expected)


def agreement(first: Collection[int], second: Collection[int], units: Collection[int]) -> Agreement:
    """Return the agreement on which of the units carry a mark; marks on other units do not count."""
    one, two, every = set(first) & set(units), set(second) & set(units), set(units)
    return Agreement(len(one & two), len(one - two), len(two - one), len(every - one - two))


def pooled(parts: Iterable[Agreement]) -> Agreement:
    """Return the agreement on all decisions together: sums, never a mean of coefficients."""
    rows = list(parts)
    return Agreement(
        sum(row.both for row in rows),
        sum(row.first_only for row in rows),
        sum(row.second_only for row in rows),
        sum(row.neither for row in rows),
    )
