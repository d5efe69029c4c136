"""A comparison says the same on the page, in the CSV, in the case, and in its web page, PDF and Word file."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases.assembly.paper import assemble
from cases.models import CommitteeCase
from cases.services import make_documents
from documents import formats
from documents.enums import Audience, Format
from documents.models import Snapshot
from documents.redaction import RESTRICTED
from documents.services.rendering import render_snapshot
from results.services import reinstate_delivery, withdraw_delivery
from tests.cases.papers import case_with, text_block
from tests.cases.test_comparison import table_in
from tests.documents.readback import Outline, TableOutline
from tests.documents.readback.html import read_html
from tests.documents.readback.pdf import read_pdf
from tests.documents.readback.word import read_word
from tests.factories import DeliveryFactory, OutsideFigureFactory, ResultCommentFactory
from tests.results.comparison.conftest import NOW, Market, market  # noqa: F401

pytestmark = pytest.mark.django_db
KEPT_TO_THE_PAGE = 2  # remarks and what is not yet measurable stand in the notes of a paper
READERS = {Format.HTML: lambda data: read_html(data.decode()), Format.PDF: read_pdf, Format.DOCX: read_word}


@pytest.fixture
def many(market: Market) -> Market:  # noqa: F811
    """Suppliers enough, with one whose small cell is hidden outside, thousands, and a figure of jobindsats beside."""
    for name, x in (("Birkemose Job og Uddannelse", 300), ("Havgård", 637), ("Åmose", 312), ("Ådal", 404)):
        market.figure(name, market.sick, x, 1204)
        market.figure(name, market.resource, 9, 60, pending=12)
    market.figure("Omkørslen", market.sick, 2, 40)
    OutsideFigureFactory(
        measure=market.measure,
        period_start=NOW.start,
        period_end=NOW.end,
        benefit_group=None,
        area="Hele landet",
        what="Job 3 måneder efter afsluttet forløb",
        share_percent=Decimal("31.20"),
    )
    return market


def put_into_a_case(client: Client, officer: User, address: str) -> CommitteeCase:
    case = case_with(text_block("<p>Godt.</p>"), by=officer)
    (part,) = case.newest_text().body
    sent = {"place": f"{case.pk}:{part.id}", "caption": "Job i 2023"}
    assert client.post(f"{reverse('cases:insert_comparison')}{address}", sent).status_code == 302
    return CommitteeCase.objects.get()


def rendered(case: CommitteeCase, officer: User) -> Snapshot:
    """Freeze the case and run the job that makes its files."""
    snapshot, _job = make_documents(case, by=officer)
    render_snapshot(str(snapshot.pk), lambda percent, message="": None)
    return snapshot


def on_the_page(client: Client, address: str) -> list[list[str]]:
    page = lxml.html.document_fromstring(client.get(f"{reverse('results:comparison')}{address}").content.decode())
    (table,) = page.find_class("comparison-table")
    for mark in table.find_class("w-status"):
        mark.drop_tree()
    return [[" ".join(cell.text_content().split(" ")).strip() for cell in row] for row in table.iter("tr")][1:]


def in_the_file(client: Client, address: str) -> list[list[str]]:
    response = client.get(f"{reverse('results:comparison')}{address}&export=csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))[1:]


def cells_of(snapshot: Snapshot, audience: Audience, kind: Format) -> list[list[str]]:
    (table,) = [each for each in outline_of(snapshot, audience, kind).tables if _is_comparison(each)]
    return [[squeezed(cell.text).rstrip(RESTRICTED) for cell in row] for row in table.rows][1:]


def outline_of(snapshot: Snapshot, audience: Audience, kind: Format) -> Outline:
    rendition = snapshot.rendition(audience, kind)
    assert rendition is not None
    return READERS[kind](rendition.read())


def _is_comparison(table: TableOutline) -> bool:
    return "Jobi2023" in squeezed(table.caption)


def squeezed(text: str) -> str:
    return "".join(text.split())


def plain(text: str) -> str:
    """Return a number as a file has it: without the point of thousands, and nothing for what nobody knows."""
    return "" if text == formats.MISSING else text.replace(".", "")


def test_page_file_case_and_documents_hold_the_same_numbers(
    officer_client: Client, officer: User, many: Market
) -> None:
    address = f"?maal=job_2m&omraade=delaftale-{many.lot.pk}&periode=2023"
    page, file = on_the_page(officer_client, address), in_the_file(officer_client, address)
    assert [[plain(cell) for cell in row] for row in page] == [[plain(cell) for cell in row] for row in file]
    shown = [[squeezed(cell) for cell in row[:-KEPT_TO_THE_PAGE]] for row in page]
    assert len(shown) == 13
    assert ["Havgård", "Sumafgrupper", "1.264", "646"] in [row[:4] for row in shown]
    snapshot = rendered(put_into_a_case(officer_client, officer, address), officer)
    for kind in READERS:
        assert cells_of(snapshot, Audience.INTERNAL, kind) == shown, kind
        assert_outside_figures_are_context(snapshot, kind)


def test_a_suppliers_own_words_stand_with_its_figures_in_every_document(
    officer_client: Client, officer: User, many: Market
) -> None:
    supplier = many.suppliers["Havgård"]
    period = {"period_start": NOW.start, "period_end": NOW.end}
    ResultCommentFactory(
        supplier=supplier,
        measure=many.measure,
        framework=many.lot.framework,
        lot=many.lot,
        text="Vi fik flere.",
        **period,
    )
    address = f"?maal=job_2m&omraade=delaftale-{many.lot.pk}&periode=2023"
    assert "Vi fik flere." in officer_client.get(f"{reverse('results:comparison')}{address}").text
    snapshot = rendered(put_into_a_case(officer_client, officer, address), officer)
    for kind in READERS:
        outline = outline_of(snapshot, Audience.PUBLIC, kind)
        said = squeezed(outline.text + " ".join(outline.footnotes))
        assert squeezed("Havgård siger selv: Vi fik flere.") in said, kind


def assert_outside_figures_are_context(snapshot: Snapshot, kind: Format) -> None:
    said = squeezed("Kontekst udefra, ikke en reference: Hele landet, Job 3 måneder efter afsluttet forløb: 31,2 %")
    outline = outline_of(snapshot, Audience.PUBLIC, kind)
    assert said in squeezed(outline.text + " ".join(outline.footnotes)), kind
    assert not [cell for table in outline.tables for row in table.rows for cell in row if "31,2" in cell.text], kind


def test_the_unit_and_definition_of_the_page_are_those_of_the_case(
    officer_client: Client, officer: User, many: Market
) -> None:
    """The newest delivery counts courses; who looks at persons and puts that into a case gets persons."""
    for name, x in (("Havgård", 50), ("Åmose", 30)):
        many.figure(name, many.sick, x, 110, unit="persons", delivery=DeliveryFactory(extracted_on=dt.date(2020, 1, 1)))
    place = f"?maal=job_2m&omraade=delaftale-{many.lot.pk}&periode=2023"
    assert in_the_file(officer_client, place)[0][2] != "110"
    address = f"{place}&enhed=persons&definition={many.version.pk}&orden=stoerrelse&placering=on"
    shown = [[squeezed(cell) for cell in row[:-KEPT_TO_THE_PAGE]] for row in on_the_page(officer_client, address)]
    assert [row[2] for row in shown] == ["110", "110"]
    case = put_into_a_case(officer_client, officer, address)
    assert [[squeezed(cell) for cell in row] for row in table_in(assemble(case.newest_text()).document)] == shown


def test_a_version_says_when_a_delivery_behind_it_is_withdrawn(
    officer_client: Client, officer: User, many: Market
) -> None:
    case = put_into_a_case(officer_client, officer, f"?maal=job_2m&omraade=delaftale-{many.lot.pk}")
    make_documents(case, by=officer)
    first = officer_client.get(case.get_absolute_url()).content.decode()
    assert "trukket tilbage" not in first
    withdraw_delivery(many.delivery, reason="Fejl i udtrækket for juni", by=officer)
    pages = [case.get_absolute_url(), reverse("cases:evidence", args=[case.pk, 1])]
    for page in pages:
        text = officer_client.get(page).content.decode()
        assert "Versionen hviler på tal, som blev trukket tilbage" in text
        assert "Fejl i udtrækket for juni" in text
    reinstate_delivery(many.delivery, by=officer)
    assert "trukket tilbage" not in officer_client.get(pages[0]).content.decode()
