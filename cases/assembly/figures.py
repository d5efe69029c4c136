"""Live figures in tables, charts and running text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cases.assembly.evidence import Ledger
from documents import formats
from documents import tree as t
from results.enums import Breakdown, MeasureKind, TotalKind
from results.models import Delivery, Observation
from results.queries import (
    GroupSum,
    ResultsRow,
    ResultsTable,
    SatisfactionRow,
    SatisfactionTable,
    outcome_interval,
    share,
)

ROW_HEADINGS = {Breakdown.BENEFIT_GROUP: "Ydelsesgruppe", Breakdown.SUPPLIER: "Leverandør"}
MISSING = (t.Text(formats.MISSING),)


def results_node(value: Any, table: ResultsTable, ledger: Ledger) -> t.Table:
    """Return a table with a base and a column of "n (p %)" for each measure; the source's own total comes last.

    Where that is unique persons and the rows are suppliers, the sum of the rows stands in its place, and a note tells it.
    """
    labels = [measure.column_label for measure in table.measures]
    return t.Table(
        anchor=value["name"],
        caption=(t.Text(value["caption"]),),
        columns=(
            t.Column((t.Text(ROW_HEADINGS[table.by]),)),
            t.Column((t.Text(value["base_label"]),), unit="antal", is_numeric=True),
            *(t.Column((t.Text(label),), unit="antal (andel)", is_numeric=True) for label in labels),
        ),
        rows=tuple(_results_rows(table, ledger)),
        source=source_of(table.deliveries),
        notes=tuple(_notes(value["note"] or "", table, ledger)),
    )


def satisfaction_node(value: Any, table: SatisfactionTable, ledger: Ledger) -> t.Table:
    """Return a table of means by lot and service, with the number of answers, "–" where nobody knows it."""
    return t.Table(
        anchor=value["name"],
        caption=(t.Text(value["caption"]),),
        columns=(
            t.Column((t.Text("Udbudsområde og ydelse"),)),
            *(
                t.Column((t.Text(each.column_label),), unit="gennemsnit, 1–5", is_numeric=True)
                for each in table.measures
            ),
            t.Column((t.Text("Besvarelser"),), unit="antal", is_numeric=True),
        ),
        rows=tuple(_satisfaction_rows(table, ledger)),
        source=source_of(table.deliveries),
        notes=((t.Text(value["note"]),),) if value["note"] else (),
    )


def chart_node(value: Any, table: ResultsTable, ledger: Ledger) -> t.Chart:
    """Return a chart of shares in per cent with 95 % Wilson intervals, and its table."""
    (measure,) = table.measures
    rows = [(row, row.observations[0]) for row in table.rows]
    marks = tuple(_chart_row(row, observation, ledger) for row, observation in rows)
    return t.Chart(
        anchor=value["name"],
        headline=(t.Text(value["headline"]),),
        description=(t.Text(value["description"] or f"{measure.column_label}, {table.period.label}. {INTERVAL_NOTE}"),),
        alt=value["alt"] or chart_alt(measure.column_label, marks),
        kind="share",
        unit="%",
        rows=marks,
        table=_chart_table(value, table, ledger),
        source=source_of(table.deliveries),
    )


INTERVAL_NOTE = "Stregen viser den statistiske usikkerhed (95 %-interval)."


def chart_alt(label: str, marks: Iterable[t.ChartRow]) -> str:
    """Return the picture in words. Rows that may not leave are left out for everybody, so that one text serves all."""
    told = [f"{mark.label} {mark.text}" for mark in marks if mark.value is not None and not mark.is_hidden]
    return (
        f"Diagram over {label[:1].lower()}{label[1:]}: {'; '.join(told)}."
        if told
        else f"Diagram over {label} uden tal."
    )


def figure_value(value: Any, observation: Observation | None, ledger: Ledger) -> tuple[t.Inline, ...]:
    """Return a live figure for running text: a share, a mean or a number, rounded when asked for."""
    if observation is None:
        return MISSING
    evidence = (ledger.observation(observation),)
    kind = observation.measure_version.measure.kind
    if kind == MeasureKind.MEAN:
        return (t.Value(_mean_text(observation), evidence, ledger.decision.hides_outcomes(observation)),)
    if kind == MeasureKind.COUNT or (not value["is_share"] and observation.outcomes is None):
        return (
            t.Value(_count_text(value, observation.denominator), evidence, ledger.decision.hides_base(observation)),
        )
    hidden = ledger.decision.hides_outcomes(observation)
    if value["is_share"]:
        return (t.Value(formats.percent(observation.outcomes, observation.denominator), evidence, hidden),)
    return (t.Value(_count_text(value, observation.outcomes), evidence, hidden),)


def source_of(deliveries: Iterable[Delivery]) -> tuple[t.Inline, ...]:
    """Return where figures come from and when they were drawn, as it stands below a table."""
    named = dict.fromkeys(f"{each.source} ({formats.day(each.extracted_on)})" for each in deliveries)
    text = "; ".join(named)
    if any(not each.is_validated for each in deliveries):
        text += ". Tallene er ikke validerede"
    return (t.Text(text),) if text else ()


def _results_rows(table: ResultsTable, ledger: Ledger) -> Iterator[t.Row]:
    for row in table.rows:
        yield t.Row(_results_cells(row, row.label, ledger))
    if prints_sum(table):
        yield t.Row(tuple(_sum_cells(table, ledger)), kind="total")
    elif table.total:
        yield t.Row(_results_cells(table.total, total_label(table), ledger), kind="total")


def prints_sum(table: ResultsTable) -> bool:
    """Tell whether the last row is the sum of the rows: unique persons below rows of suppliers would seem miscounted."""
    return table.by == Breakdown.SUPPLIER and table.total_kind == TotalKind.UNIQUE_PERSONS


def total_label(table: ResultsTable) -> str:
    if table.by == Breakdown.SUPPLIER and table.total_kind in {TotalKind.UNIQUE_PERSONS, TotalKind.SUM_OF_GROUPS}:
        return "I alt (sum af grupper)"
    return "I alt (unikke borgere)" if table.total_kind == TotalKind.UNIQUE_PERSONS else "I alt"


def _sum_cells(table: ResultsTable, ledger: Ledger) -> Iterator[t.Cell]:
    yield t.Cell((t.Text(total_label(table)),))
    yield t.Cell(_base_sum(table.sum_of_groups, ledger))
    for groups in table.sum_of_groups:
        yield t.Cell(_outcome_sum(groups, ledger))


def _base_sum(sums: Sequence[GroupSum], ledger: Ledger) -> tuple[t.Inline, ...]:
    texts = dict.fromkeys(formats.number(groups.base) for groups in sums if groups.base is not None)
    if not texts:
        return MISSING
    parts = [part for groups in sums for part in groups.parts]
    evidence = tuple(ledger.observation(part) for part in parts)
    return (t.Value(" / ".join(texts), evidence, ledger.decision.hides_base_sum(parts)),)


def _outcome_sum(groups: GroupSum, ledger: Ledger) -> tuple[t.Inline, ...]:
    """Return the sum and its share of the summed base. It goes with its parts' bases too: n and p would tell those."""
    if groups.outcomes is None:
        return MISSING
    text = formats.number(groups.outcomes)
    if groups.base:
        text += f" ({formats.percent(groups.outcomes, groups.base)})"
    hidden = ledger.decision.hides_sum(groups.parts) or ledger.decision.hides_base_sum(groups.parts)
    return (t.Value(text, tuple(ledger.observation(part) for part in groups.parts), hidden),)


