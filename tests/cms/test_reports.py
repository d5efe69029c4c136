"""Suppliers' published reports: pages, PDF, search and open data say what is public and nothing else."""

from __future__ import annotations

import csv
import io
import json

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ReferenceIndex

from cms.queries.frameworks import framework_overview
from cms.queries.reports import public_rounds, rounds_of
from cms.queries.search import search_public, search_reports
from documents.validation import validate_pdf
from learnings.enums import WithholdingKind
from learnings.links import public_address
from learnings.models import ReportEdition, ReportVersion, Round
from learnings.services import redact_found, withdraw_report, withhold
from learnings.services.edition_files import make_file, pdf_of
from tests.conftest import client_for
from tests.documents.readback.pdf_text import marked_texts
from tests.factories import AttachmentFactory, ContactFactory, MembershipFactory, UserFactory
from tests.learnings.publishing import (
    CPR,
    EMAIL,
    HARMLESS,
    NAME,
    PERSONAL,
    PHONE,
    answer_of,
    asked_round,
    published,
    report_of,
)
from tests.learnings.world import accepted, supplier_on

pytestmark = pytest.mark.usefixtures("site")

SECRET = "vores hemmelige metode"
HIDDEN = (CPR, PHONE, EMAIL, NAME, "Tangvig", "havgaard.example", SECRET, "hemmelige")
PAGES = ("/", "/erfaringer/", "/erfaringer/2024/", "/erfaringer/2024/havgaard/", "/aabne-data/")
FILES = ("/erfaringer/2024.csv", "/erfaringer/2024.json", "/erfaringer/2024/havgaard/indberetning.pdf")


@pytest.fixture
def version() -> ReportVersion:
    return report_of(asked_round(), name="Havgård", text=f"{PERSONAL} Det er {SECRET}.")


@pytest.fixture
def edition(version: ReportVersion) -> ReportEdition:
    """A public report, of which everything personal and a secret is kept out."""
    question = answer_of(version).question_id
    withhold(version.report, question, passage=SECRET, kind=WithholdingKind.SECRET, reason="Vores", by=None)
    return published(version)


@pytest.fixture
def filed(edition: ReportEdition) -> ReportEdition:
    """The same with its PDF."""
    make_file(str(edition.pk))
    edition.refresh_from_db()
    return edition


