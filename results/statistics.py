"""The statistics that documents print. Formulas are those of the literature; each says which."""

from __future__ import annotations

import math


def wilson(outcomes: int, base: int, *, confidence: float = 0.95) -> tuple[float, float] | None:
    """Return Wilson's score interval of a share, both limits from 0 to 1; None for an empty base.

    No outcomes give the lower limit 0 and all outcomes the upper limit 1, exactly. Raises ValueError when the counts or
    the confidence are out of range. Source: Wilson (1927); Newcombe (1998), method 3.
    """
    if not 0 <= outcomes <= base:
        raise ValueError(f"outcomes must lie from 0 to the base, got {outcomes} of {base}")
    if not 0 < confidence <= 1:
        raise ValueError(f"confidence must be above 0 and at most 1, got {confidence}")
    if base == 0:
        return None
    if confidence == 1:
        return (0.0, 1.0)
    from scipy.stats import norm  # slow to load: only who needs an interval waits for it

    z = float(norm.ppf((1 + confidence) / 2))
    centre = 2 * outcomes + z * z
    spread = z * math.sqrt(z * z + 4 * outcomes * (1 - outcomes / base))
    width = 2 * (base + z * z)
    lower = 0.0 if outcomes == 0 else (centre - spread) / width
    upper = 1.0 if outcomes == base else (centre + spread) / width
    return (lower, upper)
