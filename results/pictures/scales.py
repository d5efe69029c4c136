"""Scales: from a figure to a place in the drawing, with ticks at round numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass

_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Scale:
    """A figure between `low` and `high` lies between `start` and `end`; `is_log` for ratios."""

    low: float
    high: float
    start: float
    end: float
    is_log: bool = False

    def __call__(self, value: float) -> float:
        """Return the place of a figure; what lies outside the scale lies at its nearer end."""
        inside = min(max(value, self.low), self.high)
        if self.is_log:
            part = math.log(inside / self.low) / math.log(self.high / self.low)
        else:
            part = (inside - self.low) / (self.high - self.low)
        return self.start + part * (self.end - self.start)

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


def step_of(span: float, *, most: int, is_whole: bool = False) -> float:
    """Return the round step that cuts a span into at most so many pieces."""
    raw = span / most
    size = 10 ** math.floor(math.log10(raw))
    step = next(each * size for each in _STEPS if each * size >= raw * 0.999)
    return max(float(math.ceil(step)), 1.0) if is_whole else step


def ticks(high: float, *, most: int = 6, is_whole: bool = False) -> tuple[float, ...]:
    """Return round numbers from 0 to `high`, at most so many besides 0."""
    step = step_of(high, most=most, is_whole=is_whole)
    return tuple(step * each for each in range(math.floor(high / step + 1e-9) + 1))


def rounded_up(value: float, *, most: int = 6, is_whole: bool = False) -> float:
    """Return the next tick at or above a figure."""
    step = step_of(value, most=most, is_whole=is_whole)
    return step * math.ceil(value / step - 1e-9)
