"""Control limits: between them lies what chance alone explains."""

from __future__ import annotations

import math

from results.statistics import checks
from results.statistics.intervals import UNKNOWN, Interval, poisson_interval, two_sided_z


def funnel_limits(reference: float, trials: float, *, confidence: float = 0.95, method: str = "exact") -> Interval:
    """Return the limits between which a share of `trials` lies when the reference share holds; from 0 to 1.

    "exact" interpolates between the points of the binomial law: Spiegelhalter (2005), Stat Med 24:1185, A.1.1. With r the
    smallest number for which F(r) ≥ p, the limit is (r − (F(r) − p) / f(r)) / trials, and not below 0. "normal" is
    θ ± z √(θ (1 − θ) / n), cut to 0 … 1, which is what PHEindicatormethods calls Wilson. A reference of 0 or 1, or no trials, has
    no limits: both are None.
    """
    theta = checks.share("reference", reference)
    n = checks.whole("trials", trials)
    level = checks.confidence(confidence)
    checks.one_of("method", method, ("exact", "normal"))
    if n == 0 or theta in (0, 1):
        return UNKNOWN
    if level == 1:
        return Interval(0.0, 1.0)
    if method == "normal":
        reach = two_sided_z(level) * math.sqrt(theta * (1 - theta) / n)
        return Interval(max(0.0, theta - reach), min(1.0, theta + reach))
    tail = (1 - level) / 2
    lower, upper = _binomial_limit(tail, n, theta), _binomial_limit(1 - tail, n, theta)
    return Interval(max(0.0, lower) / n, max(0.0, upper) / n)


def ratio_funnel_limits(observed: float, *, confidence: float = 0.95) -> Interval:
    """Return the limits of observed / expected for a funnel whose axis is the observed count, as Public Health England draws it.

    The limits are observed / E, where E is each exact Poisson bound of the observed count (PHEindicatormethods,
    `phe_funnels`, ratios). No observed count has no limits.
    """
    x = checks.whole("observed", observed)
    bounds = poisson_interval(x, confidence=confidence, method="exact")
    if x == 0 or not bounds.lower or bounds.upper is None:
        return UNKNOWN
    return Interval(x / bounds.upper, x / bounds.lower)


def interpolated_quantile(probability: float, points: int, cumulative: float, mass: float) -> float:
    """Return the quantile between two points of a discrete law: `points` less the part of its mass above `probability`."""
    return points - (cumulative - probability) / mass if mass > 0 else float(points)


def _binomial_limit(probability: float, n: int, theta: float) -> float:
    from scipy.stats import binom

    r = int(binom.ppf(probability, n, theta))
    while r > 0 and binom.cdf(r - 1, n, theta) >= probability:
        r -= 1
    while binom.cdf(r, n, theta) < probability and r < n:
        r += 1
    return interpolated_quantile(probability, r, float(binom.cdf(r, n, theta)), math.exp(binom.logpmf(r, n, theta)))
