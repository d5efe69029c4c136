"""Standardisation: what the mix of groups alone would give."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from results.statistics import checks
from results.statistics.convolving import SumLaw
from results.statistics.intervals import UNKNOWN, Interval, counted_interval, two_sided_z
from results.statistics.strata import Stratum

if TYPE_CHECKING:
    import numpy as np

FEWEST_EVENTS = 10  # below this a directly standardised rate is not given


@dataclass(frozen=True)
class IndirectRatio:
    """Observed against expected. `ratio` and its limits are None when nothing is expected.

    `variance` is the binomial one; `limits` are those of the observed count when the reference shares hold, and `p` is two-sided
    by the same exact law. `reference` is the crude share of the reference.
    """

    observed: int
    expected: float
    variance: float
    ratio: float | None
    interval: Interval
    limits: Interval
    p: float
    reference: float

    @property
    def z(self) -> float | None:
        return (self.observed - self.expected) / math.sqrt(self.variance) if self.variance else None

    @property
    def standardised_share(self) -> float | None:
        """ratio × the reference's crude share; None also when it would exceed 1, since that is no share."""
        share = None if self.ratio is None else self.ratio * self.reference
        return None if share is None or share > 1 else share

    @property
    def standardised_rate(self) -> Interval:
        """The interval of the ratio times the reference's crude share."""
        return self.interval.scaled(self.reference) if self.reference else UNKNOWN


@dataclass(frozen=True)
class DirectShare:
    """A share as it would be with the standard's mix of groups; None when a group that counts has no trials."""

    value: float | None
    variance: float | None
    interval: Interval


@dataclass(frozen=True)
class DirectRate:
    """A directly standardised rate with its interval; None when there are too few events or it cannot be computed."""

    value: float | None
    interval: Interval


def expected_successes(strata: Iterable[Stratum]) -> float:
    """Return Σ trials × reference share: how many successes the reference would have had with these trials.

    Raises ValueError when a stratum with trials has no reference trials.
    """
    return math.fsum(stratum.trials * stratum.reference for stratum in strata if stratum.trials)


def indirect_ratio(strata: Iterable[Stratum], *, confidence: float = 0.95) -> IndirectRatio:
    """Return observed / expected with its interval, and the exact limits of the observed count given the reference shares.

    Interval of the ratio: that of a Poisson count, exact below 10 and else Byar's, over the expected (PHEindicatormethods, ISR;
    Breslow and Day 1987). Limits and p: the sum of binomials with each group's reference share, convolved, interpolated as in
    `funnel_limits`; Poisson limits are too wide when shares are not small. The reference shares are taken as known. Raises
    ValueError when a stratum with trials has no reference trials.
    """
    level = checks.confidence(confidence)
    counted = [stratum for stratum in strata if stratum.trials]
    observed = sum(stratum.successes for stratum in counted)
    expected = expected_successes(counted)
    law = SumLaw.of(_binomial(stratum.trials, stratum.reference) for stratum in counted)
    tail = (1 - level) / 2
    reference_trials = sum(stratum.reference_trials for stratum in counted)
    return IndirectRatio(
        observed=observed,
        expected=expected,
        variance=math.fsum(s.trials * s.reference * (1 - s.reference) for s in counted),
        ratio=observed / expected if expected else None,
        interval=counted_interval(observed, confidence=level).scaled(1 / expected) if expected else UNKNOWN,
        limits=Interval(law.interpolated(tail), law.interpolated(1 - tail)) if counted else UNKNOWN,
        p=law.two_sided(observed),
        reference=sum(s.reference_successes for s in counted) / reference_trials if reference_trials else 0.0,
    )


