"""Where a supplier may stand: an interval of places, since a place alone says more than the numbers do."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from results.statistics import checks
from results.statistics.intervals import two_sided_z
from results.statistics.shrinkage import shares_of


@dataclass(frozen=True)
class RankInterval:
    """`rank` is the place by the share alone, 1 the largest, ties sharing the best one; it lies from `lower` to `upper`."""

    rank: int
    lower: int
    upper: int


def rank_intervals(
    successes: Sequence[float], trials: Sequence[float], *, confidence: float = 0.95, simultaneous: bool = False
) -> tuple[RankInterval, ...]:
    """Return for each supplier the places that it cannot be told from.

    lower = 1 + those significantly better, upper = S − those significantly worse, by pairwise z-tests with unpooled variance. The
    error is shared (Bonferroni) by S − 1 comparisons for one supplier, or S (S − 1) when all places are read at once. After
    Mogstad et al. (2024), Rev Econ Stud 91:476, with Bonferroni's bound instead of the bootstrap. Equal shares are never told
    apart.
    """
    hits, sizes = shares_of(successes, trials)
    count = len(hits)
    looks = count * (count - 1) if simultaneous else count - 1
    error = (1 - checks.confidence(confidence)) / max(1, looks)
    threshold = two_sided_z(1 - error)
    shares = [x / n for x, n in zip(hits, sizes, strict=True)]
    variances = [p * (1 - p) / n for p, n in zip(shares, sizes, strict=True)]
    return tuple(_interval(place, shares, variances, threshold) for place in range(count))


def placements(values: Sequence[float], *, ties: float = 0.0) -> tuple[float, ...]:
    """Return the place of each value, the largest first; ties get their best (0), worst (1) or a place between.

    Place = 1 + those greater + `ties` × (those equal, itself left out). Source: csranks, `irank`.
    """
    checks.share("ties", ties)
    checked = [checks.real("value", value) for value in values]
    return tuple(1 + sum(other > value for other in checked) + ties * (checked.count(value) - 1) for value in checked)


def _interval(place: int, shares: Sequence[float], variances: Sequence[float], threshold: float) -> RankInterval:
    better = worse = 0
    for other, share in enumerate(shares):
        apart = share - shares[place]
        if other != place and abs(apart) > threshold * math.sqrt(variances[place] + variances[other]):
            better += apart > 0
            worse += apart < 0
    rank = 1 + sum(share > shares[place] for share in shares)
    return RankInterval(rank, 1 + better, len(shares) - worse)
