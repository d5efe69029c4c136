"""Who answered a round, and question by question what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cases.assembly.evidence import Ledger
from cases.assembly.learnings import Told, points_list, quote_nodes, words_note
from cases.assembly.sayings import names_of, of_suppliers, sentences, suppliers
from cases.assembly.text import paragraph
from documents import formats
from documents import tree as t
from learnings.queries import Elaboration, MainPointSummary, QuestionTold, Respondents, SectionTold, Support

GENERAL = "Spørgsmål til alle leverandører"
ACROSS = "På tværs af spørgsmålene"


def respondents_nodes(value: Any, found: Respondents, ledger: Ledger) -> Iterator[t.Block]:
    """Yield who answered, of those who owe a report, and what they were asked."""
    evidence, is_named = ledger.respondents(found), bool(value["has_suppliers"])
    yield sentences(_who(found, is_named=is_named), evidence)
    if value["has_questions"] and (asked := _asked(found)):
        yield sentences([asked], evidence)
        items = (t.ListItem((paragraph(question.wording),)) for question in found.general)
        yield t.ListBlock("bullet", tuple(items))


def elaboration_nodes(value: Any, found: Elaboration, ledger: Ledger, *, level: int) -> Iterator[t.Block]:
    """Yield for each question its wording, how many answered, the main points, the themes and strong passages."""
    told = Told(is_named=bool(value["has_suppliers"]), has_words=True)
    sections = [section for section in found.sections if any(row.asked.everybody for row in section.questions)]
    for section in sections:
        yield t.Heading(level, (t.Text(_title(section)),))
        for row in section.questions:
            if row.asked.everybody:
                yield from _question(value, row, ledger, told, level=level + 1)
    if found.across:
        yield t.Heading(level, (t.Text(ACROSS),))
        yield points_list(found.across, ledger, told)
    if supports := [point.support for point in found.points]:
        yield words_note(supports[0].thresholds)


# --- who answered


def _who(found: Respondents, *, is_named: bool) -> Iterator[str]:
    n, m = len(found.accepted), len(found.owed)
    if not m:
        yield "Ingen leverandører skal aflevere en erfaringsopsamling i runden."
        return
    who = f"Alle {suppliers(m)}" if n == m > 1 else of_suppliers(n, m)
    yield f"{who} har afleveret en erfaringsopsamling, som kommunen har godkendt{names_of(found.accepted, is_named=is_named)}."
    if rows := found.without_experience:
        names = names_of(rows, is_named=is_named)
        yield f"{len(rows)} af dem{names} har endnu ingen erfaringer: de har svaret, at spørgsmålene ikke er relevante."
    if rows := found.not_accepted:
        names = names_of(rows, is_named=is_named)
        yield f"{suppliers(len(rows))}{names} har afleveret en, der ikke er godkendt og derfor ikke er talt med."
    if rows := found.missing:
        yield f"{suppliers(len(rows))}{names_of(rows, is_named=is_named)} har ikke afleveret."
    yield f"Runden sluttede den {formats.day(found.round.closes_on)}."


def _asked(found: Respondents) -> str:
    general, special = len(found.general), len(found.for_groups)
    if not general:
        return ""
    own = f" og om de målgrupper, som de arbejder med ({_questions(special)} i alt)" if special else ""
    return f"Leverandørerne er spurgt om det samme ({_questions(general)}){own}. De generelle spørgsmål er:"


def _questions(count: int) -> str:
    return f"{count} spørgsmål"


# --- question by question


def _title(section: SectionTold) -> str:
    return f"Målgruppe: {section.target_group}" if section.target_group else GENERAL


def _question(value: Any, row: QuestionTold, ledger: Ledger, told: Told, *, level: int) -> Iterator[t.Block]:
    yield t.Heading(level, (t.Text(row.question.wording),))
    evidence = ledger.question(row.question, row.asked)
    yield sentences(_answered(row, is_named=told.is_named), evidence)
    if row.points and value["is_brief"]:
        yield paragraph("Hovedpointer i svarene:")
        yield t.ListBlock("bullet", tuple(_briefly(point, ledger, told) for point in row.points))
    elif row.points:
        yield points_list(row.points, ledger, told)
    if row.themes and value["has_themes"]:
        yield paragraph("Temaer i svarene:")
        yield t.ListBlock("bullet", tuple(_themes(row, ledger, told)))
    if value["has_quotes"]:
        quotes = [ledger.passages[pk] for pk in row.strong_ids if pk in ledger.passages]
        shown = [quote for quote in quotes if quote.may_be_published]
        yield from quote_nodes(shown, ledger, is_named=told.is_named)


def _answered(row: QuestionTold, *, is_named: bool) -> Iterator[str]:
    asked = row.asked
    n, m = len(asked.answered), len(asked.everybody)
    who = f"Alle {m} adspurgte leverandører" if n == m > 1 else f"{n} af {_asked_suppliers(m)}"
    yield f"{who} har svaret på spørgsmålet{names_of(asked.answered, is_named=is_named)}."
    if rows := asked.not_applicable:
        yield f"{suppliers(len(rows))}{names_of(rows, is_named=is_named)} har svaret, at det ikke er relevant."
    if rows := asked.did_not_answer:
        yield f"{suppliers(len(rows))}{names_of(rows, is_named=is_named)} har ikke svaret."
    if rows := asked.not_accepted:
        names = names_of(rows, is_named=is_named)
        yield f"{suppliers(len(rows))}{names} har ikke fået sin erfaringsopsamling godkendt og er ikke talt med."
    if asked.answered and not row.points and not row.themes:
        yield "Svarene er ikke samlet i hovedpointer eller temaer."


def _asked_suppliers(count: int) -> str:
    return "1 adspurgt leverandør" if count == 1 else f"{count} adspurgte leverandører"


def _briefly(point: MainPointSummary, ledger: Ledger, told: Told) -> t.ListItem:
    return _counted(point.heading, point.support, ledger.main_point(point, is_named=told.is_named), told)


def _themes(row: QuestionTold, ledger: Ledger, told: Told) -> Iterator[t.ListItem]:
    for each in row.themes:
        yield _counted(each.theme.name, each.support, ledger.theme(each, row.question), told)


def _counted(label: str, support: Support, evidence: str, told: Told) -> t.ListItem:
    count = t.Value(f"{support.word}, {of_suppliers(support.n, support.m)}", (evidence,))
    names = names_of(support.suppliers, is_named=told.is_named)
    return t.ListItem((t.Paragraph((t.Text(f"{label}: "), count, *((t.Text(names),) if names else ()))),))