def body(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if path.endswith(".pdf"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            facts = f"{dict(pdf.docinfo)} {pdf.Root.Metadata.read_bytes().decode()}"
            return facts + " ".join(text for page in pdf.pages for text in marked_texts(page).values())
    return content.decode("utf-8-sig")


# --- what must not be seen


def test_what_is_kept_out_is_nowhere(client: Client, filed: ReportEdition) -> None:
    paths = (*PAGES, *FILES, "/soeg/?q=faste", "/soeg/?q=Havg%C3%A5rd")
    texts = {path: body(client, path) for path in paths}
    assert [(path, words) for path, text in texts.items() for words in HIDDEN if words in text] == []
    assert not [words for words in HIDDEN if words in f"{filed.text} {filed.content}"]


@pytest.mark.parametrize("words", ["hemmelige", "Tangvig", "22334455", "0101901234", "lone"])
def test_search_does_not_find_what_is_kept_out(edition: ReportEdition, words: str) -> None:
    assert search_reports(words) == []


def test_nothing_is_public_before_publication_nor_after_withdrawal(client: Client, version: ReportVersion) -> None:
    def statuses() -> set[int]:
        return {client.get(path).status_code for path in (*PAGES[2:4], *FILES)}

    assert statuses() == {404}
    redact_found(version.report, by=None)
    assert statuses() == {404}
    make_file(str(published(version).pk))
    assert statuses() == {200}
    withdraw_report(version.report, reason="Fejl", by=None)
    assert statuses() == {404}
    assert search_reports("faste") == []
    assert public_rounds() == []
    assert "Havgård" not in body(client, "/erfaringer/")


def test_everybody_sees_the_same(client: Client, officer_client: Client, filed: ReportEdition) -> None:
    """Staff and suppliers' people, also the report's own, get no more on the website than anybody."""
    others = [officer_client, client_for(UserFactory(is_external=True))]
    others.append(client_for(MembershipFactory(supplier=filed.report.supplier).user))
    for path in (*PAGES, *FILES):
        assert {_main(body(each, path)) for each in others} == {_main(body(client, path))}, path


def _main(page: str) -> str:
    return page[page.index("<main") : page.index("</main")] if "<main" in page else page


def test_attachments_are_not_published(client: Client) -> None:
    version = report_of(asked_round(), name="Havgård", text=HARMLESS)
    names = [AttachmentFactory.build(version=version).file_name]
    published(version)
    assert not [name for name in names if name in body(client, "/erfaringer/2024/havgaard/")]
    assert "/bilag/" not in body(client, "/erfaringer/2024/havgaard/")


# --- what is seen


def test_the_report_page_marks_what_is_left_out_and_says_why(client: Client, filed: ReportEdition) -> None:
    page = body(client, "/erfaringer/2024/havgaard/")
    assert public_address(filed, filed.report) == "/erfaringer/2024/havgaard/"
    assert "Grund: forretningshemmelighed og personoplysninger." in page
    mark = '<span aria-hidden="true">[udeladt]</span><span class="sr-only">(her er ord udeladt)</span>'
    assert page.count(mark) == 5
    assert "Den faste kontakt virker." in page
    assert 'href="/erfaringer/2024/havgaard/indberetning.pdf"' in page


def test_a_withheld_answer_says_on_what_ground_and_nothing_more(client: Client) -> None:
    version = report_of(asked_round(), name="Havgård", text=HARMLESS)
    withhold(
        version.report, answer_of(version).question_id, passage="", kind=WithholdingKind.SECRET, reason="Vores", by=None
    )
    published(version)
    page = body(client, "/erfaringer/2024/havgaard/")
    assert "Svaret er udeladt. Grund: forretningshemmelighed." in page
    assert HARMLESS not in page
    (row,) = list(csv.DictReader(io.StringIO(body(client, "/erfaringer/2024.csv")), delimiter=";"))
    assert (row["tilstand"], row["grund"], row["svar"]) == ("udeladt", "forretningshemmelighed", "")


def test_the_round_page_tells_what_was_asked_who_answered_and_how_many(client: Client, edition: ReportEdition) -> None:
    page = body(client, "/erfaringer/2024/")
    for text in (
        "Hvad gør en forskel?",
        ">Havgård</a>",
        "1 leverandør blev bedt om",
        "1 indberetning er godkendt, og 1",
    ):
        assert text in page


def test_search_finds_reports_and_rounds(client: Client, edition: ReportEdition) -> None:
    assert [type(each).__name__ for each in search_public("Erfaringer 2024")] == ["RoundRow", "ReportEdition"]
    page = body(client, "/soeg/?q=faste+kontakt")
    assert 'href="/erfaringer/2024/havgaard/"' in page
    assert "<mark>" in page


def test_the_pdf_is_valid_and_the_same_each_time(client: Client, filed: ReportEdition) -> None:
    first = pdf_of(filed)
    assert validate_pdf(first) == ()
    address = FILES[2]
    response = client.get(address)
    assert (response["Content-Type"], response.content) == ("application/pdf", first)
    assert 'filename="havgaard-2024.pdf"' in response["Content-Disposition"]
    assert client.get(address, headers={"If-None-Match": response["ETag"]}).status_code == 304
    make_file(str(filed.pk))
    assert filed.history.count() == 1


def test_there_is_no_link_to_a_file_that_is_not_made(client: Client) -> None:
    published(report_of(asked_round(), name="Havgård", text=HARMLESS))
    assert "indberetning.pdf" not in body(client, "/erfaringer/2024/havgaard/")
    assert client.get(FILES[2]).status_code == 404


def test_open_data_have_a_line_for_each_answer_in_the_documented_layout(client: Client, edition: ReportEdition) -> None:
    (row,) = list(csv.DictReader(io.StringIO(body(client, "/erfaringer/2024.csv")), delimiter=";"))
    said = "Ring til [udeladt] på [udeladt], skriv til [udeladt]. Borgeren [udeladt] fik job. Den faste kontakt virker."
    assert row == {
        "år": "2024",
        "runde": "Erfaringer 2024",
        "leverandør": "Havgård",
        "cvr": edition.report.supplier.cvr,
        "afsnit": "Generelle spørgsmål",
        "nøgle": "kontakt",
        "spørgsmål": "Hvad gør en forskel?",
        "tilstand": "delvist udeladt",
        "grund": "forretningshemmelighed og personoplysninger",
        "svar": f"{said} Det er [udeladt].",
        "offentliggjort": timezone.localdate(edition.published_at).isoformat(),
        "adresse": "http://testserver/erfaringer/2024/havgaard/",
    }
    data = json.loads(body(client, "/erfaringer/2024.json"))
    (report,) = data["indberetninger"]
    assert (data["runde"], data["år"], report["leverandør"]) == ("Erfaringer 2024", 2024, "Havgård")
    assert report["svar"][0]["grunde"] == ["forretningshemmelighed", "personoplysninger"]


@pytest.mark.parametrize("path", FILES[:2])
def test_open_data_are_asked_for_again_only_when_they_changed(
    client: Client, edition: ReportEdition, path: str
) -> None:
    response = client.get(path)
    assert response["Cache-Control"] == "public, no-cache"
    assert client.get(path, headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert client.post(path).status_code == 405


def test_the_site_leads_to_the_reports(client: Client, edition: ReportEdition) -> None:
    front = body(client, "/")
    assert 'href="/erfaringer/"' in front[front.index("<header") : front.index("</header")]
    assert 'href="/erfaringer/2024/"' in front
    ((lot,), *_others) = [framework.lots for framework in framework_overview().frameworks]
    assert [each.url for each in lot.links] == ["/erfaringer/2024/havgaard/"]
    assert f'<a href="{lot.links[0].url}">Havgård</a>' in front


def test_other_years_of_the_supplier_are_linked(client: Client, edition: ReportEdition) -> None:
    earlier = asked_round(2023)
    published(accepted(earlier, edition.report.supplier, kontakt=HARMLESS))
    assert 'href="/erfaringer/2023/havgaard/"' in body(client, "/erfaringer/2024/havgaard/")


def test_a_case_and_its_round_lead_to_each_other(client: Client, edition: ReportEdition) -> None:
    from django.contrib.contenttypes.models import ContentType

    from cases.models import CommitteeCase
    from cms.services import publish_snapshot
    from tests.cms.papers import fact_sheet, frozen
    from tests.factories import CommitteeCaseFactory

    case = CommitteeCaseFactory(slug="sagen")
    case_type = ContentType.objects.get_for_model(CommitteeCase)
    ReferenceIndex.objects.create(
        base_content_type=case_type,
        content_type=case_type,
        object_id=str(case.pk),
        to_content_type=ContentType.objects.get_for_model(edition.report.round),
        to_object_id=str(edition.report.round_id),
        model_path="body",
        content_path="body",
        content_path_hash="00000000-0000-0000-0000-000000000001",
    )
    publish_snapshot(frozen(fact_sheet(), case), slug="sagen", by=None)
    assert [row.year for row in rounds_of(case.pk)] == [2024]
    assert 'href="/erfaringer/2024/"' in body(client, "/sager/sagen/")
    assert 'href="/sager/sagen/"' in body(client, "/erfaringer/2024/")


def test_without_reports_the_page_says_so(client: Client) -> None:
    assert "endnu ikke offentliggjort" in body(client, "/erfaringer/")
    assert client.get("/erfaringer/2024/").status_code == 404


# --- queries


def test_queries_do_not_grow_with_the_reports(client: Client, officer_client: Client) -> None:
    this_round = asked_round()
    first = published(accepted(this_round, supplier_on(name="Havgård"), kontakt=HARMLESS))
    back_office = [f"/admin/erfaringsopsamling/runder/{this_round.pk}/offentliggoerelse/"]
    back_office.append(f"/admin/erfaringsopsamling/rapporter/{first.report_id}/offentliggoerelse/")
    pages = [(client, path) for path in (*PAGES, *FILES[:2], "/soeg/?q=kontaktperson")]
    pages += [(officer_client, path) for path in back_office]
    _publish_more(this_round, 4)
    few = [_queries(*page) for page in pages]
    _publish_more(this_round, 45)
    assert [_queries(*page) for page in pages] == few


def _publish_more(this_round: Round, count: int) -> None:
    for _number in range(count):
        published(accepted(this_round, supplier_on(), kontakt=HARMLESS))


def _queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_a_changed_contact_list_does_not_change_what_is_public_before_somebody_decides(
    client: Client, edition: ReportEdition
) -> None:
    before = body(client, "/erfaringer/2024/havgaard/")
    ContactFactory(supplier=edition.report.supplier, name="Faste Kontaktsen")
    assert body(client, "/erfaringer/2024/havgaard/") == before
