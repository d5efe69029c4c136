"""The example's two cases: what they show, and what the checks say of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.enums import Role
from cases.assembly.paper import Paper, assemble
from cases.checks.paper import check
from cases.models import CommitteeCase
from cases.queries import review
from cases.services import make_documents
from documents import tree as t
from documents.enums import Audience
from documents.numbering import walk
from documents.services.snapshots import document_for
from example import files
from example.papers import slugs
from example.texts import body_of

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("example", "db")]

AFTER_BOTH_MEETINGS = dt.date(2024, 7, 1)
HIDDEN = "•"


def case(slug: str) -> CommitteeCase:
    return CommitteeCase.objects.get(slug=slug)


def paper(slug: str) -> Paper:
    return assemble(case(slug).newest_text())


def public_document(slug: str) -> t.Document:
    """Return the frozen paper as the public may have it."""
    snapshot, _job = make_documents(case(slug), today=AFTER_BOTH_MEETINGS, by=None)
    return document_for(snapshot, Audience.PUBLIC)


def rows_of(document: t.Document, anchor: str) -> list[list[str]]:
    (table,) = (node for node in walk(document) if isinstance(node, t.Table) and node.anchor == anchor)
    return [["".join(inline.text for inline in cell.children) for cell in row.cells] for row in table.rows]


def test_the_table_of_jobs_has_the_published_figures_and_hides_small_ones() -> None:
    rows = rows_of(public_document("faktaark-2023"), "tabel_job")
    without_education = [row[:3] for row in rows]
    assert without_education == [
        ["Aktivitetsparate kontanthjælpsmodtagere", "1.286", "62 (4,8\xa0%)"],
        ["Borgere i ressourceforløb", "1.236", "8 (0,6\xa0%)"],
        ["Sygemeldte borgere", "3.393", "206 (6,1\xa0%)"],
        ["Ledighedsydelsesmodtagere", "175", "24 (13,7\xa0%)"],
        ["I alt (unikke borgere)", "6.065", "300 (4,9\xa0%)"],
    ]
    education = {row[0]: row[3] for row in rows}
    assert education["Borgere i ressourceforløb"] == HIDDEN
    assert list(education.values()).count(HIDDEN) >= 2


def test_the_table_of_plans_has_the_published_figures_and_hides_none() -> None:
    assert rows_of(public_document("faktaark-2023"), "tabel_plan") == [
        ["Aktivitetsparate kontanthjælpsmodtagere", "1.286", "202 (15,7\xa0%)"],
        ["Borgere i ressourceforløb", "1.236", "293 (23,7\xa0%)"],
        ["Sygemeldte borgere", "3.393", "783 (23,1\xa0%)"],
        ["Ledighedsydelsesmodtagere", "175", "13 (7,4\xa0%)"],
        ["I alt (unikke borgere)", "6.065", "1.291 (21,3\xa0%)"],
    ]


def test_satisfaction_has_no_number_of_answers() -> None:
    rows = rows_of(public_document("faktaark-2023"), "tabel_tilfredshed")
    assert sorted(row[1:] for row in rows) == [["3,9", "4,4", "–"], ["4,1", "4,4", "–"], ["4,3", "4,7", "–"]]


def test_the_fact_sheet_has_no_finding_but_that_outcomes_add_up() -> None:
    """A true warning of the published figures: 300 is the sum of the groups, while 6,065 is not."""
    found = review(case("faktaark-2023"), today=AFTER_BOTH_MEETINGS).findings
    assert {(finding.code, finding.is_blocking) for finding in found} == {("outcomes-add-up", False)}


def test_the_learnings_case_has_no_findings() -> None:
    assert review(case("erfaringsopsamling-2024"), today=AFTER_BOTH_MEETINGS).findings == ()


def test_a_case_whose_decision_is_taken_out_is_stopped_after_the_meeting() -> None:
    newest = case("erfaringsopsamling-2024").newest_text()
    kept = [child for child in newest.body.raw_data if child["value"].get("section") != _decision_section(newest).pk]
    newest.body = newest.body.stream_block.to_python(kept)
    found = check(assemble(newest), newest, today=AFTER_BOTH_MEETINGS)
    assert [finding.code for finding in found] == ["missing-section"]


def _decision_section(newest: CommitteeCase) -> Any:
    return newest.template.sections.get(key="beslutning")


@pytest.mark.parametrize("slug", slugs())
def test_a_case_can_be_saved_again_in_the_editor(slug: str) -> None:
    body = case(slug).newest_text().body
    body.stream_block.clean(body)


@pytest.mark.parametrize("slug", slugs())
def test_a_case_is_written_by_the_officer_and_approved_by_the_director(slug: str) -> None:
    found = case(slug)
    assert (found.live, found.has_unpublished_changes) == (True, False)
    assert found.latest_revision.user.roles() == {Role.PROCUREMENT}
    assert found.case_officer == found.latest_revision.user


def test_the_public_can_read_no_number_of_the_hidden_cells_anywhere() -> None:
    """Neither the figure nor its share stands in the text, a note, an alternative text or the table behind a chart."""
    document = public_document("faktaark-2023")
    texts = [node.text for node in walk(document) if isinstance(node, t.Text | t.Value)]
    assert not [text for text in texts if text.startswith(("5 (0,4", "1 (0,1"))]


def test_block_ids_follow_from_where_a_block_stands() -> None:
    ids = [child.id for slug in slugs() for child in case(slug).body]
    assert len(set(ids)) == len(ids)
    assert ids == [child.id for slug in slugs() for child in _written_again(slug)]


def _written_again(slug: str) -> Any:
    found = case(slug)
    raw = body_of(slug, files.read("cases")[slug], found.template)
    return found.body.stream_block.to_python(raw)


def test_every_figure_and_quote_of_a_case_can_be_traced() -> None:
    for slug in slugs():
        built = paper(slug)
        named = {key for node in walk(built.document) for key in getattr(node, "evidence", ())}
        assert named == set(built.evidence)
        assert named
