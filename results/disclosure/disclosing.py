"""The one door: decide about figures for an audience, and ask the answer about each of them.

    shown = disclose(with_siblings(figures), audience=PUBLIC, published=published_figures())
    shown.of(observation)             # Verdict of what the figure says: outcomes and share, else the base
    shown.of(observation, Part.BASE)  # ... of another of its numbers
    shown.value(observation, Part.OUTCOMES)  # the number, or None when the audience may not have it
    shown.shows(observation)          # for whatever else is made of it: share, interval, place in a picture, tooltip
    shown.shows_all(observations)     # for what is computed of several: a sum, an expected number, a reference
    shown.names(observation)          # whether the supplier's name may stand beside it
    shown.why(observation)            # for staff: a sentence that says why the cell is hidden or marked

Give everything that the audience will see at once, with the figures beside it (`results.queries.with_siblings`): a page that asks
for one figure at a time gets marks that do not protect each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contracts.enums import SharingLevel
from results.disclosure.audiences import FEWEST_OTHERS, PUBLIC, Audience
from results.disclosure.cells import Policy
from results.disclosure.observations import (
    Decision,
    current_policy,
    decide_for_observations,
    main_part,
    number_of,
)
from results.disclosure.publications import PublishedFigure
from results.disclosure.verdicts import SHOWN, Part, Reason, State, Verdict, why
from results.models import Observation

if TYPE_CHECKING:
    from django.db.models import Model

Withheld = Mapping[int, Reason]  # by the identity of a figure


@dataclass(frozen=True)
class Disclosure:
    """What an audience may see of the figures that were decided. Asked about any other figure it raises KeyError."""

    audience: Audience
    policy: Policy
    decision: Decision
    withheld: Withheld

    def of(self, figure: Observation, part: Part | None = None) -> Verdict:
        """Return the verdict on one number of a figure; without a part, on what the figure says (see `main_part`).

        What a figure does not have is shown: it is "–" to everybody.
        """
        part = part or main_part(figure)
        reason = self.decision.reason(figure, part)
        if self._is_own(figure):
            return SHOWN
        if figure_id(figure) in self.withheld:
            return Verdict(State.WITHHELD, self.withheld[figure_id(figure)])
        if reason is None:
            return SHOWN
        return Verdict(State.MARKED if self.audience.is_municipality else State.HIDDEN, reason)

    def shows(self, figure: Observation, part: Part | None = None) -> bool:
        """Tell whether the audience sees the number, and whatever is made of it alone."""
        return self.of(figure, part).is_shown

    def is_marked(self, figure: Observation, part: Part | None = None) -> bool:
        """Tell whether the municipality sees the number with the mark that it may not leave."""
        return self.of(figure, part).is_marked

    def value(self, figure: Observation, part: Part | None = None) -> int | float | None:
        """Return the number if the audience may have it; None when it may not, or there is none."""
        part = part or main_part(figure)
        return number_of(figure, part) if self.shows(figure, part) else None

    def shows_all(self, figures: Iterable[Observation]) -> bool:
        """Tell whether something computed of several figures may be shown: all of their numbers and bases are."""
        return all(self.shows(figure) and self.shows(figure, Part.BASE) for figure in figures)

    def marks_any(self, figures: Iterable[Observation]) -> bool:
        """Tell whether something computed of several figures may not leave the municipality."""
        return any(self.is_marked(figure) or self.is_marked(figure, Part.BASE) for figure in figures)

    def names(self, figure: Observation) -> bool:
        """Tell whether the supplier of a figure may be named to the audience."""
        if not self.audience.is_supplier or figure.supplier_id is None or self._is_own(figure):
            return True
        return level_for(self.audience, figure) is SharingLevel.NAMED

    def why(self, figure: Observation, part: Part | None = None) -> str:
        """Return a sentence that says why the number is marked, hidden or withheld; "" when it is shown to everybody."""
        return why(self.of(figure, part).reason, self.policy)

    def _is_own(self, figure: Observation) -> bool:
        return self.audience.is_supplier and figure.supplier_id in self.audience.own


def disclose(
    figures: Iterable[Observation],
    *,
    audience: Audience = PUBLIC,
    policy: Policy | None = None,
    published: Iterable[PublishedFigure] = (),
) -> Disclosure:
    """Decide what the audience may see of the figures, all at once.

    The municipality sees everything, marked by what the public may not have. A supplier knows its own figures, so what others'
    numbers need as protection is found anew for it. `published` are figures that are public already (`published_figures()`):
    they are known to every reader, and no later figure may complete them.
    """
    found = list(figures)
    withheld = _withheld(found, audience)
    decision = decide_for_observations(
        found,
        policy=policy,
        published=published,
        known=[figure for figure in found if audience.is_supplier and figure.supplier_id in audience.own],
        withheld=[figure for figure in found if figure_id(figure) in withheld],
    )
    return Disclosure(audience, policy or current_policy(), decision, withheld)


def figure_id(figure: Model) -> int:
    return figure.pk or id(figure)


def level_for(audience: Audience, figure: Observation) -> SharingLevel:
    return audience.level_in(framework_id=figure.framework_id, lot_id=figure.lot_id)


def _withheld(figures: Sequence[Observation], audience: Audience) -> Withheld:
    """Return the figures that a supplier may not see at all, and why: decision 15 of the design."""
    if not audience.is_supplier:
        return {}
    others = _others(figures, audience)
    found = {}
    for figure in figures:
        if figure.supplier_id in audience.own:
            continue
        level = level_for(audience, figure)
        if level is SharingLevel.NONE or (level is SharingLevel.POOLED and figure.supplier_id is not None):
            found[figure_id(figure)] = Reason.NOT_SHARED
        elif level is not SharingLevel.NAMED and len(others[_beside(figure)]) < FEWEST_OTHERS:
            found[figure_id(figure)] = Reason.TOO_FEW_OTHERS
    return found


def _others(figures: Sequence[Observation], audience: Audience) -> dict[tuple[object, ...], set[int]]:
    """Return who else stands behind each number: other suppliers with somebody in the base."""
    found: dict[tuple[object, ...], set[int]] = defaultdict(set)
    for figure in figures:
        if figure.supplier_id is not None and figure.supplier_id not in audience.own and figure.denominator:
            found[_beside(figure)].add(figure.supplier_id)
    return found


def _beside(figure: Observation) -> tuple[object, ...]:
    """Return what a figure shares with those of the other suppliers in the same cell."""
    definition = (figure.measure_version_id, figure.unit, figure.period_start, figure.period_end)
    return (*definition, figure.framework_id, figure.lot_id, figure.benefit_group_id, figure.service_id)
