"""Main points, recommendations and quotes from the experience reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Self

from cases.assembly.evidence import UNNAMED, Ledger
from cases.assembly.sayings import listed, names_of, of_suppliers, sentences
from cases.assembly.text import paragraph
from documents import formats
from documents import tree as t
from learnings.queries import (
    Discussed,
    DiscussionSummary,
    MainPointSummary,
    PointGroup,
    Quote,
    RecommendationSummary,
)
from learnings.rules import Thresholds, count_note

Summary = MainPointSummary | RecommendationSummary
EVERYBODY = "På tværs af målgrupper"
OURSELVES = "Forvaltningen"
SOURCE = "Leverandørernes godkendte erfaringsopsamlinger."
OTHER_THEMES = "Andre hovedpointer"


@dataclass(frozen=True)
class PointsTold:
    """Main points, and the same in the groups that they are shown in: one group when they are not divided."""

    points: tuple[MainPointSummary, ...]
    groups: tuple[PointGroup, ...]


@dataclass(frozen=True)
class Told:
    """How counts are told: with the suppliers' names, and with the word that follows from the count."""

    is_named: bool = False
    has_words: bool = False

    @classmethod
    def of(cls, value: Any) -> Self:
        return cls(bool(value["has_suppliers"]), bool(value["has_words"]))


def main_points_nodes(value: Any, told: PointsTold, ledger: Ledger, *, level: int) -> Iterator[t.Block]:
    """Yield the points, each with how many suppliers stand behind it: one list, or one under each heading of the groups."""
    scopes = {group.scope for group in told.groups}
    last = ""
    for group in told.groups if told.points else ():
        if len(scopes) > 1 and (group.scope or EVERYBODY) != last:
            last = group.scope or EVERYBODY
            yield t.Heading(level, (t.Text(last),))
        if len(told.groups) > len(scopes):
            yield t.Heading(level + (len(scopes) > 1), (t.Text(group.theme or OTHER_THEMES),))
        yield points_list(group.points, ledger, Told.of(value), quotes_each=1 if value["has_quotes"] else 0)
    if told.points and value["has_words"]:
        yield words_note(told.points[0].support.thresholds)


def points_list(points: Iterable[MainPointSummary], ledger: Ledger, told: Told, *, quotes_each: int = 0) -> t.ListBlock:
    """Return a list of main points, each with at most `quotes_each` of the strong passages that it rests on."""
    return t.ListBlock("bullet", tuple(t.ListItem(tuple(_told(row, ledger, told, quotes_each))) for row in points))


def words_note(thresholds: Thresholds) -> t.Note:
    return t.Note("Sådan er leverandørerne talt", (paragraph(count_note(thresholds)),))


def _told(point: MainPointSummary, ledger: Ledger, told: Told, quotes_each: int) -> Iterator[t.Block]:
    yield _point(point, ledger.main_point(point, is_named=told.is_named), told)
    strong = [ledger.passages[pk] for pk in point.excerpt_ids if pk in ledger.passages]
    quotes = [quote for quote in strong if quote.is_strong and quote.may_be_published]
    yield from quote_nodes(quotes[:quotes_each], ledger, is_named=told.is_named)


def recommendations_nodes(
    value: Any, rows: list[RecommendationSummary], ledger: Ledger, *, anchor: str
) -> Iterator[t.Block]:
    """Yield the recommendations, each with the administration's reply and what has come of it: a list, or a table."""
    if rows and value["is_table"]:
        yield _table(value, rows, ledger, anchor)
    elif rows:
        items = (t.ListItem(tuple(_recommendation(row, ledger, has_reply=value["has_replies"]))) for row in rows)
        yield t.ListBlock("bullet", tuple(items))


def discussions_nodes(value: Any, found: Discussed, ledger: Ledger) -> Iterator[t.Block]:
    """Yield with how many suppliers their report is talked over, and a list of what was said and agreed."""
    if not found.accepted:
        return
    is_named = bool(value["has_suppliers"])
    yield sentences(_talked_with(found, is_named=is_named), ledger.discussed(found))
    # Without names in the order of the days: that of the names would tell who they are.
    talks = found.talks if is_named else sorted(found.talks, key=lambda talk: talk.held_on)
    if talks:
        items = (t.ListItem(tuple(_discussion(row, ledger, is_named=is_named))) for row in talks)
        yield t.ListBlock("bullet", tuple(items))


def _talked_with(found: Discussed, *, is_named: bool) -> Iterator[str]:
    n, m = len(found.talked_with), len(found.accepted)
    if not n:
        yield "Kommunen har endnu ikke drøftet erfaringsopsamlingen med nogen af leverandørerne."
        return
    yield f"Kommunen har drøftet erfaringsopsamlingen med {of_suppliers(n, m)}."
    if left := found.not_yet:
        yield f"{len(left)} mangler endnu{names_of(left, is_named=is_named)}."


