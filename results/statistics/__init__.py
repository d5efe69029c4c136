"""The statistics of results: pure functions after the literature; each says which formula and where it is from.

They know neither Django nor the database. NumPy and SciPy are imported inside functions, since only who counts waits for them.
Counts are of courses or persons; shares lie from 0 to 1; a limit that cannot be said is None, never 0. Impossible input raises
ValueError with the value.
"""

from results.statistics.comparing import Comparison, StratumComparison, compare_with_rest
from results.statistics.funnels import funnel_limits, ratio_funnel_limits
from results.statistics.intervals import (
    Interval,
    counted_interval,
    mean_interval,
    poisson_interval,
    proportion_interval,
    summary_interval,
    wilson,
)
from results.statistics.overdispersion import Overdispersion, Scale, overdispersion
from results.statistics.ranks import RankInterval, placements, rank_intervals
from results.statistics.runs import RunChart, run_chart
from results.statistics.shrinkage import RandomEffects, Shrunk, random_effects, shrink
from results.statistics.standardisation import (
    DirectRate,
    DirectShare,
    IndirectRatio,
    direct_proportion,
    direct_rate,
    expected_successes,
    indirect_ratio,
)
from results.statistics.strata import Stratum
from results.statistics.surveys import ResponseRates, nonresponse_bounds, response_rates

__all__ = [
    "Comparison",
    "DirectRate",
    "DirectShare",
    "IndirectRatio",
    "Interval",
    "Overdispersion",
    "RandomEffects",
    "RankInterval",
    "ResponseRates",
    "RunChart",
    "Scale",
    "Shrunk",
    "Stratum",
    "StratumComparison",
    "compare_with_rest",
    "counted_interval",
    "direct_proportion",
    "direct_rate",
    "expected_successes",
    "funnel_limits",
    "indirect_ratio",
    "mean_interval",
    "nonresponse_bounds",
    "overdispersion",
    "placements",
    "poisson_interval",
    "proportion_interval",
    "random_effects",
    "rank_intervals",
    "ratio_funnel_limits",
    "response_rates",
    "run_chart",
    "shrink",
    "summary_interval",
    "wilson",
]
