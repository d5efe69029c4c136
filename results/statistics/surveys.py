"""What a survey's answers may say of those who did not answer."""

from __future__ import annotations

from dataclasses import dataclass

from results.statistics import checks
from results.statistics.intervals import Interval


@dataclass(frozen=True)
class ResponseRates:
    """AAPOR's six response rates, from 0 to 1; None where their base is empty.

    1, 3 and 5 count whole answers, 2, 4 and 6 also partial ones. 1 and 2 count everyone of unknown eligibility as eligible, 3
    and 4 an estimated part of them, 5 and 6 nobody.
    """

    rr1: float | None
    rr2: float | None
    rr3: float | None
    rr4: float | None
    rr5: float | None
    rr6: float | None


def response_rates(
    *,
    complete: float,
    partial: float = 0,
    refusal: float = 0,
    non_contact: float = 0,
    other: float = 0,
    unknown_household: float = 0,
    unknown_other: float = 0,
    eligible_share: float = 1.0,
) -> ResponseRates:
    """Return RR1 to RR6 (AAPOR, Standard Definitions, 10th edition 2023): answers over those who could have answered."""
    counts = {
        name: checks.whole(name, value)
        for name, value in {
            "complete": complete,
            "partial": partial,
            "refusal": refusal,
            "non_contact": non_contact,
            "other": other,
        }.items()
    }
    unknown = checks.whole("unknown_household", unknown_household) + checks.whole("unknown_other", unknown_other)
    known = sum(counts.values())
    bases = (known + unknown, known + checks.share("eligible_share", eligible_share) * unknown, known)
    whole, any_answer = counts["complete"], counts["complete"] + counts["partial"]
    rates = [answers / base if base else None for base in bases for answers in (whole, any_answer)]
    return ResponseRates(*rates)


def nonresponse_bounds(mean: float, response_rate: float, *, scale: tuple[float, float] = (1, 5)) -> Interval:
    """Return between what the mean of everyone lies, whatever those who did not answer think.

    r m + (1 − r) times the scale's ends: the worst case either way (Manski 1989, J Hum Resour 24:343). Raises ValueError when the
    mean is off the scale.
    """
    lowest, highest = checks.real("scale", scale[0]), checks.real("scale", scale[1])
    if lowest >= highest:
        raise ValueError(f"scale must run from its lower to its higher end, got {scale}")
    value = checks.real("mean", mean)
    if not lowest <= value <= highest:
        raise ValueError(f"mean must lie on the scale from {lowest:g} to {highest:g}, got {value:g}")
    rate = checks.share("response_rate", response_rate)
    return Interval(rate * value + (1 - rate) * lowest, rate * value + (1 - rate) * highest)
