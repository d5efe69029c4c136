"""What a case tells of a round: each figure is counted, and each made sentence can be followed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.assembly.paper import Paper, assemble
from cases.checks.form import plain_text
from cases.checks.headings import check_headings
from cases.enums import RoundPart
from cases.round_text import value_of
from cases.since import changes_between
from cases.traces import traces_of
from contracts.models import ObligationOccurrence
from documents import tree as t
from documents.numbering import walk
from learnings.models import CountWords, Excerpt, Withholding
from learnings.queries import count_table, main_points
from suppliers.services.merging import merge_suppliers
from tests.cases.papers import case_with
from tests.cases.rounds import SAID, Told, told_round
from tests.factories import QuestionFactory, RoundFactory, WithholdingFactory
from tests.learnings import world

pytestmark = pytest.mark.django_db

NAMES = ("Broen", "Havnen", "Skoven")


def paper_of(part: RoundPart, told: Told, **changed: Any) -> Paper:
    value = {**value_of(part, told.round.pk), **changed}
    return assemble(case_with({"type": part.value, "value": value}).newest_text())


def said(paper: Paper) -> str:
    return "\n".join(line for line in map(line_of, walk(paper.document)) if line)


def line_of(node: Any) -> str:
    if isinstance(node, t.Paragraph | t.Heading | t.Cell):
        return plain_text(node.children)
    return plain_text(node.attribution) if isinstance(node, t.Quote) else ""


# --- who has answered


def test_who_answered_is_counted_among_those_who_owe_a_report() -> None:
    told = told_round(*NAMES, is_closed=False)
    world.supplier_on(name="Tavse")
    world.hand_in(told.round, world.supplier_on(name="Venter"), kontakt="Ja.")

    text = said(paper_of(RoundPart.RESPONDENTS, told))

    assert "3 af 5 leverandører har afleveret en erfaringsopsamling, som kommunen har godkendt." in text
    assert "1 leverandør har afleveret en, der ikke er godkendt og derfor ikke er talt med." in text
    assert "1 leverandør har ikke afleveret." in text
    assert "Hvad gør en forskel?" in text
    assert not any(name in text for name in (*NAMES, "Tavse", "Venter"))


def test_who_is_named_is_named_in_every_sentence() -> None:
    told = told_round(*NAMES)
    world.supplier_on(name="Tavse")

    text = said(paper_of(RoundPart.RESPONDENTS, told, has_suppliers=True))

    assert "som kommunen har godkendt (Broen, Havnen og Skoven)." in text
    assert "1 leverandør (Tavse) har ikke afleveret." in text


def test_who_has_no_experience_has_answered_and_says_so() -> None:
    told = told_round(*NAMES, is_closed=False)
    excuse = world.DraftAnswer(not_applicable_reason="Vi er lige begyndt.")
    world.accepted(told.round, world.supplier_on(name="Ny"), kontakt=excuse)

    text = said(paper_of(RoundPart.RESPONDENTS, told))

    assert "Alle 4 leverandører har afleveret" in text
    assert "1 af dem har endnu ingen erfaringer: de har svaret, at spørgsmålene ikke er relevante." in text


def test_a_round_that_nobody_owes_anything_says_so() -> None:
    this_round = RoundFactory()
    value = value_of(RoundPart.RESPONDENTS, this_round.pk)
    paper = assemble(case_with({"type": "respondents", "value": value}).newest_text())
    assert "Ingen leverandører skal aflevere en erfaringsopsamling i runden." in said(paper)


@pytest.mark.parametrize("part", [RoundPart.MAIN_POINTS, RoundPart.ELABORATION, RoundPart.DISCUSSIONS])
def test_an_empty_round_makes_no_text(part: RoundPart) -> None:
    block = {"type": part.value, "value": value_of(part, RoundFactory().pk)}
    assert said(assemble(case_with(block).newest_text())).strip() in {"", "Resultater"}


# --- main points


def test_main_points_stand_by_theme_with_word_note_and_strong_quote() -> None:
    told = told_round(*NAMES)
    (counted,) = main_points(told.round)

    text = said(paper_of(RoundPart.MAIN_POINTS, told))

    assert f"(alle, {counted.n} af {counted.m} leverandører)" in text
    assert "“de fleste” er over halvdelen" in text
    assert (text.count(SAID), text.count("En leverandør")) == (1, 1)


def test_the_words_are_those_of_the_round() -> None:
    told = told_round(*NAMES)
    CountWords.objects.create(round=told.round, several_from_percent=30, most_above_percent=70)
    assert "“de fleste” er over 70 procent" in said(paper_of(RoundPart.MAIN_POINTS, told))


def test_one_supplier_only_is_one_supplier() -> None:
    told = told_round("Broen")
    assert "(en enkelt, 1 af 1 leverandør)" in said(paper_of(RoundPart.MAIN_POINTS, told))
    assert "1 af 1 adspurgt leverandør har svaret" in said(paper_of(RoundPart.ELABORATION, told))


def test_points_for_a_target_group_stand_under_its_heading() -> None:
    told = told_round(*NAMES, is_closed=False)
    point = told.point
    point.pk, point.heading, point.question = None, "Kun de unge", told.young
    point.save()

    paper = paper_of(RoundPart.MAIN_POINTS, told)

    headings = [plain_text(node.children) for node in walk(paper.document) if isinstance(node, t.Heading)]
    assert headings == ["Resultater", "På tværs af målgrupper", "Udsatte unge"]
    assert list(check_headings(paper, case_with(), told.round.closes_on)) == []


# --- question by question


def test_each_question_is_elaborated_as_it_is_counted() -> None:
    told = told_round(*NAMES)

    text = said(paper_of(RoundPart.ELABORATION, told))

    (row,) = [row for row in count_table(told.round, question=told.contact).rows if row.theme.name == "Fast kontakt"]
    (cell,) = row.cells
    assert f"Fast kontakt: {cell.word}, {cell.n} af {cell.m} leverandører" in text
    lines = text.splitlines()
    assert lines[1:4] == [
        "Spørgsmål til alle leverandører",
        "Hvad gør en forskel?",
        "Alle 3 adspurgte leverandører har svaret på spørgsmålet.",
    ]
    assert lines[lines.index("Målgruppe: Udsatte unge") + 1 :][:2] == [
        "Hvad virker for de unge?",
        "1 af 1 adspurgt leverandør har svaret på spørgsmålet. Svarene er ikke samlet i hovedpointer eller temaer.",
    ]


def test_the_elaboration_can_be_of_one_target_group_and_name_the_suppliers() -> None:
    told = told_round(*NAMES)
    text = said(paper_of(RoundPart.ELABORATION, told, target_group=told.group.pk, has_suppliers=True))
    assert "har svaret på spørgsmålet (Broen)." in text
    assert "Hvad gør en forskel?" not in text


def test_brief_main_points_are_headings_with_their_counts() -> None:
    told = told_round(*NAMES)
    text = said(paper_of(RoundPart.ELABORATION, told, is_brief=True))
    assert "Fast kontakt: alle, 3 af 3 leverandører" in text
    assert told.point.text not in text


def test_a_question_that_was_taken_out_stays_as_long_as_it_is_answered() -> None:
    told = told_round(*NAMES)
    unasked = QuestionFactory(round=told.round, wording="Aldrig besvaret?", withdrawn_on=told.round.closes_on)
    type(unasked).objects.filter(pk=told.contact.pk).update(withdrawn_on=told.round.closes_on)

    text = said(paper_of(RoundPart.ELABORATION, told))

    assert "Hvad gør en forskel?" in text
    assert "Aldrig besvaret?" not in text


# --- recommendations, discussions


def test_the_table_of_recommendations_says_who_answers_and_what_came_of_it() -> None:
    told = told_round(*NAMES)
    (table,) = [node for node in walk(paper_of(RoundPart.RECOMMENDATIONS, told).document) if isinstance(node, t.Table)]
    assert [plain_text(column.label) for column in table.columns] == [
        "Anbefaling",
        "Leverandører",
        "Henvendt\u00a0til",
        "Svar og begrundelse",
        "Det er der sket",
    ]
    (row,) = table.rows
    assert [plain_text(cell.children) for cell in row.cells[:3]] == ["Flere møder", "3 af 3", "Forvaltningen"]
    assert "Forvaltningen er enig." in plain_text(row.cells[3].children)
    assert "Det prøves af" in plain_text(row.cells[4].children)


def test_discussions_are_counted_among_the_accepted_reports() -> None:
    text = said(paper_of(RoundPart.DISCUSSIONS, told_round(*NAMES)))
    assert "Kommunen har drøftet erfaringsopsamlingen med 1 af 3 leverandører. 2 mangler endnu." in text
    assert "En leverandør, 14. maj 2024: Tempo." in text


# --- what may not stand there


@pytest.mark.parametrize("part", [RoundPart.MAIN_POINTS, RoundPart.ELABORATION])
def test_what_is_withheld_is_not_quoted_until_it_is_decided_that_it_may(part: RoundPart) -> None:
    told = told_round(*NAMES)
    row = WithholdingFactory(report=told.versions["Broen"].report, question=told.contact, passage="fast kontaktperson")
    assert SAID not in said(paper_of(part, told))

    Withholding.objects.filter(pk=row.pk).update(
        decision="published", decided_at="2024-05-01T12:00Z", decision_reason="Ikke hemmeligt."
    )
    assert SAID in said(paper_of(part, told))


@pytest.mark.parametrize("part", [RoundPart.MAIN_POINTS, RoundPart.ELABORATION])
def test_what_is_not_accepted_is_neither_counted_nor_quoted(part: RoundPart) -> None:
    told = told_round(*NAMES, is_closed=False)
    version = world.hand_in(told.round, world.supplier_on(name="Venter"), kontakt="Noget helt andet gør en forskel.")
    excerpt = world.code(version, told.contact, "Noget helt andet", theme=told.excerpts[0].theme)
    Excerpt.objects.filter(pk=excerpt.pk).update(is_strong=True)
    told.point.excerpts.add(excerpt)

    text = said(paper_of(part, told))

    assert "Noget helt andet" not in text
    assert "3 af 3 leverandører" in text


def test_a_supplier_that_was_merged_counts_once_under_the_name_that_stays() -> None:
    told = told_round(*NAMES)
    broen, havnen = (told.versions[name].report.supplier for name in NAMES[:2])
    merge_suppliers(havnen, into=broen, reason="Sammenlagt", by=None)
    text = said(paper_of(RoundPart.MAIN_POINTS, told, has_suppliers=True))
    assert "(alle, 2 af 2 leverandører: Broen og Skoven)" in text


def test_a_supplier_without_contracts_any_more_still_counts() -> None:
    told = told_round(*NAMES)
    ObligationOccurrence.objects.filter(obligation__contract__supplier=told.versions["Skoven"].report.supplier).delete()
    assert "Alle 3 leverandører" in said(paper_of(RoundPart.RESPONDENTS, told))


# --- traces


@pytest.mark.parametrize("part", list(RoundPart))
def test_each_made_sentence_leads_to_what_it_rests_on(part: RoundPart) -> None:
    paper = paper_of(part, told_round(*NAMES))
    for trace in traces_of(paper):
        assert trace.entries, trace.text
        assert all(entry["url"].startswith("/admin/erfaringsopsamling/") for entry in trace.entries), trace.text


def test_a_count_leads_over_its_passages_to_the_answers() -> None:
    told = told_round(*NAMES)
    (trace,) = [each for each in traces_of(paper_of(RoundPart.MAIN_POINTS, told)) if "3 af 3" in each.text]
    (entry,) = trace.entries
    assert entry["url"].endswith(f"#point-{told.point.pk}")
    assert [(each["supplier"], each["text"]) for each in entry["passages"]] == [(name, SAID) for name in NAMES]
    assert entry["passages"][0]["url"].endswith(f"?version=1#answer-{told.excerpts[0].answer_id}")


def test_counts_that_have_changed_since_a_version_are_told() -> None:
    told = told_round(*NAMES, is_closed=False)
    before = paper_of(RoundPart.MAIN_POINTS, told).evidence
    world.accepted(told.round, world.supplier_on(name="Ny"), kontakt="Vi er nye.")
    assert changes_between(before, before) == ()
    (change,) = changes_between(before, paper_of(RoundPart.MAIN_POINTS, told).evidence)
    assert "3 af 3" in change
    assert "3 af 4" in change


# --- size


def test_the_queries_are_as_many_for_many_suppliers() -> None:
    counts = set()
    for number in (5, 50):
        told = told_round(*(f"Leverandør {place}" for place in range(number)))
        blocks = [{"type": part.value, "value": value_of(part, told.round.pk)} for part in RoundPart]
        case = case_with(*blocks).newest_text()
        with CaptureQueriesContext(connection) as queries:
            assemble(case)
        counts.add(len(queries))
        type(told.round).objects.filter(pk=told.round.pk).update(year=2000 + number)
    assert len(counts) == 1