def _table(value: Any, rows: list[RecommendationSummary], ledger: Ledger, anchor: str) -> t.Table:
    # Heads are not hyphenated: as wide as this one, the column holds “Forvaltningen” on one line.
    headings = ["Anbefaling", "Leverandører", f"Henvendt{formats.NO_BREAK_SPACE}til"]
    headings += ["Svar og begrundelse", "Det er der sket"] if value["has_replies"] else []
    return t.Table(
        anchor=anchor,
        caption=(t.Text(f"Leverandørernes anbefalinger: {value['round'].title}"),),
        columns=tuple(t.Column((t.Text(heading),)) for heading in headings),
        rows=tuple(_table_row(row, ledger, has_reply=value["has_replies"]) for row in rows),
        source=(t.Text(SOURCE),),
    )


def _table_row(row: RecommendationSummary, ledger: Ledger, *, has_reply: bool) -> t.Row:
    evidence = (ledger.recommendation(row, is_named=False),)
    texts = [f"{row.n} af {row.m}", OURSELVES if row.is_to_us else row.addressee]
    if has_reply:
        reply = f"{row.reply.kind.label}. {row.reply.reason}" if row.reply else "Endnu ikke besvaret."
        texts += [reply, _happened(row) or "–"]
    return t.Row((t.Cell((t.Text(row.heading),)), *(t.Cell((t.Value(text, evidence),)) for text in texts)))


def _happened(row: RecommendationSummary) -> str:
    """Return the initiatives and what tenders did, as sentences."""
    told = [f"{each.text.rstrip('.')} ({str(each.state.label).lower()})." for each in row.initiatives]
    told += [f"{each.tender}: {str(each.state.label).lower()}." for each in row.tenders]
    return " ".join(told)


def quotes_nodes(value: Any, quotes: list[Quote], ledger: Ledger) -> Iterator[t.Block]:
    """Yield the passages that somebody chose, save those that may not be published: a check tells of these."""
    shown = [quote for quote in quotes if quote.may_be_published]
    return quote_nodes(shown, ledger, is_named=bool(value["is_named"]))


def quote_nodes(quotes: Iterable[Quote], ledger: Ledger, *, is_named: bool) -> Iterator[t.Block]:
    for quote in quotes:
        attribution = (t.Text(quote.supplier.name if is_named else UNNAMED),)
        yield t.Quote((paragraph(quote.text),), attribution, (ledger.quote(quote, is_named=is_named),))


def _point(point: Summary, evidence: str, told: Told) -> t.Paragraph:
    suppliers = f": {listed(point.suppliers)}" if told.is_named and point.n else ""
    word = f"{point.support.word}, " if told.has_words else ""
    count = t.Value(f"{word}{of_suppliers(point.n, point.m)}", (evidence,))
    heading = t.Strong((t.Text(f"{point.heading}:"),))
    return t.Paragraph((heading, t.Text(f" {point.text} ("), count, t.Text(f"{suppliers})")))


def _recommendation(row: RecommendationSummary, ledger: Ledger, *, has_reply: bool) -> Iterator[t.Block]:
    evidence = ledger.recommendation(row, is_named=False)
    yield _point(row, evidence, Told())
    if has_reply:
        yield _led("Svar:", _reply(row), evidence)
    if has_reply and (told := _happened(row)):
        yield _led("Tiltag:", told, evidence)


def _discussion(row: DiscussionSummary, ledger: Ledger, *, is_named: bool) -> Iterator[t.Block]:
    name, evidence = row.supplier.name if is_named else UNNAMED, ledger.discussion(row)
    yield _led(f"{name}, {formats.day(row.held_on)}:", _sentences(row.focus_points), evidence)
    if row.adjustments:
        yield _led("Aftalt:", _sentences(row.adjustments), evidence)


def _led(lead: str, text: str, evidence: str) -> t.Paragraph:
    """Return a paragraph that begins with words in bold, and whose text can be traced."""
    return t.Paragraph((t.Strong((t.Text(lead),)), t.Text(" "), t.Value(text, (evidence,))))


def _sentences(points: tuple[str, ...]) -> str:
    return " ".join(point if point.endswith((".", "?", "!")) else f"{point}." for point in points)


def _reply(row: RecommendationSummary) -> str:
    if row.reply is None:
        return "Anbefalingen er endnu ikke besvaret."
    return f"{row.reply.kind.label}. {row.reply.reason} Beslutningen ligger hos {row.reply.decided_by}."
