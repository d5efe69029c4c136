"""A mean of answers: what the source says of it, and how sure it is. Never pooled, never tested. No database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from results.comparison.enums import COUNT_FROM
from results.models import Observation
from results.statistics import Interval, summary_interval
from results.statistics.intervals import UNKNOWN


@dataclass(frozen=True)
class Mean:
    """A mean as its source gives it; `deviation` and `interval` are None and unknown where it gives no spread."""

    value: Decimal
    deviation: Decimal | None = None
    interval: Interval = UNKNOWN


def mean_of(figure: Observation | None) -> Mean | None:
    """Return the mean of a figure with Student's 95 % interval; None when it has none, or is of fewer than five answers."""
    if figure is None or figure.mean is None:
        return None
    answers, deviation = figure.denominator, figure.standard_deviation
    if answers is not None and answers < COUNT_FROM:
        return None
    if answers is None or deviation is None:
        return Mean(figure.mean, deviation)
    return Mean(figure.mean, deviation, summary_interval(float(figure.mean), float(deviation), answers))


def has_unknown_spread(figures: Sequence[Observation]) -> bool:
    return any(each.mean is not None and each.standard_deviation is None for each in figures)


def has_unknown_answers(figures: Sequence[Observation]) -> bool:
    return any(each.mean is not None and each.denominator is None for each in figures)
