"""The recommended test: one supplier against the rest, group by group, without assuming that the groups are alike."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from results.statistics.convolving import SumLaw
from results.statistics.strata import Stratum

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class StratumComparison:
    """One group: what the supplier has, and what it would have if it did as all in that group do."""

    stratum: Stratum
    expected: float
    variance: float

    @property
    def observed(self) -> int:
        return self.stratum.successes

    @property
    def is_informative(self) -> bool:
        """Whether the group can tell the supplier from the rest: both are there, and not all of them did alike."""
        return self.variance > 0


@dataclass(frozen=True)
class Comparison:
    """Sums over the groups. `p` and `mid_p` are two-sided; 1 when no group carries information."""

    strata: tuple[StratumComparison, ...]
    observed: int
    expected: float
    variance: float
    p: float
    mid_p: float

    @property
    def ratio(self) -> float | None:
        """Observed / expected; None when nothing is expected."""
        return self.observed / self.expected if self.expected else None

    @property
    def z(self) -> float | None:
        """(observed − expected) / √variance, whose square is Mantel and Haenszel's χ² without correction."""
        return (self.observed - self.expected) / math.sqrt(self.variance) if self.variance else None

    @property
    def uninformative(self) -> tuple[StratumComparison, ...]:
        """The groups that carry no information, to be shown as not comparable."""
        return tuple(each for each in self.strata if not each.is_informative)


def compare_with_rest(strata: Iterable[Stratum]) -> Comparison:
    """Compare a supplier with the rest, exactly and stratified: given each group's successes, who had them is a lottery.

    In a group with N = n + m trials (supplier and rest) and K successes, the supplier's have the hypergeometric law with mean
    n K / N and variance n m K (N − K) / (N² (N − 1)). The law of their sum is the convolution, and p is min(1, 2 · smaller tail).
    A group where the supplier or the rest is empty, or K is 0 or N, has expected = observed and no variance. Source: Mantel and
    Haenszel (1959), J Natl Cancer Inst 22:719; exact conditional form as R's `mantelhaen.test(exact = TRUE)`. Raises ValueError
    without strata.
    """
    compared = tuple(_compared(stratum) for stratum in strata)
    if not compared:
        raise ValueError("strata must not be empty, got none")
    law = SumLaw.of(_law(each.stratum) for each in compared)
    observed = sum(each.observed for each in compared)
    return Comparison(
        strata=compared,
        observed=observed,
        expected=math.fsum(each.expected for each in compared),
        variance=math.fsum(each.variance for each in compared),
        p=law.two_sided(observed),
        mid_p=law.mid_p(observed) if any(each.is_informative for each in compared) else 1.0,
    )


def _compared(stratum: Stratum) -> StratumComparison:
    n, m = stratum.trials, stratum.reference_trials
    total, hits = n + m, stratum.successes + stratum.reference_successes
    if not n or not m or hits in (0, total):
        return StratumComparison(stratum, float(stratum.successes), 0.0)
    variance = (n * m * hits * (total - hits)) / (total * total * (total - 1))
    return StratumComparison(stratum, n * hits / total, variance)


def _law(stratum: Stratum) -> tuple[int, np.ndarray]:
    """Return the supplier's hypergeometric law in one group, from its smallest possible value."""
    import numpy as np
    from scipy.stats import hypergeom

    total = stratum.trials + stratum.reference_trials
    hits = stratum.successes + stratum.reference_successes
    first, last = max(0, hits - stratum.reference_trials), min(hits, stratum.trials)
    if first == last:
        return first, np.ones(1)
    return first, hypergeom.pmf(np.arange(first, last + 1), total, hits, stratum.trials)
