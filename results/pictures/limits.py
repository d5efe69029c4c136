"""Control limits as curves over the number of courses, and where a supplier stands among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from documents.drawings import Place
from results.pictures.scales import Scale
from results.statistics import Interval, funnel_limits

FEWEST = 5  # below this a share says nothing, and nobody is drawn
ALERT, ALARM = 0.95, 0.998
_CURVE_PLACES = 90


@dataclass(frozen=True, slots=True)
class Standing:
    """How far from the reference: 0 within the limits, 1 beyond 95 %, 2 beyond 99.8 %."""

    level: int = 0
    is_above: bool = False

    @property
    def words(self) -> str:
        side = "over" if self.is_above else "under"
        return ("inden for grænserne", f"bemærk, {side}", f"klar afvigelse, {side}")[self.level]


def standing(share: float, base: int, reference: float) -> Standing:
    """Return where a share stands among the exact limits of its own base."""
    level = sum(not limits_at(reference, base, confidence).holds(share) for confidence in (ALERT, ALARM))
    return Standing(level, share > reference)


@lru_cache(maxsize=4096)  # the limits of one reference are asked for by curve, table and verdict, wide and narrow
def limits_at(reference: float, base: int, confidence: float) -> Interval:
    return funnel_limits(reference, base, confidence=confidence)


def curves(reference: float, confidence: float, *, x: Scale, y: Scale) -> tuple[tuple[Place, ...], ...]:
    """Return the upper and the lower limit within the plot; a limit at 0 is the axis and not drawn."""
    bases = tuple(_bases(max(FEWEST, round(x.low)), round(x.high)))
    limits = [limits_at(reference, base, confidence) for base in bases]
    upper = [(float(base), each.upper) for base, each in zip(bases, limits, strict=True) if each.upper is not None]
    lower = [(float(base), each.lower) for base, each in zip(bases, limits, strict=True) if each.lower is not None]
    above_0 = next((index for index, (_, share) in enumerate(lower) if share > 0), len(lower))
    lower = lower[max(0, above_0 - 1) :]
    return tuple(
        tuple((x(base), y(share)) for base, share in curve) for curve in (_cut(upper, y.high), lower) if len(curve) > 1
    )


def _bases(first: int, last: int) -> Iterator[int]:
    """Yield every base while the exact limits still waver, then ever longer steps."""
    base = first
    while base < last:
        yield base
        base += max(1, round(max(base, last / 2) / _CURVE_PLACES))
    yield last


def _cut(curve: list[tuple[float, float]], level: float) -> list[tuple[float, float]]:
    """Return the part of a falling curve within the plot, beginning on the plot's edge."""
    first = next((index for index, (_, share) in enumerate(curve) if share <= level), len(curve))
    if first in (0, len(curve)):
        return curve[first:]
    (before, high), (after, low) = curve[first - 1], curve[first]
    edge = before + (after - before) * (high - level) / (high - low)
    return [(edge, level), *curve[first:]]
