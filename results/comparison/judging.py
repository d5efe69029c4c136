"""What a figure says beside its reference: share, expected, ratio, test and the words for it. No database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from results.comparison.enums import CLEAR_BELOW, NOTE_BELOW, Reference, Size, Verdict, size_of
from results.statistics import Interval, Stratum, compare_with_rest, indirect_ratio, proportion_interval
from results.statistics.intervals import UNKNOWN

TARGET_TRIALS = 100_000  # a target of per cent with up to three decimals is that many of so many


@dataclass(frozen=True)
class Judged:
    """A supplier's numbers in one benefit group, or over several, and what they say.

    `base` and `outcomes` are None where the reader may not see them; `share` and `interval` are None below 10. `observed` and
    `expected` are those of the groups that can be compared, which `compared` names; `ratio` is observed / expected. `is_above`
    tells on which side of the expected it lies.
    """

    base: int | None
    outcomes: int | None
    size: Size
    share: float | None
    interval: Interval
    observed: int | None = None
    expected: float | None = None
    ratio: float | None = None
    ratio_interval: Interval = UNKNOWN
    p: float | None = None
    verdict: Verdict = Verdict.NOT_COMPARABLE
    is_above: bool | None = None
    compared: tuple[str, ...] = ()


def judge(
    strata: Sequence[Stratum], reference: Reference, *, base: int | None = None, outcomes: int | None = None
) -> Judged:
    """Judge a supplier's groups against their reference; the names of the strata are those of the groups.

    `base` and `outcomes` are the supplier's own total where that is not the sum of the groups, as of unique persons. Groups
    without reference, or in which all did alike, are left out of observed and expected. Against the others, all and the previous
    period the test is the exact stratified one of `compare_with_rest`; a target is taken as known, by the exact law of
    `indirect_ratio`. Raises ValueError without strata.
    """
    n = sum(stratum.trials for stratum in strata) if base is None else base
    x = sum(stratum.successes for stratum in strata) if outcomes is None else outcomes
    size = size_of(n)
    share = x / n if size.has_share else None
    interval = proportion_interval(x, n) if size.has_share else UNKNOWN
    plain = Judged(n, x, size, share, interval)
    usable = [stratum for stratum in strata if is_comparable(stratum, reference)]
    if not usable or not size.has_share:
        return plain
    return _tested(plain, usable, reference)


def is_comparable(stratum: Stratum, reference: Reference) -> bool:
    """Tell whether a group can tell the supplier from its reference."""
    return has_reference(stratum) and bool(stratum.trials) and not is_all_alike(stratum, reference)


def has_reference(stratum: Stratum) -> bool:
    return stratum.reference_trials > 0


def is_all_alike(stratum: Stratum, reference: Reference) -> bool:
    """Tell whether nobody, or everybody, of both sides has the outcome; a target other than 0 and 100 % always tells apart."""
    if reference == Reference.TARGET:
        return stratum.reference_successes in (0, stratum.reference_trials)
    hits = stratum.successes + stratum.reference_successes
    return hits in (0, stratum.trials + stratum.reference_trials)


def target_stratum(successes: int, trials: int, target: float, *, name: str) -> Stratum:
    """Return a group whose reference is a fixed share from 0 to 1."""
    return Stratum(successes, trials, round(target * TARGET_TRIALS), TARGET_TRIALS, name)


def verdict_of(p: float) -> Verdict:
    """Return the words for a p-value: 0.05 and 0.002 are outside the 95 % and 99.8 % limits."""
    if p <= CLEAR_BELOW:
        return Verdict.CLEAR
    return Verdict.NOTE if p <= NOTE_BELOW else Verdict.NO_DIFFERENCE


def _tested(plain: Judged, strata: Sequence[Stratum], reference: Reference) -> Judged:
    test = compare_with_rest(strata)
    p, middle = test.p, test.expected
    if reference == Reference.TARGET:
        p = indirect_ratio(strata).p
    held = [_with_itself(stratum) for stratum in strata] if reference == Reference.ALL else strata
    ratio = indirect_ratio(held)
    if reference == Reference.TARGET:
        middle = ratio.expected
    observed = sum(stratum.successes for stratum in strata)
    return Judged(
        base=plain.base,
        outcomes=plain.outcomes,
        size=plain.size,
        share=plain.share,
        interval=plain.interval,
        observed=observed,
        expected=ratio.expected,
        ratio=ratio.ratio,
        ratio_interval=ratio.interval,
        p=p,
        verdict=verdict_of(p),
        is_above=None if observed == middle else observed > middle,
        compared=tuple(stratum.name for stratum in strata),
    )


def _with_itself(stratum: Stratum) -> Stratum:
    """Return the group with the supplier counted among its reference, as "all together" means."""
    return Stratum(
        stratum.successes,
        stratum.trials,
        stratum.successes + stratum.reference_successes,
        stratum.trials + stratum.reference_trials,
        stratum.name,
    )
