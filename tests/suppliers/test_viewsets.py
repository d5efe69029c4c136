from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from suppliers.models import Supplier
from tests.factories import ContactFactory, SupplierFactory
from tests.records.forms import posted

LIST = "/admin/supplier/results/"


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries(officer_client: Client, rows: int) -> None:
    for _row in range(rows):
        SupplierFactory()
    with CaptureQueriesContext(connection) as queries:
        response = officer_client.get(LIST)
    assert len(response.context["object_list"]) == rows
    assert len(queries) == 9


@pytest.mark.parametrize("number", ["1234567", "90000005", "ABCDEFGH", "900000040"])
def test_a_wrong_cvr_number_is_told_beside_the_field(officer_client: Client, number: str) -> None:
    response = officer_client.post("/admin/supplier/new/", {"name": "Broen", "cvr": number})
    assert list(response.context["form"].errors) == ["cvr"]


@pytest.mark.parametrize("written", ["90 00 00 04", "DK90000004", " dk 9000 0004 "])
def test_a_cvr_number_may_be_written_as_on_a_letter(officer_client: Client, written: str) -> None:
    page = officer_client.get("/admin/supplier/new/").content.decode()
    assert 'maxlength="8"' not in page
    data = posted(officer_client, "/admin/supplier/new/", name="Broen", cvr=written)
    officer_client.post("/admin/supplier/new/", data)
    assert Supplier.objects.values_list("cvr", flat=True).get() == "90000004"


def test_a_cvr_number_stands_once(officer_client: Client) -> None:
    supplier = SupplierFactory()
    response = officer_client.post("/admin/supplier/new/", {"name": "Broen", "cvr": supplier.cvr})
    assert list(response.context["form"].errors) == ["cvr"]


def test_chooser_searches_by_name_and_number(officer_client: Client) -> None:
    SupplierFactory(name="Broen", cvr="90000004")
    SupplierFactory(name="Kompas", cvr="90000012")
    page = officer_client.get(f"{reverse('supplier_chooser:choose_results')}?q=kom").content.decode()
    assert "Kompas" in page
    assert "Broen" not in page


def test_list_is_filtered_and_exported(officer_client: Client) -> None:
    contact = ContactFactory(name="Kim Testesen", level="director", supplier__name="Broen")
    ContactFactory(name="Gammel Testesen", is_active=False, supplier=contact.supplier)
    SupplierFactory(name="Kompas", status="ended", status_reason="Lukket.", status_since=dt.date(2025, 3, 1))
    assert [row.name for row in officer_client.get(LIST, {"status": "ended"}).context["object_list"]] == ["Kompas"]
    assert [row.name for row in officer_client.get(LIST, {"level": "director"}).context["object_list"]] == ["Broen"]
    export = (
        officer_client.get("/admin/supplier/", {"export": "csv", "columns": ["status", "contacts"]}).getvalue().decode()
    )
    assert export.removeprefix("\ufeff").split("\r\n") == [
        "Navn;Status;Kontaktpersoner",
        "Broen;I samarbejde;Kim Testesen",
        "Kompas;Samarbejdet er ophørt;",
        "",
    ]
