"""Say what an import will change: what is new, what is replaced, what stays, what goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from results.models import Delivery, Observation
from results.models.observation import ObservationQuerySet
from results.services.importing.checking import figure_key
from results.services.importing.errors import RowError

NUMBERS = ("denominator", "outcomes", "pending", "censored", "not_found", "mean")


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
    live = _touching(figures, include_unvalidated=not is_validated)
    current = {figure_key(before): before for before in reversed(live.with_names().newest_first())}
    changes = [_change(current.get(figure_key(after)), after) for after in figures]
    kept = {figure_key(after) for after in figures}
    old = supersedes.observations.with_names() if supersedes else ()
    return changes + [Change(ChangeKind.REMOVED, before, None) for before in old if figure_key(before) not in kept]


def overlaps(
    figures: Sequence[Observation], *, source: str, supersedes: Delivery | None, is_validated: bool
) -> list[RowError]:
    """Return an error for each live delivery of the same source that has some of the figures already.

    Deliveries of another validation status are left alone: a validated figure goes before an unvalidated one anyway.
    """
    live = _touching(figures, include_unvalidated=not is_validated)
    same_source = live.filter(delivery__source__iexact=source.strip(), delivery__is_validated=is_validated)
    if supersedes is not None:
        same_source = same_source.exclude(delivery=supersedes)
    keys = {figure_key(figure) for figure in figures}
    found = Counter(old.delivery for old in same_source.select_related("delivery") if figure_key(old) in keys)
    return [_overlap(delivery, count) for delivery, count in sorted(found.items(), key=lambda pair: pair[0].pk)]


def _touching(figures: Iterable[Observation], *, include_unvalidated: bool) -> ObservationQuerySet:
    """Return live figures of the definitions and the span of time in question; keys are compared by the caller."""
    figures = list(figures)
    live = Observation.objects.live(include_unvalidated=include_unvalidated)
    return live.filter(
        measure_version__in={figure.measure_version_id for figure in figures},
        period_start__gte=min(figure.period_start for figure in figures),
        period_end__lte=max(figure.period_end for figure in figures),
    )


def _change(before: Observation | None, after: Observation) -> Change:
    if before is None:
        return Change(ChangeKind.NEW, None, after)
    same = all(getattr(before, name) == getattr(after, name) for name in NUMBERS)
    return Change(ChangeKind.UNCHANGED if same else ChangeKind.REPLACED, before, after)


def _overlap(delivery: Delivery, count: int) -> RowError:
    problem = ngettext(
        "%(count)s figure is already in delivery %(id)s from the same source.",
        "%(count)s figures are already in delivery %(id)s from the same source.",
        count,
    ) % {"count": count, "id": delivery.pk}
    remedy = _("Say that this file supersedes delivery %(id)s, or remove the figures from it.") % {"id": delivery.pk}
    return RowError(row=None, column="", value=delivery.file_name, problem=problem, remedy=remedy)
