import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from cms.models import CasePage
from cms.services import publish_snapshot, withdraw_case
from documents.enums import Audience, Format
from tests.cms.papers import SECRET_COUNT, fact_sheet, file_bytes, frozen, recommendation, with_tables
from tests.factories import CommitteeCaseFactory, SupplierFactory

pytestmark = pytest.mark.usefixtures("site")


def publish(document=None, subject=None, slug: str = "faktaark-2023") -> CasePage:
    return publish_snapshot(frozen(document or fact_sheet(), subject or SupplierFactory()), slug=slug, by=None)


def queries_of_first_visit(client: Client, address: str) -> int:
    """Count with content types known, as after a process's first page, but nothing cached of the site or the paper."""
    client.get(address)
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_case_page_shows_paper_facts_contents_files_and_sources(client: Client):
    publish()
    html = client.get("/sager/faktaark-2023/").content.decode()

    assert re.findall(r"<h1>(.*?)</h1>", html) == ["Faktaark om rammeaftalerne 2023"]
    assert "<dt>Sagsnummer i F2</dt><dd>2023 - 7083</dd>" in html
    assert '<a href="#metode">3 Kilder og metode</a>' in html
    assert '<a href="#tabel-resultater">Tabel 1</a>: Fasit og DREAM' in html
    assert re.findall(r'href="(/hent/[^"]+)"', html) == [
        "/hent/faktaark-2023/1/case.pdf",
        "/hent/faktaark-2023/1/case.docx",
        "/hent/faktaark-2023/1/evidence.json",
    ]
    assert '<html lang="da">' in html
    assert '<meta name="description" content="Faktaarket viser, hvor mange' in html


def test_case_page_never_shows_a_hidden_figure(client: Client):
    publish()
    html = client.get("/sager/faktaark-2023/").content.decode()
    assert SECRET_COUNT not in html
    assert "•" in html


def test_case_page_shows_the_decision_first(client: Client):
    publish(recommendation(decision="Udvalget tog sagen til efterretning."), slug="sag")
    html = client.get("/sager/sag/").content.decode()
    assert (
        html.index('id="case-decision"')
        < html.index("Udvalget tog sagen til efterretning.")
        < html.index("Forvaltningen")
    )


def test_case_page_has_no_inline_script_or_style_and_no_outside_host(client: Client):
    publish()
    html = client.get("/sager/faktaark-2023/").content.decode()
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", html) == []
    assert re.findall(r'(?:src|href)="(?:https?:)?//(?!localhost)[^"]*"', html) == []


@pytest.mark.parametrize("tables", [1, 100])
def test_case_page_query_count(client: Client, tables: int):
    case = CommitteeCaseFactory()
    publish(with_tables(tables), case, slug="mange-tabeller")
    publish(fact_sheet(), CommitteeCaseFactory(annex_of=case, annex_number=1), slug="bilag")
    assert queries_of_first_visit(client, "/sager/mange-tabeller/") == 15


def test_case_page_query_count_does_not_grow_with_versions(client: Client):
    subject = SupplierFactory()
    for number in range(4):
        publish(fact_sheet(title=f"Faktaark {number}"), subject)
    assert queries_of_first_visit(client, "/sager/faktaark-2023/") == 13


def test_old_version_stays_at_its_address_and_says_that_a_newer_exists(client: Client):
    subject = SupplierFactory()
    publish(subject=subject)
    publish(fact_sheet(title="Faktaark, rettet"), subject)

    old = client.get("/sager/faktaark-2023/version/1/").content.decode()
    assert "<h1>Faktaark om rammeaftalerne 2023</h1>" in old
    assert 'class="alert alert-warning"' in old
    assert "/hent/faktaark-2023/1/case.pdf" in old
    assert '<meta name="robots" content="noindex">' in old
    new = client.get("/sager/faktaark-2023/").content.decode()
    assert "<h1>Faktaark, rettet</h1>" in new
    assert 'href="/sager/faktaark-2023/version/1/"' in new
    assert 'class="alert alert-warning"' not in new


def test_version_that_was_never_public_is_not_found(client: Client):
    subject = SupplierFactory()
    publish(subject=subject)
    frozen(fact_sheet(title="Kladde"), subject)
    assert client.get("/sager/faktaark-2023/version/2/").status_code == 404
    assert client.get("/sager/faktaark-2023/version/9/").status_code == 404


def test_withdrawn_case_is_gone_with_its_versions_and_files(client: Client):
    page = publish()
    withdraw_case(page, reason="Fejl", by=None)
    for address in ("/sager/faktaark-2023/", "/sager/faktaark-2023/version/1/", "/hent/faktaark-2023/1/case.pdf"):
        assert client.get(address).status_code == 404


def test_annex_and_its_case_lead_to_each_other(client: Client):
    case = CommitteeCaseFactory()
    annex = CommitteeCaseFactory(annex_of=case, annex_number=1, title="Faktaark")
    publish(recommendation(), case, slug="sag")
    publish(fact_sheet(), annex, slug="bilag")
    assert '<a href="/sager/bilag/">Faktaark om rammeaftalerne 2023</a>' in client.get("/sager/sag/").content.decode()
    assert '<a href="/sager/sag/">Erfaringsopsamlinger' in client.get("/sager/bilag/").content.decode()


@pytest.mark.parametrize(
    ("filename", "kind", "content_type", "disposition"),
    [
        ("case.pdf", Format.PDF, "application/pdf", 'attachment; filename="faktaark-2023-version-1.pdf"'),
        ("case.docx", Format.DOCX, Format.DOCX.content_type, 'attachment; filename="faktaark-2023-version-1.docx"'),
        ("evidence.json", Format.EVIDENCE, "application/json", 'attachment; filename="faktaark-2023-version-1.json"'),
    ],
)
def test_download_is_the_public_file(client: Client, filename: str, kind: Format, content_type: str, disposition: str):
    snapshot = publish().snapshot
    response = client.get(f"/hent/faktaark-2023/1/{filename}")
    assert response.content == file_bytes(snapshot, Audience.PUBLIC, kind)
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == disposition
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["ETag"] == f'"{snapshot.rendition(Audience.PUBLIC, kind).sha256}"'


def test_download_again_with_the_same_fingerprint_sends_nothing(client: Client):
    publish()
    etag = client.get("/hent/faktaark-2023/1/case.pdf")["ETag"]
    again = client.get("/hent/faktaark-2023/1/case.pdf", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path", ["faktaark-2023/1/case.html", "faktaark-2023/2/case.pdf", "andet/1/case.pdf", "faktaark-2023/1/x"]
)
def test_download_of_anything_else_is_not_found(client: Client, path: str):
    publish()
    assert client.get(f"/hent/{path}").status_code == 404


def test_download_from_a_page_behind_a_sign_in_is_not_found(client: Client):
    page = publish()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/hent/faktaark-2023/1/case.pdf").status_code == 404


def test_download_refuses_other_verbs(client: Client):
    publish()
    assert client.post("/hent/faktaark-2023/1/case.pdf").status_code == 405
