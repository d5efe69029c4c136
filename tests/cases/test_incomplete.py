"""Drafts as Wagtail saves them: any field may be empty, and the case's page still opens."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from wagtail.blocks import Block, ChooserBlock, ListBlock, StreamBlock, StructBlock

from cases.assembly.paper import Paper, assemble
from cases.blocks import CaseBody
from cases.blocks.sections import SectionContent
from cases.blocks.text import MarkStream
from cases.checks.paper import check
from cases.models import CommitteeCase
from documents import tree as t
from documents.numbering import numbered
from tests.cases.papers import case_with, fact_sheet, results_block, section_block, template_with, text_block

pytestmark = pytest.mark.django_db

TODAY = dt.date(2024, 7, 1)
CONTENT = SectionContent().child_blocks
MARKS = MarkStream().child_blocks
NEVER_LACK = {"requested_points", "annex_list"}  # nothing in them is required


def empty(block: Block, *, nothing: Any) -> Any:
    """Return the value of a block as JSON with every field empty."""
    if isinstance(block, StructBlock):
        return {name: empty(child, nothing=nothing) for name, child in block.child_blocks.items()}
    if isinstance(block, ListBlock):
        return [{"type": "item", "id": None, "value": empty(block.child_block, nothing=nothing)}]
    if isinstance(block, StreamBlock):
        return []
    return None if isinstance(block, ChooserBlock) else nothing


def codes(paper: Paper, case: CommitteeCase) -> list[str]:
    return [finding.code for finding in check(paper, case, today=TODAY) if finding.code == "incomplete-block"]


@pytest.mark.parametrize("nothing", [None, ""])
@pytest.mark.parametrize("name", CONTENT)
def test_a_block_with_every_field_empty_builds_nothing_and_is_told(name: str, nothing: Any) -> None:
    value = empty(CONTENT[name], nothing=nothing)
    case = case_with({"type": name, "id": "tom", "value": value}).newest_text()
    paper = assemble(case)
    assert paper.parts[0].blocks == (("tom", ()),)
    assert [block_id for block_id, _what in paper.incomplete] == ["tom"] * (name not in NEVER_LACK)
    assert len(codes(paper, case)) == len(paper.incomplete)


@pytest.mark.parametrize("name", [name for name, block in CONTENT.items() if isinstance(block, StructBlock)])
def test_a_block_without_any_value_at_all_builds_nothing(name: str) -> None:
    lists = {key: [] for key, child in CONTENT[name].child_blocks.items() if isinstance(child, ListBlock)}  # type: ignore[attr-defined]
    paper = assemble(case_with({"type": name, "id": "tom", "value": lists}).newest_text())
    assert paper.parts[0].blocks == (("tom", ()),)


@pytest.mark.parametrize("name", MARKS)
def test_an_empty_mark_is_a_dash_and_the_text_stands(name: str) -> None:
    value = {**empty(MARKS[name], nothing=""), "name": "her"}
    paper = assemble(
        case_with(text_block("<p>Der er {her} borgere.</p>", {"type": name, "value": value})).newest_text()
    )
    assert paper.parts[0].nodes[1] == t.Paragraph((t.Text("Der er "), t.Text("–"), t.Text(" borgere.")))
    ((_block_id, what),) = paper.incomplete
    assert what.startswith("{her}: ")


@pytest.mark.parametrize("name", MARKS)
def test_a_mark_without_a_name_stands_nowhere(name: str) -> None:
    mark = {"type": name, "value": empty(MARKS[name], nothing=None)}
    paper = assemble(case_with(text_block("<p>Der er {her} borgere.</p>", mark)).newest_text())
    assert paper.parts[0].nodes[1] == t.Paragraph((t.Text("Der er {her} borgere."),))
    assert len(paper.incomplete) == 1


def test_a_period_that_is_none_is_told_like_an_empty_one() -> None:
    case, framework = fact_sheet()
    block = results_block([case.body[0].value["content"][0].value["measures"][0]], framework, period="sidste år")
    paper = assemble(case_with(block).newest_text())
    assert [block_id for block_id, _what in paper.incomplete] == [block["id"]]
    assert paper.results_tables == ()


def body_of(case: CommitteeCase, *parts: dict[str, Any]) -> CommitteeCase:
    case.body = CaseBody().to_python(list(parts))
    return case


def test_a_section_without_its_template_s_section_keeps_its_text() -> None:
    text = text_block("<p>Tekst.</p>")
    value = {"section": None, "heading": None, "answers": [], "content": [text]}
    case = body_of(case_with(), {"type": "section", "id": "afsnit", "value": value})
    paper = assemble(case)
    assert [key for key, _what in paper.incomplete] == ["afsnit"]
    assert paper.parts[0].nodes[1] == t.Paragraph((t.Text("Tekst."),))
    assert codes(paper, case)


def test_an_annex_without_a_name_is_left_out_with_its_tables_and_in_the_list_of_annexes() -> None:
    case, framework = fact_sheet()
    (measure, _other) = case.body[0].value["content"][0].value["measures"]
    section = template_with("bilag").sections.get()
    value = {"name": "", "title": "Tal", "content": [results_block([measure], framework)]}
    listed = {"type": "annex_list", "id": "liste", "value": {"introduction": ""}}
    body_of(case, section_block(section, listed), {"type": "annex", "id": "bilag", "value": value})
    paper = assemble(case)
    assert [part.nodes[1:] for part in paper.parts] == [()]
    assert [key for key, _what in paper.incomplete] == ["bilag"]
    assert codes(paper, case) == ["incomplete-block"]
    numbered(paper.document)


def test_blocks_without_an_id_or_with_the_same_one_each_show_their_own_figures() -> None:
    case, framework = fact_sheet()
    job, education = case.body[0].value["content"][0].value["measures"]
    blocks = [results_block([measure], framework, name=f"tabel-{measure.code[0]}") for measure in (job, education, job)]
    ids = (None, "ens", "ens")
    given = [{**block, "id": key} for block, key in zip(blocks, ids, strict=True)]
    body_of(case, section_block(case.template.sections.get(), *given))
    paper = assemble(case)
    tables = [node for node in paper.parts[0].nodes if isinstance(node, t.Table)]
    heads = [table.columns[2].label[0].text for table in tables]  # type: ignore[union-attr]
    assert heads == ["Borgere med job_2m", "Borgere med education_2m", "Borgere med job_2m"]
    assert len({key for key, _table in paper.results_tables}) == 3
