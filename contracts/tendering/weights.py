"""The tree of award criteria: its order, the sums at each level, and what each criterion counts for in the whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contracts.models import AwardCriterion

WHOLE = Decimal(100)


@dataclass(frozen=True)
class Node:
    """A criterion in its place: "1.2", its depth from 0, its share of the whole (1 is all), and whether it is scored."""

    criterion: AwardCriterion
    number: str
    depth: int
    share: Fraction
    is_leaf: bool

    @property
    def share_percent(self) -> Decimal:
        return Decimal(self.share.numerator * 100) / Decimal(self.share.denominator)


@dataclass(frozen=True)
class LevelSum:
    """What the weights below one criterion come to; `parent` is None for the topmost level."""

    parent: AwardCriterion | None
    total: Decimal

    @property
    def is_whole(self) -> bool:
        return self.total == WHOLE

    @property
    def missing(self) -> Decimal:
        """Return what is missing to 100; negative when there is too much."""
        return WHOLE - self.total


def tree_of(criteria: Iterable[AwardCriterion]) -> list[Node]:
    """Return the criteria from the top, each followed by what lies below it."""
    below = _by_parent(criteria)
    nodes: list[Node] = []

    def walk(parent: int | None, depth: int, prefix: str, share: Fraction) -> None:
        for place, criterion in enumerate(below.get(parent, ()), start=1):
            number, own = f"{prefix}{place}", share * Fraction(criterion.weight_percent) / 100
            nodes.append(Node(criterion, number, depth, own, criterion.pk not in below))
            walk(criterion.pk, depth + 1, f"{number}.", own)

    walk(None, 0, "", Fraction(1))
    return nodes


def leaves_of(nodes: Iterable[Node]) -> list[Node]:
    """Return the criteria that are scored: those without sub-criteria."""
    return [node for node in nodes if node.is_leaf]


def level_sums(criteria: Sequence[AwardCriterion]) -> list[LevelSum]:
    """Return the sum of weights at each level, the topmost first; one of no criteria has none."""
    by_key = {criterion.pk: criterion for criterion in criteria}
    below = _by_parent(criteria)
    order = [None, *(node.criterion.pk for node in tree_of(criteria))]
    return [
        LevelSum(by_key.get(parent), sum((row.weight_percent for row in below[parent]), Decimal(0)))  # type: ignore[arg-type]
        for parent in order
        if parent in below
    ]


def _by_parent(criteria: Iterable[AwardCriterion]) -> dict[int | None, list[AwardCriterion]]:
    below: defaultdict[int | None, list[AwardCriterion]] = defaultdict(list)
    for criterion in sorted(criteria, key=lambda row: (row.position, row.pk)):
        below[criterion.parent_id].append(criterion)
    return dict(below)
