"""Say what an import will change: what is new, what is replaced, what stays, what goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import pgettext_lazy

from results.models import Delivery, Observation
from results.services.importing.overlapping import figure_key, touching

NUMBERS = ("denominator", "outcomes", "pending", "censored", "not_found", "mean", "standard_deviation")


class ChangeKind(models.TextChoices):
    """What happens to a figure."""

    NEW = "new", pgettext_lazy("figures", "New")
    REPLACED = "replaced", pgettext_lazy("figures", "Replaced")
    UNCHANGED = "unchanged", pgettext_lazy("figures", "Unchanged")
    REMOVED = "removed", pgettext_lazy("figures", "No longer there")


@dataclass(frozen=True)
class Change:
    """One figure before and after; `after` is None for one that the delivery it stands in place of had and this has not."""

    kind: ChangeKind
    before: Observation | None
    after: Observation | None

    @property
    def figure(self) -> Observation:
        figure = self.after or self.before
        if figure is None:
            raise ValueError("a change has a figure before or after")
        return figure


def compare(figures: Sequence[Observation], *, supersedes: Delivery | None, is_validated: bool) -> list[Change]:
    """Return a change for each figure, and one for each that disappears. Two queries."""
    live = touching(figures, include_unvalidated=not is_validated)
    current = {figure_key(before): before for before in reversed(live.with_names().newest_first())}
    changes = [_change(current.get(figure_key(after)), after) for after in figures]
    kept = {figure_key(after) for after in figures}
    old = supersedes.observations.with_names() if supersedes else ()
    return changes + [Change(ChangeKind.REMOVED, before, None) for before in old if figure_key(before) not in kept]


def _change(before: Observation | None, after: Observation) -> Change:
    if before is None:
        return Change(ChangeKind.NEW, None, after)
    same = all(getattr(before, name) == getattr(after, name) for name in NUMBERS)
    return Change(ChangeKind.UNCHANGED if same else ChangeKind.REPLACED, before, after)
