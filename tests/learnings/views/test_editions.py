"""The back office's pages of publication: findings, decisions, publish, withdraw, undo."""

from __future__ import annotations

import pytest
from django.test import Client

from learnings.models import ReportEdition, ReportVersion, Resolution
from learnings.services.findings import NOTHING_YET
from tests.learnings.publishing import CPR, HARMLESS, answer_of, asked_round, found, prepared, published, report_of

pytestmark = pytest.mark.django_db

ROOT = "/admin/erfaringsopsamling/"


@pytest.fixture
def version() -> ReportVersion:
    return report_of(asked_round())


def page_of(version: ReportVersion, more: str = "") -> str:
    return f"{ROOT}rapporter/{version.report_id}/offentliggoerelse/{more}"


def round_page(version: ReportVersion, more: str = "") -> str:
    return f"{ROOT}runder/{version.report.round_id}/offentliggoerelse/{more}"


def decide(client: Client, version: ReportVersion, kind: str, **given: str):
    finding = found(version, kind)
    sent = {
        "start": finding.span[0],
        "end": finding.span[1],
        "looked_at": NOTHING_YET,
        "decision": "redacted",
        "reason": "",
    }
    return client.post(f"{ROOT}svar/{answer_of(version).pk}/fund/", sent | given, follow=True).content.decode()


def test_the_round_tells_what_waits_and_offers_what_is_ready(version: ReportVersion, officer_client: Client) -> None:
    report_of(version.report.round, name="Nordstrand", text=HARMLESS)
    page = officer_client.get(round_page(version)).content.decode()
    for text in (
        "0 af 2 godkendte",
        "4 fund venter",
        "Offentliggør 1 indberetning, der er klar",
        "Kan ikke offentliggøres",
    ):
        assert text in page


def test_the_report_lists_each_finding_with_its_place(version: ReportVersion, reader_client: Client) -> None:
    page = reader_client.get(page_of(version)).content.decode()
    for text in (
        "Ligner et CPR-nummer",
        "Telefonnummer",
        "<mark>lone@havgaard.example</mark>",
        "<mark>••••••-••••</mark>",
    ):
        assert text in page
    assert CPR not in page
    assert "<form method" not in page.partition('<div class="learnings">')[2].partition("</main>")[0]


def test_each_finding_is_decided_and_then_the_report_is_published(
    version: ReportVersion, officer_client: Client
) -> None:
    assert "Afgørelsen er gemt." in decide(
        officer_client, version, "name", decision="stands", reason="Kontaktpersonen."
    )
    assert "Skriv, hvorfor det må stå." in decide(officer_client, version, "phone", decision="stands")
    refused = decide(officer_client, version, "cpr", decision="stands", reason="Nej.")
    assert "bliver aldrig offentliggjort" in refused
    assert "En anden har truffet en afgørelse imens" in decide(officer_client, version, "name")
    page = officer_client.post(page_of(version, "hold-ude/"), follow=True).content.decode()
    assert "Offentliggør indberetningen" in page
    page = officer_client.post(
        page_of(version, "offentliggoer/"), {"digest": prepared(version).digest}, follow=True
    ).content.decode()
    assert "Indberetningen er offentlig." in page
    assert ReportEdition.objects.public().count() == 1
    assert "Kontaktpersonen." in page


def test_a_choice_that_is_missing_is_told(version: ReportVersion, officer_client: Client) -> None:
    assert "Vælg, hvad der skal ske med det." in decide(officer_client, version, "name", decision="")
    assert not Resolution.objects.exists()


def test_other_words_are_kept_out_and_taken_back(version: ReportVersion, officer_client: Client) -> None:
    address = f"{ROOT}svar/{answer_of(version).pk}/hold-ude/"
    assert "Ordene er udeladt." in officer_client.post(address, {"words": "virker"}, follow=True).content.decode()
    assert "står ikke i svaret" in officer_client.post(address, {"words": "xyz"}, follow=True).content.decode()
    row = Resolution.objects.get()
    page = officer_client.post(f"{ROOT}fund/{row.pk}/fortryd/", follow=True).content.decode()
    assert "Afgørelsen er taget tilbage." in page
    assert not Resolution.objects.exists()


def test_withdrawing_asks_why_and_is_undone(version: ReportVersion, officer_client: Client) -> None:
    published(version)
    page = officer_client.post(page_of(version, "traek-tilbage/"), {"reason": ""}, follow=True).content.decode()
    assert "Skriv, hvorfor indberetningen bliver taget af hjemmesiden." in page
    page = officer_client.post(page_of(version, "traek-tilbage/"), {"reason": "En fejl"}, follow=True).content.decode()
    assert "Fortryd tilbagetrækningen" in page
    assert "En fejl" in page
    page = officer_client.post(page_of(version, "fortryd/"), follow=True).content.decode()
    assert "Indberetningen er offentlig igen." in page


def test_a_round_is_published_and_withdrawn_from_its_page(version: ReportVersion, officer_client: Client) -> None:
    other = report_of(version.report.round, name="Nordstrand", text=HARMLESS)
    digests = {f"digest-{other.report_id}": prepared(other).digest, "digest-x": ""}
    page = officer_client.post(round_page(version, "offentliggoer/"), digests, follow=True).content.decode()
    assert "1 indberetning er offentlig." in page
    page = officer_client.post(round_page(version, "traek-tilbage/"), {"reason": "Fejl"}, follow=True).content.decode()
    assert "Rundens indberetninger er taget af hjemmesiden." in page
    assert not ReportEdition.objects.public().exists()


def test_a_round_without_accepted_reports_says_so(officer_client: Client) -> None:
    this_round = asked_round()
    page = officer_client.get(f"{ROOT}runder/{this_round.pk}/offentliggoerelse/").content.decode()
    assert "Ingen af rundens indberetninger er godkendt endnu" in page
