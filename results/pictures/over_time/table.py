"""The table behind series over time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from documents import formats
from documents import tree as t
from results.pictures import words
from results.pictures.limits import FEWEST
from results.pictures.over_time.data import OverTime
from results.pictures.parts import Amount, cell, column, derived_cell, words_cell
from results.pictures.phases import Phase, Series, TimePoint


def table_of(over_time: OverTime) -> t.Table:
    about = over_time.about
    rows = [_row(over_time, series, phases, point) for series, phases, _ in over_time.panels for point in series.points]
    return t.Table(
        anchor=f"{about.anchor}-tal" if about.anchor else "",
        caption=(),
        columns=(
            column("Leverandør", is_numeric=False),
            column("Periode", is_numeric=False),
            column(about.unit.capitalize(), "antal"),
            column(about.measure, "antal"),
            column("Andel"),
            column("Bemærkning", is_numeric=False),
        ),
        rows=(*rows, *_context_rows(over_time)),
        notes=tuple((t.Text(note),) for note in _notes(over_time)),
    )


def _row(over_time: OverTime, series: Series, phases: Sequence[Phase], point: TimePoint) -> t.Row:
    counts = (point.outcomes, point.base)
    outcomes, base = point.outcomes.value, point.base.value
    is_few = outcomes is None or base is None or base < FEWEST
    share = formats.MISSING if is_few else words.percent((outcomes or 0) / (base or 1))
    name = f"{series.name} ({words.OWN})" if series.is_own else series.name
    return t.Row(
        (
            words_cell(name),
            words_cell(point.period),
            cell(point.base),
            cell(point.outcomes),
            derived_cell(share, *counts),
            words_cell(_remark(over_time, phases, point)),
        )
    )


def _remark(over_time: OverTime, phases: Sequence[Phase], point: TimePoint) -> str:
    """Return what the picture shows of a point beside its place."""
    index = over_time.periods.index(point.period)
    return "uden for grænserne" if any(seen.index == index for phase in phases for seen in phase.beyond) else ""


def _context_rows(over_time: OverTime) -> Iterator[t.Row]:
    if over_time.outside is None:
        return
    blank = words_cell(formats.MISSING)
    for index, share in over_time.context:
        yield t.Row(
            (
                words_cell(over_time.outside.name),
                words_cell(over_time.periods[index]),
                blank,
                blank,
                derived_cell(words.percent(share), Amount(share)),
                words_cell("til sammenhæng"),
            )
        )


def _notes(over_time: OverTime) -> Iterator[str]:
    """Yield the centre and the rules of every phase that has them, and the breaks."""
    centre = "gennemsnit" if over_time.kind == "p" else "median"
    for series, phases, breaks in over_time.panels:
        for phase in phases:
            if phase.centre is not None and phase.rules is not None:
                span = f"{over_time.periods[phase.points[0].index]} til {over_time.periods[phase.points[-1].index]}"
                yield f"{series.name}, {span}: {centre} {words.percent(phase.centre)}. {_rules_text(phase)}"
        for each in breaks:
            yield f"{series.name}: brud fra {each.period}, {each.reason}."


def _rules_text(phase: Phase) -> str:
    rules = phase.rules
    if rules is None or rules.longest_run_limit is None:
        return "For få punkter ved siden af midten til en regel."
    return (
        f"Længste række på samme side: {rules.longest_run} (højst {rules.longest_run_limit}). "
        f"Krydsninger: {rules.crossings} (mindst {rules.crossings_limit})."
    )
