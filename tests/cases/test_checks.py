from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from cases.assembly.paper import assemble
from cases.blocks import CaseBody
from cases.checks.paper import check
from cases.checks.runs import runs_of
from cases.checks.texts import lix
from cases.enums import Severity
from cases.models import CommitteeCase
from documents import tree as t
from tests.cases.fact_sheet import HEADINGS, ROWS
from tests.cases.papers import (
    case_with,
    fact_sheet,
    results_block,
    section_block,
    template_with,
    text_block,
    typed_block,
)
from tests.factories import (
    CommitteeCaseFactory,
    CommitteeMeetingFactory,
    DecisionFactory,
    DecisionPointFactory,
    TemplateSectionFactory,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2023, 8, 20)
SOUND = "Gruppe\tAntal\nA\t10\nTotal\t10"


def codes(case: CommitteeCase, *, today: dt.date = TODAY) -> list[str]:
    newest = case.newest_text()
    return [finding.code for finding in check(assemble(newest), newest, today=today)]


def found(case: CommitteeCase, code: str) -> Any:
    newest = case.newest_text()
    (finding,) = [each for each in check(assemble(newest), newest, today=TODAY) if each.code == code]
    return finding


def test_a_sound_paper_has_no_findings() -> None:
    assert codes(case_with(text_block("<p>Godt.</p>"), typed_block(SOUND))) == []


def test_a_required_section_that_is_missing_blocks() -> None:
    case = case_with(text_block("<p>Godt.</p>"), template=template_with("resultater", "økonomi"))
    finding = found(case, "missing-section")
    assert "Økonomi" in finding.message
    assert finding.severity == Severity.BLOCKS


def test_an_empty_section_is_a_missing_one() -> None:
    assert codes(case_with()) == ["missing-section"]


@pytest.mark.parametrize(("today", "is_due"), [(dt.date(2023, 8, 28), False), (dt.date(2023, 8, 29), True)])
def test_the_decision_is_due_only_after_the_meeting(today: dt.date, is_due: bool) -> None:
    template = template_with("resultater")
    TemplateSectionFactory(template=template, key="beslutning", is_after_meeting=True, order=9)
    meeting = CommitteeMeetingFactory(held_on=dt.date(2023, 8, 28))
    case = case_with(text_block("<p>Godt.</p>"), template=template, meeting=meeting)
    assert ("missing-section" in codes(case, today=today)) is is_due


def test_a_point_of_the_decision_that_no_section_answers_blocks() -> None:
    decision = DecisionFactory()
    answered, forgotten = (
        DecisionPointFactory(decision=decision),
        DecisionPointFactory(decision=decision, text="Samarbejdet"),
    )
    case = case_with(text_block("<p>Godt.</p>"), requested_by=decision, answers=(answered.pk,))
    assert forgotten.text in found(case, "unanswered-point").message


def test_a_reference_to_nothing_blocks() -> None:
    mark = {"type": "reference", "value": {"name": "se", "target": "findes-ikke"}}
    assert codes(case_with(text_block("<p>Se {se}.</p>", mark))) == ["unknown-reference"]


@pytest.mark.parametrize(
    ("place", "expected"), [("findes-ikke", ["unknown-reference"]), ("tabel", []), ("resultater", [])]
)
def test_a_link_to_a_place_that_is_not_there_blocks(place: str, expected: list[str]) -> None:
    assert codes(case_with(text_block(f'<p>Se <a href="#{place}">her</a>.</p>'), typed_block(SOUND))) == expected


def test_two_tables_of_one_name_block() -> None:
    assert codes(case_with(typed_block(SOUND), typed_block(SOUND))) == ["duplicate-name", "duplicate-name"]


def test_a_section_that_stands_twice_blocks() -> None:
    case = case_with(text_block("<p>Godt.</p>"))
    section = case.template.sections.get()
    case.body = CaseBody().to_python([section_block(section, text_block("<p>Godt.</p>"))] * 2)
    case.save_revision()
    assert set(codes(case)) == {"duplicate-name"}


