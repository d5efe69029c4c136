"""A comparison in a case: the same numbers as on its page, frozen with their evidence, and put there from the page."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.urls import reverse

from cases.assembly.paper import assemble
from cases.models import CommitteeCase
from cases.services import insert_live_block, make_documents
from cases.views.inserting import block_value
from documents import formats
from documents import tree as t
from documents.enums import Audience
from documents.html import render_body
from documents.numbering import walk
from documents.services.snapshots import document_for, evidence_for
from results.comparison import compare, printed
from results.services import withdraw_delivery
from tests.cases.papers import case_with, text_block
from tests.factories import SpendFactory
from tests.results.comparison.conftest import Market, market  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(market: Market) -> Market:  # noqa: F811
    for name, x in (("Birkemose", 30), ("Havgård", 60), ("Åmose", 31)):
        market.figure(name, market.sick, x, 120)
        market.figure(name, market.resource, 9, 60)
    return market


def block(market: Market, **more: object) -> dict[str, object]:  # noqa: F811
    value = block_value(market.question(), caption="Sammenligning af leverandører")
    return {"type": "comparison", "id": "11111111-0000-4000-8000-000000000001", "value": {**value, **more}}


def table_in(document: t.Document) -> list[list[str]]:
    (table,) = [node for node in walk(document) if isinstance(node, t.Table) and node.anchor == "tabel-sammenligning"]
    return [["".join(getattr(part, "text", "") for part in cell.children) for cell in row.cells] for row in table.rows]


def on_the_page(market: Market) -> list[list[str]]:  # noqa: F811
    found = compare(market.question())
    keys = [head.key for head in printed.headings(found)]
    kept = [place for place, key in enumerate(keys) if key not in {"notes", "pending"}]
    return [[row.cells[place].text for place in kept] for row in printed.rows(found)]


def test_the_paper_prints_what_the_page_prints(three: Market) -> None:
    case = case_with(block(three))
    assert table_in(assemble(case).document) == on_the_page(three)


def test_the_snapshot_keeps_its_numbers_and_evidence_when_the_delivery_is_withdrawn(three: Market, officer) -> None:
    shown = on_the_page(three)
    snapshot, _job = make_documents(case_with(block(three)), by=officer)
    withdraw_delivery(three.delivery, reason="Fejl i udtræk", by=officer)
    frozen = document_for(snapshot, Audience.INTERNAL)
    assert table_in(frozen) == shown
    assert len([key for key in snapshot.evidence if key.startswith("observation-")]) == 6
    page = render_body(frozen, assets={}.__getitem__)
    assert all(text in page for row in shown for text in row)


def test_the_public_edition_hides_small_cells_and_what_would_tell_them(three: Market, officer) -> None:
    three.figure("Omkørslen", three.sick, 2, 40)
    case = case_with(block(three, has_pictures=True))
    snapshot, _job = make_documents(case, by=officer)
    rows = {tuple(row[:2]): row[2:] for row in table_in(document_for(snapshot, Audience.PUBLIC))}
    assert rows["Omkørslen", "Sygemeldte"][:4] == ["40", formats.HIDDEN, formats.HIDDEN, formats.HIDDEN]
    assert rows["Havgård", "Sygemeldte"][:2] == ["120", "60"]
    assert set(rows["Havgård", "Sygemeldte"][4:]) == {formats.HIDDEN}
    text = json.dumps(evidence_for(snapshot, Audience.PUBLIC), ensure_ascii=False)
    assert '"outcomes": 2' not in text


def test_pictures_stand_with_the_table_when_asked_for(three: Market) -> None:
    document = assemble(case_with(block(three, has_pictures=True))).document
    charts = [node for node in walk(document) if isinstance(node, t.Chart)]
    assert len(charts) == 4
    assert all(chart.alt for chart in charts)
    assert not [
        node
        for node in walk(assemble(case_with(block(three, has_pictures=False))).document)
        if isinstance(node, t.Chart)
    ]


def test_a_choice_without_figures_says_so(three: Market) -> None:
    document = assemble(case_with(block(three, period="2019"))).document
    assert "Der er ingen tal for leverandører" in str(document)
    assert not [node for node in walk(document) if isinstance(node, t.Table)]


# --- from the page into a case


def address(three: Market) -> str:
    asked = {"maal": "job_2m", "omraade": f"delaftale-{three.lot.pk}", "periode": "2023"}
    return reverse("cases:insert_comparison", query=asked)


def test_the_page_offers_it_and_it_lands_in_the_section(officer_client, officer, three: Market) -> None:
    case = case_with(text_block("<p>Godt.</p>"), by=officer)
    page = officer_client.get("/admin/resultater/sammenligning/").content.decode()
    assert "Sæt ind i en sag" in page
    (part,) = case.newest_text().body
    assert officer_client.get(address(three)).status_code == 200
    sent = {"place": f"{case.pk}:{part.id}", "caption": "Job i 2023"}
    assert officer_client.post(address(three), sent).status_code == 302
    content = CommitteeCase.objects.get().newest_text().body[0].value["content"]
    assert [each.block_type for each in content] == ["text", "comparison"]
    assert content[1].value["caption"] == "Job i 2023"
    assert CommitteeCase.objects.get().latest_revision.user == officer


def test_a_section_that_has_gone_is_told(officer_client, officer, three: Market) -> None:
    case = case_with(text_block("<p>Godt.</p>"), by=officer)
    response = officer_client.post(address(three), {"place": f"{case.pk}:gone", "caption": "x"})
    assert list(response.context["form"].errors) == ["place"]


def test_two_comparisons_have_two_names(officer, three: Market) -> None:
    case = case_with(block(three), by=officer)
    part = case.newest_text().body[0]
    value = block_value(three.question(), caption="Igen")
    text = insert_live_block(case, part_id=part.id, kind="comparison", value=value, by=officer)
    names = [each.value["name"] for each in text.body[0].value["content"]]
    assert names == ["tabel-sammenligning", "tabel-sammenligning-2"]


def test_who_may_not(reader_client, supplier_client, officer_client, three: Market) -> None:
    assert reader_client.get(address(three)).status_code == 302
    assert supplier_client.get(address(three)).status_code == 403
    assert officer_client.get(reverse("cases:insert_comparison", query={"mod": "target"})).status_code == 404
    assert officer_client.put(address(three)).status_code == 405


def notes_in(document: t.Document) -> list[str]:
    (table,) = [node for node in walk(document) if isinstance(node, t.Table) and node.anchor == "tabel-sammenligning"]
    return ["".join(part.text for part in note if isinstance(part, t.Text | t.Value)) for note in table.notes]


def test_small_groups_are_named_below_the_table_and_hidden_outside(three: Market, officer) -> None:
    three.figure("Lyng", three.sick, 7, 20)
    three.figure("Lyng", three.resource, 2, 4)
    snapshot, _job = make_documents(case_with(block(three)), by=officer)
    inside = notes_in(document_for(snapshot, Audience.INTERNAL))
    assert [note for note in inside if note.startswith("Lille gruppe: andelen er meget usikker: Lyng (Sygemeldte)")]
    assert [note for note in inside if "Lyng (Ressourceforløb)" in note]
    assert not [note for note in notes_in(document_for(snapshot, Audience.PUBLIC)) if "Lyng (Ressourceforløb)" in note]


def test_referrals_are_named_for_what_they_are(three: Market) -> None:
    contract = three.contract("Havgård", expected_referrals_per_year=120)
    SpendFactory(contract=contract, month=dt.date(2023, 1, 1), referrals=8)
    (note,) = [note for note in notes_in(assemble(case_with(block(three))).document) if "henvisninger" in note]
    assert note.startswith("Havgård, henvisninger i perioden: 8, forventet ")
