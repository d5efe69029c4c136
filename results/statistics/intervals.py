"""How wide is honest: intervals of a share, of a count and of a mean."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from results.statistics import checks

BYAR_FROM = 10  # below this count Byar's approximation is not used where a method is chosen by the count


@dataclass(frozen=True)
class Interval:
    """Two limits; None is a limit that the method cannot give."""

    lower: float | None
    upper: float | None

    def holds(self, value: float) -> bool:
        """Tell whether a value lies within the limits, both included; an unknown limit shuts nothing out."""
        return (self.lower is None or self.lower <= value) and (self.upper is None or value <= self.upper)

    def scaled(self, factor: float) -> Interval:
        """Return both limits times a factor above 0."""
        return Interval(*(limit if limit is None else limit * factor for limit in (self.lower, self.upper)))


UNKNOWN = Interval(None, None)


def proportion_interval(
    successes: float, trials: float, *, confidence: float = 0.95, method: str = "wilson"
) -> Interval:
    """Return the interval of a share, limits from 0 to 1; both None without trials.

    "wilson" is the score interval: Wilson (1927), J Am Stat Assoc 22:209; Newcombe (1998), Stat Med 17:857, method 3. "exact" is
    Clopper and Pearson (1934), Biometrika 26:404, by quantiles of the beta distribution. No successes give the lower limit 0
    and nothing but successes the upper limit 1, exactly.
    """
    n = checks.whole("trials", trials)
    x = checks.part("successes", successes, "trials", n)
    level = checks.confidence(confidence)
    checks.one_of("method", method, ("wilson", "exact"))
    if n == 0:
        return UNKNOWN
    if level == 1:
        return Interval(0.0, 1.0)
    lower, upper = _wilson(x, n, level) if method == "wilson" else _clopper_pearson(x, n, level)
    return Interval(0.0 if x == 0 else lower, 1.0 if x == n else upper)


def poisson_interval(count: float, *, confidence: float = 0.95, method: str = "byar") -> Interval:
    """Return the interval of a Poisson count.

    "byar" is Byar's approximation (Breslow and Day 1987, vol. II, p. 69); its lower limit is None where the formula falls
    below 0, as for 1 at 99.8 %. "exact" is by quantiles of χ² (Garwood 1936, Biometrika 28:437). No events give the lower limit
    0 exactly. Public Health England uses "exact" below 10: see `counted_interval`.
    """
    x = checks.whole("count", count)
    level = checks.confidence(confidence)
    checks.one_of("method", method, ("byar", "exact"))
    if level == 1:
        return Interval(0.0, math.inf)
    return _byar(x, level) if method == "byar" else _garwood(x, level)


def counted_interval(count: float, *, confidence: float = 0.95) -> Interval:
    """Return the interval of a Poisson count by the rule of PHEindicatormethods: exact below 10, else Byar's."""
    method = "exact" if checks.whole("count", count) < BYAR_FROM else "byar"
    return poisson_interval(count, confidence=confidence, method=method)


def mean_interval(values: Sequence[float], *, confidence: float = 0.95) -> Interval:
    """Return Student's t interval of a mean (Student 1908); both None with fewer than two values.

    It speaks of sampling error alone, and so of no answers that were never given: see `nonresponse_bounds`.
    """
    import numpy as np

    checks.confidence(confidence)
    checked = np.array([checks.real("value", value) for value in values])
    if len(checked) < 2:
        return UNKNOWN
    return summary_interval(float(checked.mean()), float(checked.std(ddof=1)), len(checked), confidence=confidence)


def summary_interval(mean: float, deviation: float, count: float, *, confidence: float = 0.95) -> Interval:
    """Return Student's t interval of a mean of which only count and standard deviation (over n − 1) are known.

    mean ± t √(s² / n) with n − 1 degrees of freedom (Student 1908); both None with fewer than two values.
    """
    from scipy.special import stdtrit

    level = checks.confidence(confidence)
    middle, spread = checks.real("mean", mean), checks.not_negative("deviation", deviation)
    n = checks.whole("count", count)
    if n < 2:
        return UNKNOWN
    if level == 1:
        return Interval(-math.inf, math.inf)
    reach = float(stdtrit(n - 1, (1 + level) / 2)) * spread / math.sqrt(n)
    return Interval(middle - reach, middle + reach)


def wilson(outcomes: int, base: int, *, confidence: float = 0.95) -> tuple[float, float] | None:
    """Return Wilson's interval as two limits, None for an empty base; see `proportion_interval`."""
    found = proportion_interval(outcomes, base, confidence=confidence)
    return None if found.lower is None or found.upper is None else (found.lower, found.upper)


def normal_quantile(probability: float) -> float:
    from scipy.special import ndtri

    return float(ndtri(probability))


def two_sided_z(confidence: float) -> float:
    """Return the standard normal value that holds `confidence` between it and its negative."""
    return normal_quantile((1 + confidence) / 2)


def _wilson(x: int, n: int, confidence: float) -> tuple[float, float]:
    z = two_sided_z(confidence)
    centre = 2 * x + z * z
    spread = z * math.sqrt(z * z + 4 * x * (1 - x / n))
    width = 2 * (n + z * z)
    return (centre - spread) / width, (centre + spread) / width


def _clopper_pearson(x: int, n: int, confidence: float) -> tuple[float, float]:
    from scipy.special import betaincinv

    tail = (1 - confidence) / 2
    lower = 0.0 if x == 0 else float(betaincinv(x, n - x + 1, tail))
    upper = 1.0 if x == n else float(betaincinv(x + 1, n - x, 1 - tail))
    return lower, upper


def _byar(x: int, confidence: float) -> Interval:
    z = two_sided_z(confidence)
    after = x + 1
    upper = after * (1 - 1 / (9 * after) + z / (3 * math.sqrt(after))) ** 3
    if x == 0:
        return Interval(0.0, upper)
    lower = x * (1 - 1 / (9 * x) - z / (3 * math.sqrt(x))) ** 3
    return Interval(None if lower < 0 else lower, upper)


def _garwood(x: int, confidence: float) -> Interval:
    from scipy.special import gammaincinv

    tail = (1 - confidence) / 2
    lower = 0.0 if x == 0 else float(gammaincinv(x, tail))
    return Interval(lower, float(gammaincinv(x + 1, 1 - tail)))
