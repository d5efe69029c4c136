"""The inputs of a forest, in the order of its rows, and what of them is drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from results.pictures import words
from results.pictures.parts import About, Amount, Order


@dataclass(frozen=True, slots=True)
class ForestRow:
    """A supplier in a benefit group ("": in all): outcomes observed and expected among `base`, and the interval of the ratio."""

    name: str
    observed: Amount
    expected: Amount
    base: Amount
    low: float | None = None
    high: float | None = None
    group: str = ""
    is_own: bool = False

    @property
    def rests_on(self) -> tuple[Amount, Amount]:
        return self.observed, self.expected

    @property
    def ratio(self) -> float | None:
        """The ratio as it is drawn: of the expected number as printed, and only where everybody may see both."""
        return printed_ratio(self.observed.shown, self.expected.shown)

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The interval of what is drawn, as printed."""
        if self.ratio is None or self.low is None or self.high is None:
            return None
        return round(self.low, 2), round(self.high, 2)


@dataclass(frozen=True)
class Forest:
    """One measure in one period. `expected_from` names what is expected from: "de øvrige leverandører"."""

    about: About
    rows: tuple[ForestRow, ...]
    order: Order = "name"
    expected_from: str = "de øvrige leverandører"

    @cached_property
    def sections(self) -> tuple[tuple[str, tuple[ForestRow, ...]], ...]:
        """The rows of each group, the groups as they come; within them by name, or the largest first and the hidden last."""
        groups = dict.fromkeys(row.group for row in self.rows)
        return tuple((group, tuple(self._ordered(row for row in self.rows if row.group == group))) for group in groups)

    def _ordered(self, rows: Iterable[ForestRow]) -> list[ForestRow]:
        named = sorted(rows, key=lambda row: words.danish_order(row.name))
        return sorted(named, key=lambda row: -(row.base.shown or 0)) if self.order == "size" else named

    @property
    def drawn(self) -> tuple[ForestRow, ...]:
        return tuple(row for _, rows in self.sections for row in rows if row.ratio is not None)


def printed_ratio(observed: float | None, expected: float | None) -> float | None:
    """Return observed / expected of the expected number with its one printed decimal; None where that is none."""
    printed = round(expected, 1) if expected is not None else 0
    return round(observed / printed, 2) if observed is not None and printed else None