def test_a_table_named_as_a_section_blocks() -> None:
    assert codes(case_with(typed_block(SOUND, name="resultater"))) == ["duplicate-name"]


def test_a_number_typed_into_a_caption_blocks() -> None:
    assert codes(case_with(typed_block(SOUND, caption="Tabel 1: Antal borgere"))) == ["duplicate-number"]


def test_two_annexes_of_one_number_block() -> None:
    case = case_with(text_block("<p>Godt.</p>"))
    case.body.append(("annex", {"name": "bilag", "title": "Bilag", "content": []}))
    case.save_revision()
    CommitteeCaseFactory(annex_of=case, annex_number=1)
    assert codes(case) == ["duplicate-number"]


def test_a_table_without_source_blocks() -> None:
    assert codes(case_with(typed_block(SOUND, source=""))) == ["no-source"]


def test_a_paper_dated_before_its_data_blocks() -> None:
    case, _framework = fact_sheet(dated_on=dt.date(2023, 7, 21))
    assert "7. august 2023" in found(case, "dated-before-data").message


def test_outcomes_that_add_up_while_bases_do_not_warn() -> None:
    case, _framework = fact_sheet()
    assert codes(case) == ["outcomes-add-up", "outcomes-add-up"]


def test_a_live_table_without_figures_blocks() -> None:
    case, framework = fact_sheet()
    block = case.body[0].value["content"][0].value
    empty = case_with(results_block(list(block["measures"]), framework, period="2019"))
    assert codes(empty) == ["no-data", "no-source"]


def test_the_printed_fact_sheet_is_found_out() -> None:
    cells = "\n".join("\t".join(row) for row in (HEADINGS, *ROWS))
    assert sorted(set(codes(case_with(typed_block(cells))))) == [
        "mixed-decimals",
        "outcomes-add-up",
        "percent-mismatch",
        "small-cell",
        "sum-mismatch",
    ]


def test_a_hidden_cell_that_can_be_computed_blocks() -> None:
    assert codes(case_with(typed_block("Gruppe\tAntal\nA\t•\nB\t20\nI alt\t22"))) == ["derivable-cell"]


@pytest.mark.parametrize("cells", ["Udvalg\tMøder\nA\t4", "Udvalg\tMøder\nA\t•\nB\t20\nI alt\t22"])
def test_a_table_that_is_not_about_persons_may_show_small_figures(cells: str) -> None:
    assert codes(case_with(typed_block(cells, is_about_persons=False))) == []
    assert len(codes(case_with(typed_block(cells)))) == 1


def test_a_table_of_words_with_numbers_in_them_has_no_small_cells() -> None:
    cells = "Forløb\tHyppighed\tPeriode\nA\t2 gange\t1. kvartal\nB\t3 gange\t2023-2024"
    assert codes(case_with(typed_block(cells))) == []


@pytest.mark.parametrize("text", ["Borger 010180-1234 er i job.", "Borger 0101801234 er i job."])
def test_a_number_like_a_cpr_number_blocks_and_is_not_repeated(text: str) -> None:
    finding = found(case_with(text_block(f"<p>{text}</p>")), "cpr-like")
    assert finding.severity == Severity.BLOCKS
    assert "1234" not in finding.message


FOOTNOTE = {"type": "footnote", "value": {"name": "note", "text": "<p>Borger 0101<i>80-12</i>34.</p>"}}


@pytest.mark.parametrize(
    "block",
    [
        text_block("<p>Borger 010180<b>-1234</b>.</p>"),
        text_block("<ul><li>Borger <i>0101</i>80 – 1234.</li></ul>"),
        text_block("<p>Godt.{note}</p>", FOOTNOTE),
        text_block('<p>Se <a href="https://kommune.example/010180-1234">sagen</a>.</p>'),
        typed_block("Gruppe\tNummer\nA\t010180-1234"),
        typed_block("Gruppe\t010180-1234\nA\t10"),
        typed_block(SOUND, caption="Borger 010180-1234"),
        typed_block(SOUND, source="Borger 010180-1234"),
        typed_block(SOUND, note="Godt.\nBorger 010180-1234"),
        {"type": "note", "value": {"title": "Borger 010180-1234", "text": "<p>Godt.</p>"}},
        {"type": "note", "value": {"title": "Metode", "text": "<p>Borger 0101<b>80</b>1234</p>"}},
        {"type": "subheading", "value": "Borger 010180-1234"},
        {"type": "signatures", "value": ["Borger 010180-1234"]},
    ],
)
def test_a_cpr_number_is_found_wherever_it_stands_and_however_it_is_formatted(block: dict[str, Any]) -> None:
    assert codes(case_with(block)) == ["cpr-like"]


