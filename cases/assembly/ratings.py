"""How the suppliers together rate the municipality."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import formats

from cases.assembly.evidence import Ledger
from cases.assembly.sayings import of_suppliers, sentences
from documents import tree as t
from learnings.queries import Evaluation
from learnings.queries.evaluation import StatementResult
from learnings.ratings import Distribution


def evaluation_nodes(found: Evaluation, ledger: Ledger, *, anchor: str) -> Iterator[t.Block]:
    """Yield how the suppliers rate the municipality; nothing before the round has closed."""
    if not found.released_at:
        return
    lead = f"{of_suppliers(found.rated, found.asked)} har vurderet samarbejdet med kommunen."
    yield sentences((lead, "Tallene beskriver kun dem, der har svaret."), ledger.rated(found))
    if found.told:
        yield _evaluation_table(found, ledger, anchor)
    if found.for_dialogue:
        yield t.Paragraph(
            (t.Text("Færre end fem leverandører har svaret på det følgende. Det tages op i dialogen med dem:"),)
        )
        points = (t.ListItem((t.Paragraph((t.Text(row.statement.wording),)),)) for row in found.for_dialogue)
        yield t.ListBlock("bullet", tuple(points))


def _evaluation_table(found: Evaluation, ledger: Ledger, anchor: str) -> t.Table:
    columns = [t.Column((t.Text("Udsagn"),)), t.Column((t.Text("Svar"),), unit="antal", is_numeric=True)]
    columns += [
        t.Column((t.Text(label),), unit="antal", is_numeric=True) for label in ("Uenig", "Hverken eller", "Enig")
    ]
    columns.append(t.Column((t.Text("Median"),), unit="1–5", is_numeric=True))
    if found.year_before:
        columns.append(t.Column((t.Text(f"Enig i {found.year_before}"),), unit="antal", is_numeric=True))
    return t.Table(
        anchor=anchor,
        caption=(t.Text(f"Leverandørernes vurdering af kommunen: {found.round.title}"),),
        columns=tuple(columns),
        rows=tuple(_evaluation_row(row, row.told, found, ledger) for row in found.told if row.told),
        source=(t.Text("Leverandørernes erfaringsindberetninger."),),
        notes=((t.Text("“Uenig” er uenig og helt uenig, “enig” er enig og helt enig, på tværs af udbudsområder."),),),
    )


def _evaluation_row(row: StatementResult, told: Distribution, found: Evaluation, ledger: Ledger) -> t.Row:
    evidence = (ledger.rating(row, told),)
    disagreeing = told.n - told.agreeing - told.counts[2]
    counts = [str(count) for count in (told.n, disagreeing, told.counts[2], told.agreeing)]
    median = formats.localize(float(told.median)) if told.median.denominator > 1 else str(told.median)
    cells = [t.Cell((t.Text(row.statement.wording),))]
    cells += [t.Cell((t.Value(text, evidence),)) for text in (*counts, median)]
    if found.year_before:
        last = f"{row.before.agreeing} af {row.before.n}" if row.before else "–"
        cells.append(t.Cell((t.Text(last),)))
    return t.Row(tuple(cells))
