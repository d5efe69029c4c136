"""What may be told of suppliers' ratings together, and how: the one rule, without a database.

A scale of agreement is ordinal: the distribution, the median and the share that agrees come first, the mean is a small extra.
Below five suppliers nothing is told in figures, and no comment either. Nor may two figures after one another tell what a
single supplier said: what is shown changes only when at least five suppliers' ratings of a statement do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

FEWEST_RATINGS = 5
SCALE = (1, 2, 3, 4, 5)
AGREES_FROM = 4
# Where fewer than this answered, two years are not set beside each other: it may be others who answered.
THIN_BELOW = Fraction(3, 10)


@dataclass(frozen=True)
class Said:
    """What one supplier says to one statement."""

    score: int | None
    comment: str = ""


Sheets = Mapping[int, Mapping[int, Said]]  # by supplier, then by statement


@dataclass(frozen=True)
class Distribution:
    """How many chose each step of the scale, from 1 to 5."""

    counts: tuple[int, int, int, int, int]

    @property
    def n(self) -> int:
        return sum(self.counts)

    @property
    def agreeing(self) -> int:
        """Return how many chose 4 or 5."""
        return sum(self.counts[AGREES_FROM - 1 :])

    @property
    def median(self) -> Fraction:
        """Return the middle answer; between two of them when their number is even."""
        scores = [score for score, count in zip(SCALE, self.counts, strict=True) for _one in range(count)]
        return Fraction(scores[(self.n - 1) // 2] + scores[self.n // 2], 2)

    @property
    def mean(self) -> Fraction:
        return Fraction(sum(score * count for score, count in zip(SCALE, self.counts, strict=True)), self.n)


def distribution(scores: Iterable[int | None]) -> Distribution | None:
    """Return how the answers lie; None below five."""
    found = Counter(score for score in scores if score is not None)
    if found.total() < FEWEST_RATINGS:
        return None
    return Distribution(tuple(found[score] for score in SCALE))  # type: ignore[arg-type]


def comments(said: Iterable[Said]) -> tuple[str, ...]:
    """Return the comments of a statement in the order of their letters, which tells of nobody; none below five answers."""
    rows = list(said)
    if distribution(row.score for row in rows) is None:
        return ()
    return tuple(sorted((row.comment for row in rows if row.comment), key=str.casefold))


def may_follow(before: Sheets, after: Sheets) -> bool:
    """Tell whether `after` may be shown where `before` was: no statement tells what fewer than five suppliers changed."""
    return all(_may_follow(_of(before, each), _of(after, each)) for each in _statements(before) | _statements(after))


def _may_follow(before: Mapping[int, Said], after: Mapping[int, Said]) -> bool:
    is_told_twice = all(distribution(row.score for row in each.values()) for each in (before, after))
    changed = sum(before.get(supplier) != after.get(supplier) for supplier in {*before, *after})
    return not is_told_twice or changed == 0 or changed >= FEWEST_RATINGS


def _statements(sheets: Sheets) -> set[int]:
    return {statement for sheet in sheets.values() for statement in sheet}


def _of(sheets: Sheets, statement: int) -> dict[int, Said]:
    return {supplier: sheet[statement] for supplier, sheet in sheets.items() if statement in sheet}