def direct_proportion(
    successes: Sequence[float], trials: Sequence[float], weights: Sequence[float], *, confidence: float = 0.95
) -> DirectShare:
    """Return Σ w x/n / Σ w: the share with the standard's mix of groups, given as weights.

    Variance: Σ w² p (1 − p) / n / (Σ w)²; the interval is normal, cut to 0 … 1 (Breslow and Day 1987, ch. 2). A group without
    trials whose weight is above 0 makes it uncomputable.
    """
    z = two_sided_z(checks.confidence(confidence))
    groups = _groups(successes, trials, weights)
    total = math.fsum(weight for _x, _n, weight in groups)
    if any(weight and not n for _x, n, weight in groups):
        return DirectShare(None, None, UNKNOWN)
    used = [(x / n, n, weight / total) for x, n, weight in groups if weight]
    value = math.fsum(weight * p for p, _n, weight in used)
    variance = math.fsum(weight**2 * p * (1 - p) / n for p, n, weight in used)
    reach = z * math.sqrt(variance) if variance else 0.0  # ∞ × 0 is nothing here
    return DirectShare(value, variance, Interval(max(0.0, value - reach), min(1.0, value + reach)))


def direct_rate(
    events: Sequence[float],
    populations: Sequence[float],
    weights: Sequence[float],
    *,
    persons_by_events: Sequence[Sequence[float]] | None = None,
    confidence: float = 0.95,
) -> DirectRate:
    """Return the directly standardised rate Σ w d/n / Σ w with Dobson's interval; None with fewer than 10 events.

    Limits: value + √(variance / O) (O_limit − O), with O all events and O_limit its Poisson limits, exact below 10, else Byar's
    (Dobson et al. 1991, Stat Med 10:457). When persons have several events these are not independent: `persons_by_events` then
    has, for each group, how many persons had 1, 2, 3 … events, and the variance takes Σ k² f instead of Σ k f
    (PHEindicatormethods, `calculate_dsr`).
    """
    level = checks.confidence(confidence)
    checks.same_length(events=events, populations=populations, weights=weights)
    counts = [checks.whole("events", count) for count in events]
    sizes = [checks.not_negative("population", size) for size in populations]
    loads = _weights(weights)
    observed = sum(counts)
    is_missing = any(load and not size for load, size in zip(loads, sizes, strict=True))
    if observed < FEWEST_EVENTS or is_missing:
        return DirectRate(None, UNKNOWN)
    spread = counts if persons_by_events is None else _squared(persons_by_events, counts)
    used = [(d, v, n, w) for d, v, n, w in zip(counts, spread, sizes, loads, strict=True) if w]
    total = math.fsum(loads)
    value = math.fsum(w * d / n for d, _v, n, w in used) / total
    variance = math.fsum(w**2 * v / n**2 for _d, v, n, w in used) / total**2
    return DirectRate(value, _dobson(value, variance, observed, counted_interval(observed, confidence=level)))


def _dobson(value: float, variance: float, observed: int, of_count: Interval) -> Interval:
    step = math.sqrt(variance / observed)
    limits = (of_count.lower, of_count.upper)
    return Interval(*(None if limit is None else value + step * (limit - observed) for limit in limits))


def _squared(persons_by_events: Sequence[Sequence[float]], counts: Sequence[int]) -> list[int]:
    """Return Σ k² f for each group, whose Σ k f must be its events."""
    checks.same_length(persons_by_events=persons_by_events, events=counts)
    squared = []
    for frequencies, count in zip(persons_by_events, counts, strict=True):
        persons = [checks.whole("persons", value) for value in frequencies]
        if sum(k * f for k, f in enumerate(persons, start=1)) != count:
            raise ValueError(f"persons by events must add up to the {count} events, got {list(frequencies)}")
        squared.append(sum(k * k * f for k, f in enumerate(persons, start=1)))
    return squared


def _groups(
    successes: Sequence[float], trials: Sequence[float], weights: Sequence[float]
) -> list[tuple[int, int, float]]:
    checks.same_length(successes=successes, trials=trials, weights=weights)
    sizes = [checks.whole("trials", n) for n in trials]
    hits = [checks.part("successes", x, "trials", n) for x, n in zip(successes, sizes, strict=True)]
    return list(zip(hits, sizes, _weights(weights), strict=True))


def _weights(weights: Sequence[float]) -> list[float]:
    loads = [checks.not_negative("weight", weight) for weight in weights]
    if not any(loads):
        raise ValueError(f"one of the weights must be above 0, got {list(weights)}")
    return loads


def _binomial(trials: int, share: float) -> tuple[int, np.ndarray]:
    import numpy as np
    from scipy.stats import binom

    return 0, binom.pmf(np.arange(trials + 1), trials, share)