def _results_cells(row: ResultsRow, label: str, ledger: Ledger) -> tuple[t.Cell, ...]:
    outcomes = [t.Cell(_outcome(observation, ledger)) for observation in row.observations]
    return (t.Cell((t.Text(label),)), t.Cell(_base(row, ledger)), *outcomes)


def _base(row: ResultsRow, ledger: Ledger) -> tuple[t.Inline, ...]:
    known = [observation for observation in row.observations if observation and observation.denominator is not None]
    if not known:
        return MISSING
    evidence = tuple(ledger.observation(observation) for observation in known)
    hidden = any(ledger.decision.hides_base(observation) for observation in known)
    texts = dict.fromkeys(formats.number(observation.denominator) for observation in known)
    return (t.Value(" / ".join(texts), evidence, hidden),)


def _outcome(observation: Observation | None, ledger: Ledger) -> tuple[t.Inline, ...]:
    if observation is None or observation.outcomes is None:
        return MISSING
    text = formats.number(observation.outcomes)
    if observation.denominator:
        text += f" ({formats.percent(observation.outcomes, observation.denominator)})"
    return (t.Value(text, (ledger.observation(observation),), ledger.decision.hides_outcomes(observation)),)


def _notes(note: str, table: ResultsTable, ledger: Ledger) -> Iterator[tuple[t.Inline, ...]]:
    yield from ((t.Text(line),) for line in note.splitlines() if line.strip())
    if prints_sum(table):
        yield from _unique_persons_note(table, ledger)
    elif table.total_kind == TotalKind.UNIQUE_PERSONS and table.sum_of_groups[0].base:
        lead = "Totalen tæller unikke borgere. En borger kan være i flere grupper, så grupperne giver tilsammen "
        yield (t.Text(lead), *_base_sum(table.sum_of_groups[:1], ledger), t.Text("."))
    notes = dict.fromkeys(observation.note for observation in table.observations if observation.note)
    yield from ((t.Text(f"{text[:1].upper()}{text[1:]}."),) for text in notes if table.by == Breakdown.SUPPLIER)


