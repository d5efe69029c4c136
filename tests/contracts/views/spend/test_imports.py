"""The page for files of spend: upload, preview, confirmation, and who may."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from contracts.models import Spend, SpendDelivery
from contracts.services.spend import SPEND_KIND, import_spend
from records.models import StagedSheet
from tests.conftest import person_with
from tests.contracts.spend_files import spend_file
from tests.factories import ContractFactory, FrameworkAgreementFactory, SpendDeliveryFactory, StagedSheetFactory

NEW = "contracts:spend_new"


@pytest.fixture
def contract(db):
    return ContractFactory(number="K-1", lot__framework=FrameworkAgreementFactory(ceiling_dkk=1000))


def upload(client, *lines, **changed):
    data = {"source": "Økonomisystemet", "extracted_on": "2026-06-30", "note": "", **changed}
    return client.post(reverse(NEW), {**data, "file": spend_file(*lines or ("K-1;2026-01;100;1",))})


def staged_url(name):
    return reverse(f"contracts:{name}", args=[StagedSheet.objects.get().pk])


def staged(owner=None):
    facts = {"source": "x", "extracted_on": "2026-06-30", "note": ""}
    own = {"uploaded_by": owner} if owner else {}
    return StagedSheetFactory(kind=SPEND_KIND, facts=facts, **own)


def confirm(client):
    digest = client.get(staged_url("spend_preview")).context["digest"]
    return client.post(staged_url("spend_confirm"), {"digest": digest})


def test_the_page_says_how_the_file_must_look(officer_client, contract):
    page = officer_client.get(reverse(NEW)).content.decode()
    assert "kontraktnummer; måned; beløb; visitationer" in page


def test_upload_preview_confirm(officer_client, officer, contract):
    assert upload(officer_client, "K-1;2026-01;100;1", note="Til og med januar").url == staged_url("spend_preview")
    assert SpendDelivery.objects.count() == 0
    page = officer_client.get(staged_url("spend_preview"))
    assert [(group.kind.value, group.count) for group in page.context["groups"]] == [("new", 1)]
    assert "Til og med januar" in page.content.decode()
    response = confirm(officer_client)
    delivery = SpendDelivery.objects.get()
    assert response.url == reverse("spend_delivery:inspect", args=[delivery.pk])
    assert (delivery.source, delivery.imported_by, delivery.note) == ("Økonomisystemet", officer, "Til og med januar")
    assert StagedSheet.objects.count() == 0


def test_errors_are_all_shown_under_the_files_own_heads_and_nothing_is_kept(officer_client, contract):
    file = spend_file("K-9;x;y;z", head="Kontraktnummer;Måned;Beløb;Visitationer")
    data = {"source": "Økonomisystemet", "extracted_on": "2026-06-30", "file": file}
    response = officer_client.post(reverse(NEW), data)
    assert response.status_code == 422
    shown = [(error.row, error.column) for error in response.context["errors"]]
    assert shown == [(2, "Kontraktnummer"), (2, "Måned"), (2, "Beløb"), (2, "Visitationer")]
    assert "Økonomisystemet" in response.content.decode()
    assert StagedSheet.objects.count() == 0


def test_the_preview_shows_corrections_warnings_and_alarms(officer_client, contract):
    import_spend(spend_file("K-1;2026-01;100;1"), source="x", extracted_on=dt.date(2026, 6, 30), by=None)
    upload(officer_client, "K-1;2026-01;1500,50;1", "K-1;2019-12;1;1")
    response = officer_client.get(staged_url("spend_preview"))
    page = response.content.decode()
    assert [group.kind.value for group in response.context["groups"]] == ["replaced", "new"]
    assert "100\N{NO-BREAK SPACE}kr., visitationer: 1" in page
    assert "1.500,50\N{NO-BREAK SPACE}kr., visitationer: 1" in page
    assert "loftet på 1.000\N{NO-BREAK SPACE}kr. er overskredet med 502" in page
    assert [warning.row for warning in response.context["warnings"]] == [3]


def test_a_confirmation_of_something_else_is_refused(officer_client, contract):
    upload(officer_client)
    shown = officer_client.get(staged_url("spend_preview")).context["digest"]
    import_spend(spend_file("K-1;2026-01;200;1"), source="x", extracted_on=dt.date(2026, 6, 30), by=None)
    response = officer_client.post(staged_url("spend_confirm"), {"digest": shown})
    assert response.url == staged_url("spend_preview")
    assert SpendDelivery.objects.count() == 1


def test_a_preview_that_can_no_longer_be_imported_says_why(officer_client, contract):
    upload(officer_client)
    contract.number = "K-2"
    contract.save()
    assert officer_client.get(staged_url("spend_preview")).status_code == 422


def test_discard(officer_client, contract):
    upload(officer_client)
    assert officer_client.post(staged_url("spend_discard")).url == reverse("spend_delivery:index")
    assert (StagedSheet.objects.count(), SpendDelivery.objects.count()) == (0, 0)


@pytest.mark.parametrize("changed", [{"source": ""}, {"extracted_on": "2999-01-01"}])
def test_invalid_form(officer_client, contract, changed):
    response = upload(officer_client, **changed)
    assert (response.status_code, list(response.context["form"].errors)) == (200, list(changed))


@pytest.mark.parametrize("rows", [1, 3])
def test_preview_query_count(officer_client, contract, django_assert_num_queries, rows):
    upload(officer_client, *[f"K-1;2026-0{month + 1};1;1" for month in range(rows)])
    url = staged_url("spend_preview")
    officer_client.get(url)
    with django_assert_num_queries(18):
        officer_client.get(url)


# --- withdrawal


@pytest.fixture
def delivery(contract):
    return import_spend(
        spend_file("K-1;2026-01;100;1"), source="x", extracted_on=dt.date(2026, 6, 30), by=None
    ).delivery


def test_withdraw_and_put_back(officer_client, delivery):
    url = reverse("contracts:spend_withdraw", args=[delivery.pk])
    assert officer_client.get(url).status_code == 200
    assert list(officer_client.post(url, {"reason": " "}).context["form"].errors) == ["reason"]
    assert officer_client.post(url, {"reason": "Januar mangler " * 16}).status_code == 302
    assert Spend.objects.current().count() == 0
    assert (
        "Januar mangler" in officer_client.get(reverse("spend_delivery:inspect", args=[delivery.pk])).content.decode()
    )
    assert officer_client.post(url, {"reason": "Igen"}).context["form"].non_field_errors()
    officer_client.post(reverse("contracts:spend_reinstate", args=[delivery.pk]))
    assert Spend.objects.current().count() == 1


# --- registers


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("spend_delivery", 13), ("spend", 15)])
def test_registers_query_count(officer_client, contract, django_assert_num_queries, rows, name, queries):
    for month in range(rows):
        file = spend_file(f"K-1;2026-0{month + 1};100;1")
        import_spend(file, source="x", extracted_on=dt.date(2026, 6, 30), by=None)
    url = reverse(f"{name}:index")
    officer_client.get(url)
    with django_assert_num_queries(queries):
        assert officer_client.get(url).status_code == 200


# --- who may

PAGES = [
    ("spend_new", "get"),
    ("spend_preview", "get"),
    ("spend_confirm", "post"),
    ("spend_discard", "post"),
    ("spend_withdraw", "get"),
    ("spend_reinstate", "post"),
]


def address(name, owner=None):
    if name == "spend_new":
        return reverse(NEW)
    row = SpendDeliveryFactory() if name in {"spend_withdraw", "spend_reinstate"} else staged(owner)
    return reverse(f"contracts:{name}", args=[row.pk])


@pytest.mark.parametrize(("name", "method"), PAGES)
def test_reader_is_refused(reader_client, reader, name, method):
    assert getattr(reader_client, method)(address(name, reader)).status_code == 403


@pytest.mark.parametrize(("name", "method"), PAGES)
def test_outsider_and_anonymous_do_not_get_in(supplier_client, db, name, method):
    for client in (supplier_client, Client()):
        assert getattr(client, method)(address(name)).status_code in {302, 403, 404}


@pytest.mark.parametrize("name", ["spend_preview", "spend_confirm", "spend_discard"])
def test_what_another_person_brought_is_not_there(officer_client, name):
    method = "get" if name == "spend_preview" else "post"
    assert getattr(officer_client, method)(address(name, person_with(Role.ADMINISTRATOR))).status_code == 404


def test_what_waits_for_another_import_is_not_there(officer_client, officer):
    other = StagedSheetFactory(uploaded_by=officer)
    assert officer_client.get(reverse("contracts:spend_preview", args=[other.pk])).status_code == 404


@pytest.mark.parametrize("name", ["spend_confirm", "spend_discard", "spend_reinstate"])
def test_wrong_verb(officer_client, officer, name):
    assert officer_client.get(address(name, officer)).status_code == 405
