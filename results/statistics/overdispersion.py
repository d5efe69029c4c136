"""Overdispersion: when suppliers differ more than chance even without anyone standing out, and limits that allow for it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from results.statistics import checks
from results.statistics.intervals import Interval, two_sided_z
from results.statistics.shrinkage import between_variance, shares_of

DECILES = 10


class Scale(Enum):
    """What is compared, on which scale; never mixed."""

    RAW = "raw"  # the share itself, standard error √(θ (1 − θ) / n)
    ARCSINE = "arcsine"  # asin √share, standard error 1 / (2 √n)
    LOG_RATIO = "log_ratio"  # ln(observed / expected), standard error 1 / √expected


@dataclass(frozen=True)
class Overdispersion:
    """`phi` is 1 under chance alone; `tau_squared` is the variance between suppliers on `scale`.

    `bounds` are the winsorised z-values' ends, None when nothing was winsorised. `z` and `used` are before and after.
    """

    scale: Scale
    reference: float
    z: tuple[float, ...]
    used: tuple[float, ...]
    bounds: Interval
    phi: float
    tau_squared: float

    def limits(self, size: float, *, confidence: float = 0.95, kind: str = "additive") -> Interval:
        """Return control limits for a supplier with `size` trials, or expected successes for ratios.

        "additive" is θ ± z √(s² + τ²); "multiplicative" is θ ± z s √φ, where φ below 1 narrows nothing. Shares are cut to 0 … 1.
        """
        z = two_sided_z(checks.confidence(confidence))
        checks.one_of("kind", kind, ("additive", "multiplicative"))
        error = _error(self.scale, checks.real("size", size, above=0), self.reference)
        variance = error**2 + self.tau_squared if kind == "additive" else error**2 * max(1.0, self.phi)
        reach = z * math.sqrt(variance)
        centre = _scaled(self.scale, self.reference)
        return Interval(_unscaled(self.scale, centre - reach), _unscaled(self.scale, centre + reach))


def overdispersion(
    observed: Sequence[float],
    sizes: Sequence[float],
    *,
    scale: Scale | str = Scale.ARCSINE,
    reference: float | None = None,
    trim: float = 0.1,
    method: str = "winsorise",
) -> Overdispersion:
    """Return φ and τ² of suppliers' numbers: successes of trials for shares, observed of expected for ratios.

    z = (y − θ) / s; φ = Σ z² / I after trimming; τ² = max(0, (I φ − (I − 1)) / (Σw − Σw² / Σw)), w = 1 / s². "winsorise" draws
    z-values to the `trim` and 1 − `trim` quantiles (R's type 7): Spiegelhalter (2005), Stat Med 24:1185, A.3; "truncate" drops
    those whose ⌊10 rank / (I + 1)⌋ is 0 or 9, as SHMI does. The reference is the pooled share, or the ratio 1. `trim` 0 trims
    nothing.
    """
    scale = Scale(scale)
    theta = _reference(scale, observed, sizes, reference)
    errors = [_error(scale, size, theta) for size in sizes]
    centre = _scaled(scale, theta)
    z = [(y - centre) / s for y, s in zip(_values(scale, observed, sizes), errors, strict=True)]
    used, kept, bounds = _trimmed(z, errors, _trim(trim), checks.one_of("method", method, ("winsorise", "truncate")))
    phi = math.fsum(value**2 for value in used) / len(used)
    tau = between_variance(phi, [error**2 for error in kept])
    return Overdispersion(scale, theta, tuple(z), tuple(used), bounds, phi, tau)


def _reference(scale: Scale, observed: Sequence[float], sizes: Sequence[float], reference: float | None) -> float:
    if checks.same_length(observed=observed, sizes=sizes) < 2:
        raise ValueError(f"overdispersion needs at least two suppliers, got {list(observed)}")
    if scale is Scale.LOG_RATIO:
        return 1.0 if reference is None else checks.real("reference", reference, above=0)
    hits, trials = shares_of(observed, sizes)
    theta = sum(hits) / sum(trials) if reference is None else checks.share("reference", reference)
    if theta in (0, 1):
        raise ValueError(f"reference must lie between 0 and 1, got {theta}")
    return theta


def _values(scale: Scale, observed: Sequence[float], sizes: Sequence[float]) -> list[float]:
    if scale is not Scale.LOG_RATIO:
        return [_scaled(scale, x / n) for x, n in zip(observed, sizes, strict=True)]
    counts = [checks.real("observed", x, above=0) for x in observed]  # ln 0 is undefined
    return [math.log(x / e) for x, e in zip(counts, sizes, strict=True)]


def _error(scale: Scale, size: float, reference: float) -> float:
    n = checks.real("size", size, above=0)
    if scale is Scale.RAW:
        return math.sqrt(reference * (1 - reference) / n)
    return 1 / (2 * math.sqrt(n)) if scale is Scale.ARCSINE else 1 / math.sqrt(n)


def _scaled(scale: Scale, value: float) -> float:
    if scale is Scale.RAW:
        return value
    return math.asin(math.sqrt(value)) if scale is Scale.ARCSINE else math.log(value)


def _unscaled(scale: Scale, value: float) -> float:
    if scale is Scale.RAW:
        return min(1.0, max(0.0, value))
    if scale is Scale.ARCSINE:
        return math.sin(min(math.pi / 2, max(0.0, value))) ** 2
    return math.exp(value)


def _trim(value: float) -> float:
    if not checks.is_real(value) or not 0 <= value < 0.5:
        raise ValueError(f"trim must be at least 0 and below 0.5, got {value!r}")
    return value


def _trimmed(
    z: list[float], errors: list[float], trim: float, method: str
) -> tuple[list[float], list[float], Interval]:
    """Return the z-values that count, their standard errors, and the bounds they were drawn to."""
    import numpy as np

    if not trim:
        return z, errors, Interval(None, None)
    if method == "winsorise":
        lower, upper = (float(bound) for bound in np.quantile(z, [trim, 1 - trim]))  # NumPy's default is R's type 7
        return [min(upper, max(lower, value)) for value in z], errors, Interval(lower, upper)
    from scipy.stats import rankdata

    deciles = np.floor(rankdata(z) * DECILES / (len(z) + 1))
    kept = [place for place, decile in enumerate(deciles) if 0 < decile < DECILES - 1]
    return [z[place] for place in kept], [errors[place] for place in kept], Interval(None, None)