def _unique_persons_note(table: ResultsTable, ledger: Ledger) -> Iterator[tuple[t.Inline, ...]]:
    lead = "Summen tæller en borger hos hver af de leverandører og i hver af de grupper, som borgeren har været hos. "
    if table.total and (unique := _base(table.total, ledger)) != MISSING:
        yield (t.Text(f"{lead}Leverandørerne har tilsammen haft "), *unique, t.Text(" unikke borgere."))


def _satisfaction_rows(table: SatisfactionTable, ledger: Ledger) -> Iterator[t.Row]:
    for row in table.rows:
        label = ", ".join(str(part) for part in (row.lot, row.service) if part)
        means = [t.Cell(_mean(observation, ledger)) for observation in row.observations]
        yield t.Row((t.Cell((t.Text(label),)), *means, t.Cell(_responses(row, ledger))))


def _responses(row: SatisfactionRow, ledger: Ledger) -> tuple[t.Inline, ...]:
    known = [each for each in row.observations if each is not None and each.denominator is not None]
    if row.responses is None:
        return MISSING
    evidence = tuple(ledger.observation(each) for each in known)
    return (t.Value(formats.number(row.responses), evidence, any(map(ledger.decision.hides_base, known))),)


def _mean(observation: Observation | None, ledger: Ledger) -> tuple[t.Inline, ...]:
    if observation is None or observation.mean is None:
        return MISSING
    hidden = ledger.decision.hides_outcomes(observation)
    return (t.Value(_mean_text(observation), (ledger.observation(observation),), hidden),)


def _mean_text(observation: Observation) -> str:
    return formats.number(observation.mean, decimals=1)


def _count_text(value: Any, count: int | None) -> str:
    if count is None:
        return formats.MISSING
    return formats.approximately(count) if value["is_rounded"] else formats.number(count)


def _chart_row(row: ResultsRow, observation: Observation | None, ledger: Ledger) -> t.ChartRow:
    part, interval = share(observation), outcome_interval(observation)
    if observation is None or part is None or interval is None:
        return t.ChartRow(row.label, None, text=formats.MISSING)
    return t.ChartRow(
        label=row.label,
        value=round(100 * part, 6),
        low=round(100 * interval[0], 6),
        high=round(100 * interval[1], 6),
        text=formats.percent(observation.outcomes, observation.denominator),
        evidence=(ledger.observation(observation),),
        is_hidden=ledger.decision.hides_outcomes(observation),
    )


def _chart_table(value: Any, table: ResultsTable, ledger: Ledger) -> t.Table:
    (measure,) = table.measures
    return t.Table(
        anchor=f"{value['name']}-tal",
        caption=(t.Text(f"Tallene bag figuren: {measure.column_label}, {table.period.label}"),),
        columns=(
            t.Column((t.Text(ROW_HEADINGS[table.by]),)),
            t.Column((t.Text("Basis"),), unit="antal", is_numeric=True),
            t.Column((t.Text("Resultat"),), unit="antal (andel)", is_numeric=True),
            t.Column((t.Text("95 %-interval"),), unit="%", is_numeric=True),
        ),
        rows=tuple(_chart_table_row(row, ledger) for row in table.rows),
    )


def _chart_table_row(row: ResultsRow, ledger: Ledger) -> t.Row:
    (observation,) = row.observations
    cells = (*_results_cells(row, row.label, ledger), t.Cell(_interval(observation, ledger)))
    return t.Row(cells)


def _interval(observation: Observation | None, ledger: Ledger) -> tuple[t.Inline, ...]:
    interval = outcome_interval(observation)
    if observation is None or interval is None:
        return MISSING
    low, high = (formats.number(100 * limit, decimals=1) for limit in interval)
    return (t.Value(f"{low}–{high}", (ledger.observation(observation),), ledger.decision.hides_outcomes(observation)),)