@pytest.mark.parametrize("field", ["title", "short_title", "lead", "address"])
def test_a_cpr_number_is_found_around_the_sections(field: str) -> None:
    assert codes(case_with(text_block("<p>Godt.</p>"), **{field: "Borger 010180-1234"})) == ["cpr-like"]


def test_two_cells_beside_each_other_are_no_cpr_number() -> None:
    assert codes(case_with(typed_block("Gruppe\tA\tB\nAntal\t010180\t1234"))) == []


def test_quotes_alternative_texts_and_charts_are_read_too() -> None:
    said = (t.Text("010180"), t.Strong((t.Text("-1234"),)))
    quote = t.Quote((t.Paragraph(said),))
    attributed = t.Quote((t.Paragraph(()),), attribution=said)
    picture = t.Picture("figur", "", "image/png", "010180-1234", ())
    captioned = t.Picture("figur", "", "image/png", "", said)
    assert ["010180-1234" in list(runs_of(each)) for each in (quote, attributed, picture, captioned)] == [True] * 4


@pytest.mark.parametrize("text", ["Sag 2023-0174306 og 3641208.", "Tlf. 70 10 20 30.", "Beløb 1.010.180.123 kr."])
def test_other_numbers_are_no_cpr_numbers(text: str) -> None:
    assert codes(case_with(text_block(f"<p>{text}</p>"))) == []


def test_an_email_address_warns() -> None:
    finding = found(case_with(text_block("<p>Skriv til a.b@kommune.example nu.</p>")), "e-mail")
    assert finding.severity == Severity.WARNS


def test_an_email_address_split_by_formatting_warns() -> None:
    assert "a.b@kommune.example" in found(case_with(text_block("<p>a.b<b>@kommune</b>.example</p>")), "e-mail").message


def test_a_mark_that_is_not_defined_blocks() -> None:
    assert codes(case_with(text_block("<p>I alt {borgere} borgere.</p>"))) == ["unknown-mark"]


def test_unreadable_text_warns_with_its_index() -> None:
    sentence = "Beskæftigelsesforvaltningen implementerer tværfaglige helhedsorienterede foranstaltninger " * 12
    assert codes(case_with(text_block(f"<p>{sentence}.</p>"))) == ["readability"]


@pytest.mark.parametrize(
    ("field", "number"), [("f2_case_number", "2023/7083"), ("f2_document_number", "abc"), ("edoc_case_number", "23-1")]
)
def test_case_numbers_of_another_form_warn(field: str, number: str) -> None:
    finding = found(case_with(text_block("<p>Godt.</p>"), **{field: number}), "case-number")
    assert finding.severity == Severity.WARNS
    assert number in finding.message


@pytest.mark.parametrize("number", ["2023 - 7083", "2023 – 96", "2023-7083"])
def test_f2_numbers_as_the_system_writes_them_are_right(number: str) -> None:
    assert codes(case_with(text_block("<p>Godt.</p>"), f2_case_number=number)) == []


def test_findings_name_the_block_that_they_are_about() -> None:
    case = case_with(text_block("<p>Godt.</p>"), typed_block(SOUND, source=""))
    block = case.newest_text().body[0].value["content"][1]
    assert (found(case, "no-source").block_id, found(case, "no-source").place) == (block.id, "Resultater")


def test_lix_follows_the_formula() -> None:
    words = "Det er en kort sætning med syv ord. " * 6
    assert lix(words) == round(8 + 100 * 6 / 48)


def test_lix_of_a_short_text_is_unknown() -> None:
    assert lix("For kort.") is None
