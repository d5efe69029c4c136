"""Main points, recommendations and quotes from the experience reports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import formats

from cases.assembly.evidence import UNNAMED, Ledger
from cases.assembly.text import paragraph
from documents import tree as t
from learnings.queries import DiscussionSummary, Evaluation, MainPointSummary, Quote, RecommendationSummary
from learnings.queries.evaluation import StatementResult
from learnings.ratings import Distribution

Summary = MainPointSummary | RecommendationSummary


def main_points_nodes(value: Any, points: list[MainPointSummary], ledger: Ledger) -> Iterator[t.Block]:
    """Yield a list of the points, each with how many suppliers stand behind it."""
    if points:
        is_named = bool(value["has_suppliers"])
        items = (
            t.ListItem((_point(point, ledger.main_point(point, is_named=is_named), is_named=is_named),))
            for point in points
        )
        yield t.ListBlock("bullet", tuple(items))


def recommendations_nodes(
    value: Any, rows: list[RecommendationSummary], ledger: Ledger, *, anchor: str
) -> Iterator[t.Block]:
    """Yield the recommendations, each with the administration's reply and what has come of it: a list, or a table."""
    if rows and value["is_table"]:
        yield _table(value, rows, ledger, anchor)
    elif rows:
        items = (t.ListItem(tuple(_recommendation(row, ledger, has_reply=value["has_replies"]))) for row in rows)
        yield t.ListBlock("bullet", tuple(items))


def discussions_nodes(value: Any, rows: list[DiscussionSummary]) -> Iterator[t.Block]:
    """Yield a list of what was talked over with each supplier, and what was agreed."""
    if rows:
        items = (t.ListItem(tuple(_discussion(row, is_named=bool(value["has_suppliers"])))) for row in rows)
        yield t.ListBlock("bullet", tuple(items))


def _table(value: Any, rows: list[RecommendationSummary], ledger: Ledger, anchor: str) -> t.Table:
    headings = ["Anbefaling", "Leverandører"] + (["Svar", "Det er der sket"] if value["has_replies"] else [])
    return t.Table(
        anchor=anchor,
        caption=(t.Text(f"Leverandørernes anbefalinger: {value['round'].title}"),),
        columns=tuple(t.Column((t.Text(heading),)) for heading in headings),
        rows=tuple(_table_row(row, ledger, has_reply=value["has_replies"]) for row in rows),
    )


def _table_row(row: RecommendationSummary, ledger: Ledger, *, has_reply: bool) -> t.Row:
    count = t.Value(f"{row.n} af {row.m}", (ledger.recommendation(row, is_named=False),))
    cells = [t.Cell((t.Text(row.heading),)), t.Cell((count,))]
    if has_reply:
        reply = f"{row.reply.kind.label}. {row.reply.reason}" if row.reply else "Endnu ikke besvaret."
        cells += [t.Cell((t.Text(reply),)), t.Cell((t.Text(_happened(row) or "–"),))]
    return t.Row(tuple(cells))


def _happened(row: RecommendationSummary) -> str:
    """Return the initiatives and what tenders did, as sentences."""
    told = [f"{each.text.rstrip('.')} ({str(each.state.label).lower()})." for each in row.initiatives]
    told += [f"{each.tender}: {str(each.state.label).lower()}." for each in row.tenders]
    return " ".join(told)


def evaluation_nodes(found: Evaluation, ledger: Ledger, *, anchor: str) -> Iterator[t.Block]:
    """Yield how the suppliers rate the municipality; nothing before the round has closed."""
    if not found.released_at:
        return
    lead = f"{found.rated} af {found.asked} leverandører har vurderet samarbejdet med kommunen."
    yield t.Paragraph((t.Text(f"{lead} Tallene beskriver kun dem, der har svaret."),))
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


def quotes_nodes(value: Any, quotes: list[Quote], ledger: Ledger) -> Iterator[t.Block]:
    for quote in quotes:
        attribution = (t.Text(quote.supplier.name if value["is_named"] else UNNAMED),)
        yield t.Quote((paragraph(quote.text),), attribution, (ledger.quote(quote, is_named=bool(value["is_named"])),))


def _point(point: Summary, evidence: str, *, is_named: bool) -> t.Paragraph:
    suppliers = f": {_listed(point.suppliers)}" if is_named and point.n else ""
    count = t.Value(f"{point.n} af {point.m} leverandører", (evidence,))
    heading = t.Strong((t.Text(f"{point.heading}:"),))
    return t.Paragraph((heading, t.Text(f" {point.text} ("), count, t.Text(f"{suppliers})")))


def _recommendation(row: RecommendationSummary, ledger: Ledger, *, has_reply: bool) -> Iterator[t.Block]:
    yield _point(row, ledger.recommendation(row, is_named=False), is_named=False)
    if has_reply:
        yield _reply(row)
    if has_reply and (told := _happened(row)):
        yield t.Paragraph((t.Strong((t.Text("Tiltag:"),)), t.Text(f" {told}")))


def _discussion(row: DiscussionSummary, *, is_named: bool) -> Iterator[t.Block]:
    name = row.supplier.name if is_named else UNNAMED
    lead = t.Strong((t.Text(f"{name}, {formats.date_format(row.held_on)}:"),))
    yield t.Paragraph((lead, t.Text(f" {_sentences(row.focus_points)}")))
    if row.adjustments:
        yield t.Paragraph((t.Strong((t.Text("Aftalt:"),)), t.Text(f" {_sentences(row.adjustments)}")))


def _sentences(points: tuple[str, ...]) -> str:
    return " ".join(point if point.endswith((".", "?", "!")) else f"{point}." for point in points)


def _reply(row: RecommendationSummary) -> t.Paragraph:
    lead = t.Strong((t.Text("Svar:"),))
    if row.reply is None:
        return t.Paragraph((lead, t.Text(" Anbefalingen er endnu ikke besvaret.")))
    decided = f"Beslutningen ligger hos {row.reply.decided_by}."
    return t.Paragraph((lead, t.Text(f" {row.reply.kind.label}. {row.reply.reason} {decided}")))


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} og {names[-1]}"
