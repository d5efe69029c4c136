"""Decide about all figures that stand in one document, by how they depend on each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.conf import settings

from results.disclosure.cells import Cell, Mark, Policy, Relation
from results.disclosure.deciding import decide
from results.models import Observation

BASE, OUTCOMES = 0, 1
CellKey = tuple[int, int]  # id of the observation, and which of its numbers
DIMENSION_COUNT = 5


@dataclass(frozen=True)
class Decision:
    """What may leave the municipality of the figures that were decided together."""

    marks: dict[CellKey, Mark] = field(default_factory=dict)

    def outcomes_mark(self, observation: Observation) -> Mark:
        """Return the mark of the outcomes, and so of the share: with the base known, one gives the other."""
        return self.marks.get((observation.pk, OUTCOMES), self.base_mark(observation))

    def base_mark(self, observation: Observation) -> Mark:
        return self.marks.get((observation.pk, BASE), Mark.SHOWN)

    def hides_outcomes(self, observation: Observation) -> bool:
        return self.outcomes_mark(observation).is_hidden

    def hides_base(self, observation: Observation) -> bool:
        return self.base_mark(observation).is_hidden


def current_policy() -> Policy:
    """Return the policy that the municipality has set (`DISCLOSURE_MIN_CELL`)."""
    return Policy(min_cell=settings.DISCLOSURE_MIN_CELL)


def decide_for_observations(observations: Iterable[Observation], *, policy: Policy | None = None) -> Decision:
    """Return what is shown of figures that stand together; the same observation has the same mark wherever it stands.

    Figures of one measure version, unit and period depend on each other when one is "all" in a dimension in which others are
    parts. Overlapping groups of unique persons may give more than their total.
    """
    known = {observation.pk: observation for observation in observations if observation.denominator is not None}
    cells = [cell for observation in known.values() for cell in _cells(observation)]
    relations = [relation for family in _families(known.values()) for relation in _relations(family)]
    return Decision(decide(cells, relations, policy=policy or current_policy()))


def _cells(observation: Observation) -> Iterator[Cell]:
    yield Cell((observation.pk, BASE), observation.denominator or 0)
    if observation.outcomes is not None:
        yield Cell((observation.pk, OUTCOMES), observation.outcomes, part_of=(observation.pk, BASE))


def _families(observations: Iterable[Observation]) -> list[list[Observation]]:
    """Return the figures in groups that count the same thing: measure version, unit, period and delivery's validation."""
    families: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for each in observations:
        families[each.measure_version_id, each.unit, each.period_start, each.period_end].append(each)
    return list(families.values())


def _relations(family: Sequence[Observation]) -> Iterator[Relation]:
    for total in family:
        for place in range(DIMENSION_COUNT):
            if total.dimension_ids[place] is None:
                parts = [each for each in family if _is_part(each, total, place)]
                if len(parts) > 1:
                    yield from _sums(total, parts)


def _is_part(each: Observation, total: Observation, place: int) -> bool:
    """Tell whether a figure is the total's own in one value of the dimension, and alike in all others.

    A framework's figure without lot and a lot's figure differ in one dimension, since a lot brings its framework.
    """
    if each.dimension_ids[place] is None:
        return False
    others = [index for index in range(DIMENSION_COUNT) if index != place]
    return all(each.dimension_ids[index] == total.dimension_ids[index] for index in others)


def _sums(total: Observation, parts: Sequence[Observation]) -> Iterator[Relation]:
    """Yield the plain sums that hold, and for unique persons what a reader knows of the surplus."""
    base_surplus = sum(part.denominator or 0 for part in parts) - (total.denominator or 0)
    base_keys = tuple((part.pk, BASE) for part in parts)
    if base_surplus >= 0:
        yield Relation((total.pk, BASE), base_keys, *((0, 0) if base_surplus == 0 else (0, None)))
    if total.outcomes is None or any(part.outcomes is None for part in parts):
        return
    surplus = sum(part.outcomes or 0 for part in parts) - total.outcomes
    keys = tuple((part.pk, OUTCOMES) for part in parts)
    if surplus == 0:
        # They add up, and a reader who tries will see that they do elsewhere in the table: assume that it is known.
        yield Relation((total.pk, OUTCOMES), keys)
    elif 0 < surplus <= base_surplus:
        yield Relation((total.pk, OUTCOMES), keys, 0, base_surplus)
