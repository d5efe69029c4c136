"""The table behind a funnel."""

from __future__ import annotations

from collections.abc import Sequence

from documents import tree as t
from results.pictures import words
from results.pictures.funnel.data import Funnel, FunnelPoint, Outside, Reference
from results.pictures.limits import ALARM, ALERT, FEWEST, limits_at, standing
from results.pictures.parts import (
    UNKNOWN,
    Amount,
    cell,
    column,
    derived_cell,
    words_cell,
)


def table_of(funnel: Funnel) -> t.Table:
    about = funnel.about
    order = sorted(funnel.points, key=lambda point: words.danish_order(point.name))
    reference = [_reference_row(funnel.reference)] if funnel.reference else []
    return t.Table(
        anchor=f"{about.anchor}-tal" if about.anchor else "",
        caption=(),
        columns=(
            column("Leverandør", is_numeric=False),
            column(about.unit.capitalize(), "antal"),
            column(about.measure, "antal"),
            column("Andel"),
            column("95 %-grænser"),
            column("99,8 %-grænser"),
            column("Placering", is_numeric=False),
        ),
        rows=(*(_row(funnel, point) for point in order), *reference),
        notes=(*_outside_note(funnel.outside),),
    )


def _row(funnel: Funnel, point: FunnelPoint) -> t.Row:
    rests_on = (point.outcomes, point.base)
    held = (point.base, *(funnel.reference.rests_on if funnel.reference else (UNKNOWN,)))
    name = f"{point.name} ({words.OWN})" if point.is_own else point.name
    return t.Row(
        (
            words_cell(name),
            cell(point.base),
            cell(point.outcomes),
            derived_cell(_share_text(point.outcomes, point.base), *rests_on),
            derived_cell(_limits_text(funnel, point, ALERT), *held),
            derived_cell(_limits_text(funnel, point, ALARM), *held),
            derived_cell(_standing_text(funnel, point), point.outcomes, *held),
        )
    )


def _share_text(outcomes: Amount, base: Amount) -> str:
    share = _share(outcomes, base)
    return "–" if share is None or (base.value or 0) < FEWEST else words.percent(share)


def _share(outcomes: Amount, base: Amount) -> float | None:
    """Return the share whether it may be seen or not: for the table alone."""
    return outcomes.value / base.value if outcomes.value is not None and base.value else None


def _reference_share(funnel: Funnel) -> float | None:
    reference = funnel.reference
    if reference is None:
        return None
    return reference.target if reference.target is not None else _share(reference.outcomes, reference.base)


def _limits_text(funnel: Funnel, point: FunnelPoint, confidence: float) -> str:
    reference = _reference_share(funnel)
    if reference is None or not point.base.value:
        return "–"
    limits = limits_at(reference, int(point.base.value), confidence)
    return words.between(limits.lower, limits.upper)


def _standing_text(funnel: Funnel, point: FunnelPoint) -> str:
    reference, share = _reference_share(funnel), _share(point.outcomes, point.base)
    if reference is None or share is None or not point.base.value:
        return "–"
    if point.base.value < FEWEST:
        return "for få til at vise"
    return standing(share, int(point.base.value), reference).words


def _reference_row(reference: Reference) -> t.Row:
    target = words.percent(reference.target) if reference.target is not None else ""
    share = (
        words_cell(target)
        if target
        else derived_cell(_share_text(reference.outcomes, reference.base), reference.outcomes, reference.base)
    )
    blank = words_cell("–")
    return t.Row(
        (words_cell(reference.name), cell(reference.base), cell(reference.outcomes), share, blank, blank, blank),
        kind="total",
    )


def _outside_note(outside: Outside | None) -> Sequence[tuple[t.Inline, ...]]:
    if outside is None:
        return ()
    said = f"Til sammenhæng, uden for sammenligningen: {outside.name}, {words.percent(outside.share)}."
    return ((t.Text(said),),)
