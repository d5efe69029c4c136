"""Decide about all figures that leave in one document, together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from results.disclosure.cells import Cell, Key, Mark, Policy, Relation, small_cells
from results.disclosure.deciding import decide
from results.disclosure.relations import Parts, base_key, outcomes_key, relations_among
from results.models import BenefitGroup, Observation


@dataclass(frozen=True)
class Decision:
    """What is hidden among the figures of one document. A share is hidden with its outcomes: n and p give x.

    Asked about a figure that was not among those decided, it raises KeyError: nothing leaves undecided.
    """

    marks: Mapping[Key, Mark]

    def mark(self, observation: Observation) -> Mark:
        """Return the mark of what the figure says: outcomes and share, or, for counts and means, the base and the mean."""
        return self.base_mark(observation) if observation.outcomes is None else self.marks[outcomes_key(observation)]

    def base_mark(self, observation: Observation) -> Mark:
        """Return the mark of the base; SHOWN when there is none."""
        return Mark.SHOWN if observation.denominator is None else self.marks[base_key(observation)]

    def hides_outcomes(self, observation: Observation) -> bool:
        """Tell whether outcomes, share, interval and mean of the figure may not leave."""
        return self.mark(observation).is_hidden

    def hides_base(self, observation: Observation) -> bool:
        return self.base_mark(observation).is_hidden

    def hides_sum(self, parts: Iterable[Observation]) -> bool:
        """Tell whether a sum of outcomes that we add up ourselves may not leave: with one part hidden, it would tell."""
        return any(self.hides_outcomes(part) for part in parts)

    def hides_base_sum(self, parts: Iterable[Observation]) -> bool:
        return any(self.hides_base(part) for part in parts)

    @property
    def hidden_count(self) -> int:
        return sum(mark.is_hidden for mark in self.marks.values())


def current_policy() -> Policy:
    """Return the policy in force; the setting `DISCLOSURE_MIN_CELL` moves its limit (3, 5 or 10)."""
    return Policy(min_cell=getattr(settings, "DISCLOSURE_MIN_CELL", Policy.min_cell))


def is_small(observation: Observation) -> bool:
    """Tell whether a figure by itself is about so few that it may not leave, whatever stands beside it."""
    return bool(small_cells({cell.key: cell for cell in _cells([observation])}, current_policy()))


def decide_for_observations(observations: Iterable[Observation], *, policy: Policy | None = None) -> Decision:
    """Decide about every figure of one document, with all sums that hold among them.

    Give all of them at once: tables of several measures, by group and by supplier, and single figures; the same figure then
    has the same mark everywhere. One query, for what composite benefit groups consist of, and none without groups.
    """
    unique = list({observation.pk or id(observation): observation for observation in observations}.values())
    relations = relations_among(unique, composites=_composites(unique))
    return Decision(decide(_cells(unique), _known(relations), policy=policy or current_policy()))


def _cells(observations: Sequence[Observation]) -> list[Cell]:
    cells = {}
    for observation in observations:
        if observation.denominator is not None:
            base = base_key(observation)
            cells[base] = Cell(base, observation.denominator)
            if observation.outcomes is not None:
                key = outcomes_key(observation)
                cells[key] = Cell(key, observation.outcomes, part_of=base)
    return list(cells.values())


def _known(relations: Iterable[Relation]) -> list[Relation]:
    """Leave out what says nothing: a figure that is the sum of itself, as the same figure of two deliveries."""
    return [relation for relation in relations if relation.parts != (relation.total,)]


def _composites(observations: Sequence[Observation]) -> Parts:
    if len({observation.benefit_group_id for observation in observations} - {None}) < 2:
        return {}
    links = BenefitGroup.parts.through.objects.values_list("from_benefitgroup_id", "to_benefitgroup_id")
    parts: dict[int, set[int]] = defaultdict(set)
    for whole, part in links:
        parts[whole].add(part)
    return {whole: frozenset(children) for whole, children in parts.items()}
