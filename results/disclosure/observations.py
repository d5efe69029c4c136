"""Decide about all figures that leave together, and what is public already; and attack what is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings

from results.disclosure.cells import Key, Mark, Policy, small_cells
from results.disclosure.deciding import Leak, decide, leaks
from results.disclosure.keys import cells_of, key_of, parts_of
from results.disclosure.publications import PublishedFigure
from results.disclosure.relations import Parts
from results.disclosure.universe import Universe
from results.disclosure.verdicts import Part, Reason
from results.models import BenefitGroup, MeasureVersion, Observation


@dataclass(frozen=True)
class Decision:
    """What is hidden among the figures of one document. A share is hidden with its outcomes: n and p give x.

    Asked about a figure that was not among those decided, it raises KeyError: nothing leaves undecided. `vouched` are the
    definitions whose means rest on answers enough, though nobody says on how many.
    """

    marks: Mapping[Key, Mark]
    policy: Policy = field(default_factory=Policy)
    vouched: frozenset[int] = frozenset()

    def mark(self, observation: Observation) -> Mark:
        """Return the mark of what the figure says: outcomes and share, or, for counts and means, the base and the mean."""
        return self.mark_of(observation, main_part(observation))

    def base_mark(self, observation: Observation) -> Mark:
        """Return the mark of the base; SHOWN when there is none."""
        return self.mark_of(observation, Part.BASE)

    def mark_of(self, observation: Observation, part: Part) -> Mark:
        """Return the mark of one of the numbers; a mean has that of its answers, and what there is not is shown."""
        if number_of(observation, part) is None:
            return Mark.SHOWN
        if part is Part.MEAN and observation.denominator is None:
            return Mark.SHOWN if observation.measure_version_id in self.vouched else Mark.PRIMARY
        return self.marks[key_of(observation, Part.BASE if part is Part.MEAN else part)]

    def reason(self, observation: Observation, part: Part) -> Reason | None:
        """Return why a number of the figure may not leave; None when it may, or there is none."""
        mark = self.mark_of(observation, part)
        if mark is Mark.SHOWN:
            return None
        if mark is Mark.PRIMARY:
            return self._why_small(observation, part)
        is_below = part is Part.OUTCOMES and self.hides_base(observation)
        return Reason.BASE_HIDDEN if is_below else Reason.PROTECTS

    def _why_small(self, observation: Observation, part: Part) -> Reason:
        if part is Part.MEAN and observation.denominator is None:
            return Reason.UNKNOWN_BASE
        if part in {Part.BASE, Part.MEAN} or self.policy.is_small(observation.denominator or 0):
            return Reason.SMALL_BASE
        is_small = self.policy.is_small(int(number_of(observation, part) or 0))
        return Reason.SMALL if is_small else Reason.SMALL_REST

    def hides_outcomes(self, observation: Observation) -> bool:
        """Tell whether outcomes, share, interval and mean of the figure may not leave."""
        return self.mark(observation).is_hidden

    def hides_base(self, observation: Observation) -> bool:
        return self.base_mark(observation).is_hidden

    def hidden_names(self, observation: Observation) -> list[str]:
        """Return the names of the fields of a figure that may not leave, as evidence keeps them."""
        hidden = [part.value for part in parts_of(observation) if self.mark_of(observation, part).is_hidden]
        return [*hidden, "mean"] if observation.mean is not None and self.hides_outcomes(observation) else hidden

    def hides_sum(self, parts: Iterable[Observation]) -> bool:
        """Tell whether a sum of outcomes that we add up ourselves may not leave: with one part hidden, it would tell."""
        return any(self.hides_outcomes(part) for part in parts)

    def hides_base_sum(self, parts: Iterable[Observation]) -> bool:
        return any(self.hides_base(part) for part in parts)

    @property
    def hidden_count(self) -> int:
        return sum(mark.is_hidden for mark in self.marks.values())


@dataclass(frozen=True)
class FigureLeak:
    """A hidden number that can be computed of what is shown. `is_rest` is what is left of the base without it.

    `figure` is None where it is a number that nobody prints: a month between two periods, those in no row.
    """

    figure: Observation | None
    part: Part | None
    is_rest: bool
    is_exact: bool
    beside: tuple[Observation, ...] = ()


def current_policy() -> Policy:
    """Return the policy in force; the setting `DISCLOSURE_MIN_CELL` moves its limit (3, 5 or 10)."""
    return Policy(min_cell=getattr(settings, "DISCLOSURE_MIN_CELL", Policy.min_cell))


def is_small(observation: Observation) -> bool:
    """Tell whether a figure by itself is about so few that it may not leave, whatever stands beside it."""
    return bool(small_cells({cell.key: cell for cell in cells_of([observation])}, current_policy()))


def decide_for_observations(
    observations: Iterable[Observation],
    *,
    policy: Policy | None = None,
    published: Iterable[PublishedFigure] = (),
    known: Iterable[Observation] = (),
    withheld: Iterable[Observation] = (),
) -> Decision:
    """Decide about every figure of one document for the public, with all sums that hold among them.

    Give all of them at once: tables of several measures, by group and by supplier, and single figures; the same figure then
    has the same mark everywhere. `published` is public already, `known` the reader's own, `withheld` nothing that it sees.
    One query, for what composite benefit groups consist of, and none without groups; one more for means of nobody knows how
    many answers.
    """
    policy, old, new = policy or current_policy(), list(published), _unique(observations)
    universe = _universe([*new, *(figure.observation for figure in old)])
    facts = {key for figure in old for key in _shown_keys(figure)} | _all_keys(known)
    unseen = _all_keys(withheld) | (_all_keys(figure.observation for figure in old) - _all_keys(new))
    marks = decide(universe.cells.values(), universe.relations, policy=policy, known=facts, withheld=unseen - facts)
    decided = {key: mark for key, mark in marks.items() if not universe.cells[key].is_derived}
    return Decision(decided, policy, vouched=_vouched(new, policy))


def _vouched(observations: Iterable[Observation], policy: Policy) -> frozenset[int]:
    """Return the definitions whose means need not be hidden where the number of answers is not known."""
    wanted = {each.measure_version_id for each in observations if each.mean is not None and each.denominator is None}
    if not wanted:
        return frozenset()
    enough = MeasureVersion.objects.filter(pk__in=wanted, fewest_answers__gte=policy.min_cell)
    return frozenset(enough.values_list("pk", flat=True))


def new_leaks(
    paper: Iterable[PublishedFigure], *, published: Iterable[PublishedFigure], policy: Policy | None = None
) -> list[FigureLeak]:
    """Return what can be computed when a paper is read beside all that is public, and could not be before."""
    old, new = list(published), list(paper)
    found = attack([*old, *new], policy=policy)
    if not found:
        return []
    before = {_number(leak) for leak in attack(old, policy=policy)}
    return [leak for leak in found if _number(leak) not in before]


def _number(leak: FigureLeak) -> tuple[object, ...]:
    key = leak.figure and leak.part and key_of(leak.figure, leak.part)
    beside = () if key else tuple(sorted(each.pk for each in leak.beside))
    return (key, beside, leak.is_rest, leak.is_exact)


def attack(published: Iterable[PublishedFigure], *, policy: Policy | None = None) -> list[FigureLeak]:
    """Return the hidden numbers that a reader of all these figures can compute, in the order of the figures."""
    figures = list(published)
    universe = _universe([figure.observation for figure in figures])
    shown = {key for figure in figures for key in _shown_keys(figure)}
    hidden = set(universe.cells) - shown
    found = leaks(universe.cells.values(), universe.relations, hidden=hidden, policy=policy or current_policy())
    places = {key_of(f.observation, part): (f.observation, part) for f in figures for part in parts_of(f.observation)}
    return [_figure_leak(leak, places, universe) for leak in found]


def _figure_leak(leak: Leak, places: Mapping[Key, tuple[Observation, Part]], universe: Universe) -> FigureLeak:
    figure, part = places.get(leak.key, (None, None))
    near = [key for relation in universe.relations if leak.key in relation.keys for key in relation.keys]
    beside = {id(places[key][0]): places[key][0] for key in sorted(near) if key in places}
    return FigureLeak(figure, part, leak.is_rest, leak.is_exact, tuple(beside.values()))


def main_part(figure: Observation) -> Part:
    """Return what a figure says: its outcomes (and share), its mean, or, where it only counts, its base."""
    if figure.outcomes is not None:
        return Part.OUTCOMES
    return Part.MEAN if figure.mean is not None else Part.BASE


def number_of(observation: Observation, part: Part) -> int | float | None:
    """Return one of the numbers of a figure, None when nobody knows it."""
    value = getattr(observation, part.value)
    return float(value) if part is Part.MEAN and value is not None else value


def _universe(observations: Iterable[Observation]) -> Universe:
    unique = _unique(observations)
    return Universe.of(unique, composites=_composites(unique))


def _unique(observations: Iterable[Observation]) -> list[Observation]:
    return list({observation.pk or id(observation): observation for observation in observations}.values())


def _all_keys(observations: Iterable[Observation]) -> set[Key]:
    return {key_of(each, part) for each in observations for part in parts_of(each)}


def _shown_keys(figure: PublishedFigure) -> set[Key]:
    return {
        key_of(figure.observation, part) for part in parts_of(figure.observation) if part.value not in figure.hidden
    }


def _composites(observations: Sequence[Observation]) -> Parts:
    if len({observation.benefit_group_id for observation in observations} - {None}) < 2:
        return {}
    return BenefitGroup.objects.parts_of_composites()
