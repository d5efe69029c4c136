"""Exact laws of sums of independent counts: probabilities folded into each other, one stratum after the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from results.statistics.funnels import interpolated_quantile

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class SumLaw:
    """The law of a sum: `masses[i]` is the probability of `start + i`."""

    start: int
    masses: np.ndarray

    @classmethod
    def of(cls, parts: Iterable[tuple[int, np.ndarray]]) -> SumLaw:
        """Fold the laws of independent counts, each as its first value and the probabilities from there."""
        import numpy as np

        start, masses = 0, np.ones(1)
        for first, probabilities in parts:
            skipped, possible = _possible(probabilities)
            start, masses = start + first + skipped, np.convolve(masses, possible)
        return cls(start, masses)

    def at_most(self, value: int) -> float:
        """Return P(sum ≤ value), summed from the small end so that small tails stay exact."""
        return min(1.0, float(self.masses[: max(0, value - self.start + 1)].sum()))

    def at_least(self, value: int) -> float:
        return min(1.0, float(self.masses[max(0, value - self.start) :][::-1].sum()))

    def exactly(self, value: int) -> float:
        place = value - self.start
        return float(self.masses[place]) if 0 <= place < len(self.masses) else 0.0

    def two_sided(self, value: int) -> float:
        """Return min(1, 2 · the smaller tail), the value counted in both."""
        return min(1.0, 2 * min(self.at_most(value), self.at_least(value)))

    def mid_p(self, value: int) -> float:
        """Return the two-sided p that counts half of the observed value's own probability (Lancaster 1961)."""
        half = self.exactly(value) / 2
        return min(1.0, 2 * (min(self.at_most(value), self.at_least(value)) - half))

    def interpolated(self, probability: float) -> float:
        """Return the quantile by the interpolation of `funnel_limits`, not below 0."""
        import numpy as np

        cumulative = np.cumsum(self.masses)
        place = min(int(np.searchsorted(cumulative, probability)), len(cumulative) - 1)
        found = interpolated_quantile(
            probability, self.start + place, float(cumulative[place]), float(self.masses[place])
        )
        return max(0.0, found)


def _possible(probabilities: np.ndarray) -> tuple[int, np.ndarray]:
    """Return the part of a law whose probabilities are not too small for a number, and where it begins."""
    import numpy as np

    places = np.flatnonzero(probabilities)
    return int(places[0]), probabilities[places[0] : places[-1] + 1]
