"""Refuse what would count twice: periods that cross within a file, and figures that are in use already.

One period may lie within another, as a quarter lies in its year: both are figures of their own. Two that share only some of
their days are a slip of the pen in one of them. Between deliveries only the very same figure is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from django.utils.translation import gettext as _

from records.sheets.errors import RowError
from results.models import Delivery, Observation
from results.models.observation import ObservationQuerySet

Figures = Mapping[int, Observation]  # by the number of their row
Numbered = tuple[int, Observation]


def figure_key(observation: Observation) -> tuple[object, ...]:
    """Return what makes two figures the same one: version, unit, period and every dimension."""
    return (*_kind(observation), observation.period_start, observation.period_end)


def crossing_periods(figures: Figures) -> list[RowError]:
    """Return an error for each figure whose period shares some of its days, but not all, with another of its kind."""
    by_kind = sorted(figures.items(), key=lambda numbered: str(_kind(numbered[1])))
    groups = groupby(by_kind, key=lambda numbered: _kind(numbered[1]))
    return [_crossing(*sorted(pair)) for _same, group in groups for pair in _crossings(group)]


def already_in_use(figures: Figures, *, supersedes: Delivery | None, is_validated: bool) -> list[RowError]:
    """Return an error for each figure that a live delivery has, from whatever source. Two queries.

    Deliveries of another validation status are left alone: a validated figure goes before an unvalidated one anyway.
    """
    live = touching(figures.values(), include_unvalidated=not is_validated).filter(delivery__is_validated=is_validated)
    if supersedes is not None:
        live = live.exclude(delivery=supersedes)
    deliveries = {figure_key(old): old.delivery for old in live.select_related("delivery").order_by("delivery_id")}
    found = ((row, figure, deliveries.get(figure_key(figure))) for row, figure in figures.items())
    return [_in_use(row, figure, delivery) for row, figure, delivery in found if delivery]


def touching(figures: Iterable[Observation], *, include_unvalidated: bool) -> ObservationQuerySet:
    """Return live figures of the definitions and the span of time in question; keys are compared by the caller."""
    figures = list(figures)
    if not figures:
        return Observation.objects.none()
    return Observation.objects.live(include_unvalidated=include_unvalidated).filter(
        measure_version__in={figure.measure_version_id for figure in figures},
        period_start__gte=min(figure.period_start for figure in figures),
        period_end__lte=max(figure.period_end for figure in figures),
    )


def _kind(observation: Observation) -> tuple[object, ...]:
    return (observation.measure_version_id, observation.unit, *observation.dimension_ids)


def _crossings(group: Iterable[Numbered]) -> Iterator[tuple[Numbered, Numbered]]:
    """Walk through the periods with those that are still open, the innermost last; each must end within that one."""
    opened: list[Numbered] = []
    outermost_first = sorted(group, key=lambda one: (one[1].period_start, -one[1].period_end.toordinal()))
    for row, figure in outermost_first:
        while opened and opened[-1][1].period_end < figure.period_start:
            opened.pop()
        if opened and opened[-1][1].period_end < figure.period_end:
            yield opened[-1], (row, figure)
        else:
            opened.append((row, figure))


def _crossing(first: Numbered, second: Numbered) -> RowError:
    (earlier, other), (row, figure) = first, second
    problem = _("The period overlaps with “%(period)s” in row %(row)s, which has the same figure.")
    remedy = _(
        "Correct one of them, or remove a row. A period may lie within another, but two may not share only some days."
    )
    shown = {"period": other.period.label, "row": earlier}
    return RowError(row=row, column="period", value=figure.period.code, problem=problem % shown, remedy=remedy)


def _in_use(row: int, figure: Observation, delivery: Delivery) -> RowError:
    problem = _("The figure is already in use from delivery %(id)s: %(delivery)s.")
    remedy = _(
        "Say that this file supersedes delivery %(id)s (“Supersedes”, --supersedes %(id)s), withdraw that delivery, "
        "or remove the row."
    )
    shown = {"id": delivery.pk, "delivery": delivery}
    return RowError(row=row, column="period", value=figure.period.code, problem=problem % shown, remedy=remedy % shown)
