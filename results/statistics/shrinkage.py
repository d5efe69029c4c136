"""Variation between suppliers beyond chance, and estimates drawn towards the common share by it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from results.statistics import checks
from results.statistics.intervals import Interval, two_sided_z


@dataclass(frozen=True)
class RandomEffects:
    """Values that vary by chance and between each other. `i_squared` is the part of the variation that is not chance."""

    tau_squared: float
    q: float
    mean: float
    standard_error: float
    interval: Interval
    i_squared: float


@dataclass(frozen=True)
class Shrunk:
    """Each supplier's share drawn towards the reference: the less its own number says, the further.

    `reliabilities` are from 0 (all from the reference) to 1 (all its own).
    """

    reference: float
    tau_squared: float
    reliabilities: tuple[float, ...]
    shares: tuple[float, ...]


def shrink(successes: Sequence[float], trials: Sequence[float], *, reference: float | None = None) -> Shrunk:
    """Return empirical-Bayes shares: λ p + (1 − λ) θ with λ = τ² / (τ² + v).

    θ is the pooled share unless a reference is given; v = θ (1 − θ) / n; τ² by DerSimonian and Laird's moments (1986). Source:
    Efron and Morris (1975), J Am Stat Assoc 70:311. A supplement, never shown alone. Raises ValueError when a supplier has no
    trials or the reference is 0 or 1, where nothing can be told apart.
    """
    hits, sizes = shares_of(successes, trials)
    theta = sum(hits) / sum(sizes) if reference is None else checks.share("reference", reference)
    if theta in (0, 1):
        raise ValueError(f"reference must lie between 0 and 1 for shares to be drawn towards it, got {theta}")
    shares = [x / n for x, n in zip(hits, sizes, strict=True)]
    variances = [theta * (1 - theta) / n for n in sizes]
    tau = between_variance(chance_ratio(shares, variances, theta), variances)
    reliabilities = tuple(tau / (tau + variance) for variance in variances)
    shrunk = tuple(lam * p + (1 - lam) * theta for lam, p in zip(reliabilities, shares, strict=True))
    return Shrunk(theta, tau, reliabilities, shrunk)


def random_effects(
    values: Sequence[float], variances: Sequence[float], *, method: str = "dl", confidence: float = 0.95
) -> RandomEffects:
    """Return the mean of values that differ by more than their own variances.

    "dl" is DerSimonian and Laird (1986), Control Clin Trials 7:177; "pm" solves Σ (y − μ)² / (v + τ²) = I − 1 (Paule and Mandel
    1982). I² = τ² / (τ² + s²) with s² the typical variance of Higgins and Thompson (2002). Raises ValueError with fewer than two.
    """
    z = two_sided_z(checks.confidence(confidence))
    checks.one_of("method", method, ("dl", "pm"))
    if checks.same_length(values=values, variances=variances) < 2:
        raise ValueError(f"values must be at least two, got {list(values)}")
    y = [checks.real("value", value) for value in values]
    v = [checks.real("variance", variance, above=0) for variance in variances]
    q = _q(y, v, 0.0)
    tau = between_variance(q / len(y), v) if method == "dl" else _paule_mandel(y, v)
    weights = [1 / (variance + tau) for variance in v]
    mean = _weighted_mean(y, weights)
    error = 1 / math.sqrt(math.fsum(weights))
    typical = _typical_variance(v)
    return RandomEffects(
        tau_squared=tau,
        q=q,
        mean=mean,
        standard_error=error,
        interval=Interval(mean - z * error, mean + z * error),
        i_squared=tau / (tau + typical),
    )


def between_variance(phi: float, variances: Sequence[float]) -> float:
    """Return τ² = max(0, (I φ − (I − 1)) / (Σw − Σw² / Σw)) with w = 1 / variance: DerSimonian and Laird's moments."""
    weights = [1 / variance for variance in variances]
    total = math.fsum(weights)
    room = total - math.fsum(weight**2 for weight in weights) / total
    beyond = len(weights) * phi - (len(weights) - 1)
    return max(0.0, beyond / room) if room > 0 else 0.0


def chance_ratio(values: Sequence[float], variances: Sequence[float], centre: float) -> float:
    """Return φ: the mean of squared z-values, 1 when chance alone is at work."""
    squares = [(value - centre) ** 2 / variance for value, variance in zip(values, variances, strict=True)]
    return math.fsum(squares) / len(squares)


def shares_of(successes: Sequence[float], trials: Sequence[float]) -> tuple[list[int], list[int]]:
    """Return counts of several suppliers, each with trials; raises ValueError."""
    checks.same_length(successes=successes, trials=trials)
    sizes = [checks.whole("trials", n) for n in trials]
    if 0 in sizes:
        raise ValueError(f"trials must be above 0, got {sizes}")
    return [checks.part("successes", x, "trials", n) for x, n in zip(successes, sizes, strict=True)], sizes


def _paule_mandel(y: Sequence[float], v: Sequence[float]) -> float:
    from scipy.optimize import brentq

    excess: Callable[[float], float] = lambda tau: _q(y, v, tau) - (len(y) - 1)  # noqa: E731 -- falls with tau
    if excess(0.0) <= 0:
        return 0.0
    upper = max(v)
    while excess(upper) > 0:
        upper *= 2
    return float(brentq(excess, 0.0, upper, xtol=1e-14, rtol=1e-14))


def _q(y: Sequence[float], v: Sequence[float], tau: float) -> float:
    weights = [1 / (variance + tau) for variance in v]
    mean = _weighted_mean(y, weights)
    return math.fsum(weight * (value - mean) ** 2 for weight, value in zip(weights, y, strict=True))


def _weighted_mean(y: Sequence[float], weights: Sequence[float]) -> float:
    return math.fsum(weight * value for weight, value in zip(weights, y, strict=True)) / math.fsum(weights)


def _typical_variance(v: Sequence[float]) -> float:
    weights = [1 / variance for variance in v]
    total = math.fsum(weights)
    return (len(v) - 1) * total / (total**2 - math.fsum(weight**2 for weight in weights))
