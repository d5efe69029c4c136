"""What an audience may see of the figures of a comparison: the one place here that asks `results.disclosure`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from results.disclosure import Audience, Disclosure, Part
from results.models import Observation
from results.queries.disclosed import disclosed

POOLED = -1  # stands for "the others pooled" where a figure asks for the id of a supplier


@dataclass(frozen=True)
class Veil:
    """What of a line is hidden from its reader, and what of it may not leave the municipality."""

    base: bool = False
    outcomes: bool = False
    judgement: bool = False
    pending: bool = False
    stays: bool = False
    judgement_stays: bool = False


OPEN = Veil()


@dataclass(frozen=True)
class Sight:
    """Tells of each figure whether it is hidden from the audience, and whether it is marked as one that may not leave."""

    disclosure: Disclosure
    hidden_pools: frozenset[int | None] = frozenset()  # benefit groups in which the others' sum may not be seen
    asked: dict[int, bool] = field(default_factory=dict, init=False, repr=False, compare=False)

    def hides(self, observation: Observation) -> bool:
        """Tell whether outcomes, share and interval are hidden from the audience."""
        if observation.supplier_id == POOLED:
            return observation.benefit_group_id in self.hidden_pools
        return not self.disclosure.shows(observation)

    def hides_base(self, observation: Observation) -> bool:
        if observation.supplier_id == POOLED:
            return self.hides(observation)
        return not self.disclosure.shows(observation, Part.BASE)

    def hides_pending(self, observation: Observation) -> bool:
        return observation.supplier_id == POOLED or not self.disclosure.shows(observation, Part.PENDING)

    def hides_any(self, observations: Iterable[Observation]) -> bool:
        """Tell whether a number made of these would tell one that is hidden."""
        return any(self._tells(each) for each in observations)

    def _tells(self, observation: Observation) -> bool:
        """Tell whether a figure is hidden, asked once: every line of a group rests on the figures of all in it."""
        found = None if observation.pk is None else self.asked.get(observation.pk)
        if found is None:
            found = self.hides(observation) or self.hides_base(observation)
            self.asked[observation.pk or 0] = found
        return found

    def veil(self, figures: Iterable[Observation], rests_on: Iterable[Observation]) -> Veil:
        """Return what of a line is hidden: its own numbers follow its figures, its judgement all that it could tell of."""
        own, told = list(figures), list(rests_on)
        outcomes = any(self.hides(each) for each in own)
        base = any(self.hides_base(each) for each in own)
        return Veil(
            base=base,
            outcomes=outcomes or base,
            judgement=outcomes or base or self.hides_any(told),
            pending=outcomes or base or any(self.hides_pending(each) for each in own),
            stays=self._may_not_leave(own),
            judgement_stays=self._may_not_leave([*own, *told]),
        )

    def _may_not_leave(self, observations: Iterable[Observation]) -> bool:
        return self.disclosure.marks_any(each for each in observations if each.supplier_id != POOLED)


def sight_of(observations: Iterable[Observation], audience: Audience) -> Sight:
    """Decide about the figures beside everything live that other papers may show, and all that is public already."""
    return Sight(disclosed(observations, audience=audience))
