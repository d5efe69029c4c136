"""Run charts: has something shifted over time, by rules that need no normal distribution."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from results.statistics import checks

FEWEST_POINTS = 10  # with fewer, a line is drawn and no rule applied


@dataclass(frozen=True)
class RunChart:
    """A series against its centre. Points on the centre are not useful; limits are None with too few useful points.

    A shift is seen when the longest run is longer than its limit, or the line crosses the centre fewer times than its limit.
    """

    centre: float
    useful: int
    longest_run: int
    longest_run_limit: int | None
    crossings: int
    crossings_limit: int | None

    @property
    def has_long_run(self) -> bool:
        return self.longest_run_limit is not None and self.longest_run > self.longest_run_limit

    @property
    def has_few_crossings(self) -> bool:
        return self.crossings_limit is not None and self.crossings < self.crossings_limit

    @property
    def has_shift(self) -> bool:
        return self.has_long_run or self.has_few_crossings


def run_chart(values: Sequence[float], *, centre: float | None = None) -> RunChart:
    """Apply the run rules of Anhøj and Olesen (2014), PLoS ONE 9:e113825, to values in order of time.

    The centre is the median unless given. Raises ValueError without values.
    """
    import numpy as np

    checked = [checks.real("value", value) for value in values]
    if not checked:
        raise ValueError("values must not be empty, got none")
    middle = float(np.median(checked)) if centre is None else checks.real("centre", centre)
    sides = [value > middle for value in checked if value != middle]
    longest_limit, crossings_limit = run_limits(len(sides))
    return RunChart(
        centre=middle,
        useful=len(sides),
        longest_run=max((len(list(run)) for _side, run in groupby(sides)), default=0),
        longest_run_limit=longest_limit,
        crossings=sum(before != after for before, after in pairwise(sides)),
        crossings_limit=crossings_limit,
    )


def run_limits(useful: int) -> tuple[int | None, int | None]:
    """Return the longest run that chance explains, round(log2 n + 3), and the fewest crossings, the 5 % binomial quantile."""
    from scipy.stats import binom

    if checks.whole("useful", useful) < FEWEST_POINTS:
        return None, None
    return round(math.log2(useful) + 3), int(binom.ppf(0.05, useful - 1, 0.5))
