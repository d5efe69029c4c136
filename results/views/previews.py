"""What an import changes and what a delivery holds, in words and numbers for a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from documents import formats
from results.disclosure import is_small
from results.models import Observation
from results.services.importing.comparing import Change, ChangeKind
from results.services.imports import ImportPlan

SHOWN = 200


@dataclass(frozen=True)
class FigureRow:
    """One figure in words: what, whom, when, and its numbers ("–" for what nobody knows)."""

    measure: str
    version: str
    whom: str
    period: str
    figure: str
    note: str
    is_small: bool
    disclosure_url: str


@dataclass(frozen=True)
class ChangeRow:
    """One figure before and after; "" where there is none."""

    measure: str
    whom: str
    period: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangeGroup:
    """The figures to which the same happens; `rows` are the first of them."""

    kind: ChangeKind
    count: int
    rows: tuple[ChangeRow, ...]

    @property
    def left_out(self) -> int:
        return self.count - len(self.rows)


def change_groups(plan: ImportPlan) -> list[ChangeGroup]:
    """Return what happens, what matters most first: replaced, gone, new, unchanged; without empty groups."""
    order = (ChangeKind.REPLACED, ChangeKind.REMOVED, ChangeKind.NEW, ChangeKind.UNCHANGED)
    groups = ((kind, [change for change in plan.changes if change.kind is kind]) for kind in order)
    return [ChangeGroup(kind, len(found), tuple(map(_change_row, found[:SHOWN]))) for kind, found in groups if found]


def figure_rows(observations: Iterable[Observation]) -> list[FigureRow]:
    """Return observations in words; needs their names fetched."""
    return [
        FigureRow(
            measure=observation.measure_version.measure.name,
            version=observation.measure_version.code,
            whom=observation.whom or _("All"),
            period=observation.period.label,
            figure=figure_text(observation),
            note=observation.note,
            is_small=is_small(observation),
            disclosure_url=reverse("results:figure_disclosure", args=[observation.pk]),
        )
        for observation in observations
    ]


def figure_text(observation: Observation | None) -> str:
    """Return "62 af 1.286 (4,8 %)", "1.356", "4,1 (25 besvarelser)", or "" for no figure."""
    if observation is None:
        return ""
    if observation.mean is not None:
        return _with_answers(observation)
    base = formats.number(observation.denominator)
    if observation.outcomes is None:
        return base
    return _("%(outcomes)s of %(base)s (%(share)s)") % {
        "outcomes": formats.number(observation.outcomes),
        "base": base,
        "share": formats.percent(observation.outcomes, observation.denominator),
    }


def small_count(rows: Sequence[FigureRow]) -> int:
    return sum(row.is_small for row in rows)


def _with_answers(observation: Observation) -> str:
    mean = formats.number(observation.mean, decimals=1)
    if observation.denominator is None:
        return mean
    return _("%(mean)s (%(count)s answers)") % {"mean": mean, "count": formats.number(observation.denominator)}


def _change_row(change: Change) -> ChangeRow:
    return change_row(change.before, change.after)


def change_row(before: Observation | None, after: Observation | None) -> ChangeRow:
    """Return one figure before and after in words; raises ValueError without either."""
    figure = after or before
    if figure is None:
        raise ValueError("a change has a figure before or after")
    return ChangeRow(
        measure=figure.measure_version.measure.name,
        whom=figure.whom or _("All"),
        period=figure.period.label,
        before=figure_text(before),
        after=figure_text(after),
    )
