from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.text import capfirst
from openpyxl import load_workbook

from accounts.models import User
from contracts.models import FrameworkAgreement
from records.viewsets import address_of
from tests.factories import ContractFactory, SavedViewFactory, SupplierFactory

LIST = "/admin/supplier/"


def names(response: object) -> list[str]:
    return [supplier.name for supplier in response.context["object_list"]]


def columns(response: object) -> list[str]:
    return [column.name for column in response.context["table"].columns.values()]


def exported(client: Client, address: str) -> list[list[str]]:
    text = b"".join(client.get(address).streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_list_shows_what_there_is_to_the_officer_and_the_reader(officer_client: Client, reader_client: Client) -> None:
    SupplierFactory(name="Broen")
    for client in (officer_client, reader_client):
        response = client.get(LIST)
        assert (response.status_code, names(response)) == (200, ["Broen"])


def test_list_offers_a_reader_nothing_to_change(reader_client: Client) -> None:
    SupplierFactory()
    page = reader_client.get(LIST).content.decode()
    assert not [word for word in ("/new/", "/edit/", "/delete/", "/copy/", "/deleted/") if f"supplier{word}" in page]


def test_list_refuses_outsiders(supplier_client: Client) -> None:
    assert supplier_client.get(LIST).status_code == 403


def test_list_says_what_to_do_when_it_is_empty(officer_client: Client, reader_client: Client) -> None:
    response = officer_client.get(LIST)
    assert str(response.context["empty_text"]) in response.content.decode()
    assert 'class="button" href="/admin/supplier/new/' in response.content.decode()
    assert "/admin/supplier/new/" not in reader_client.get(LIST).content.decode()


def test_search_finds_part_of_name_and_number(officer_client: Client) -> None:
    SupplierFactory(name="Broen til Job", cvr="90000004")
    SupplierFactory(name="Kompas", cvr="90000012")
    assert names(officer_client.get(f"{LIST}?q=til")) == ["Broen til Job"]
    assert names(officer_client.get(f"{LIST}?q=0012")) == ["Kompas"]
    assert names(officer_client.get(f"{LIST}?q=findes-ikke")) == []


def test_filter_and_order_live_in_the_address(officer_client: Client) -> None:
    first, second = ContractFactory(number="K-1"), ContractFactory(number="K-2")
    found = officer_client.get(f"/admin/contract/?supplier={second.supplier.cvr}")
    assert [contract.number for contract in found.context["object_list"]] == ["K-2"]
    ordered = officer_client.get("/admin/contract/?ordering=-number")
    assert [contract.pk for contract in ordered.context["object_list"]] == [second.pk, first.pk]


def test_columns_are_chosen_in_the_address(officer_client: Client) -> None:
    SupplierFactory()
    assert columns(officer_client.get(LIST))[:3] == ["name", "cvr", "status"]
    assert columns(officer_client.get(f"{LIST}?columns=cvr")) == ["name", "cvr"]
    assert columns(officer_client.get(f"{LIST}?columns=name")) == ["name"]
    assert columns(officer_client.get(f"{LIST}?columns=password")) == ["name"]


def test_searching_keeps_columns_and_order(officer_client: Client) -> None:
    page = officer_client.get(f"{LIST}?columns=cvr&ordering=-name").content.decode()
    search_form = page.split("data-search-form")[1].split("</form>")[0]
    assert '<input type="hidden" name="columns" value="cvr">' in search_form
    assert '<input type="hidden" name="ordering" value="-name">' in search_form


def test_every_link_leads_back_to_the_list_as_it_was(officer_client: Client) -> None:
    supplier = SupplierFactory(name="Broen")
    page = officer_client.get(f"{LIST}results/?q=Bro&columns=cvr&_w_filter_fragment=1").content.decode()
    back = "?next=%2Fadmin%2Fsupplier%2F%3Fq%3DBro%26columns%3Dcvr"
    addresses = [reverse(f"supplier:{name}", args=[supplier.pk]) for name in ("edit", "delete", "copy")]
    assert [address for address in (*addresses, address_of(supplier)) if f"{address}{back}" not in page] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries_however_many_rows(officer_client: Client, rows: int) -> None:
    for _row in range(rows):
        ContractFactory()
    with CaptureQueriesContext(connection) as queries:
        response = officer_client.get("/admin/contract/results/")
    assert len(response.context["object_list"]) == rows
    assert len(queries) == 8


# --- export


def test_export_is_what_is_seen(officer_client: Client) -> None:
    SupplierFactory(name="Broen", cvr="90000004")
    SupplierFactory(name="Broager", cvr="90000012")
    SupplierFactory(name="Kompas", cvr="90000020")
    address = f"{LIST}?q=bro&ordering=-name&columns=cvr&export="
    assert exported(officer_client, f"{address}csv")[1:] == [["Broen", "90000004"], ["Broager", "90000012"]]
    sheet = load_workbook(io.BytesIO(officer_client.get(f"{address}xlsx").content)).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        ["Broen", "90000004"],
        ["Broager", "90000012"],
    ]


def test_export_has_all_pages_and_no_formulas(officer_client: Client) -> None:
    for number in range(60):
        SupplierFactory(name=f"=HYPERLINK({number})")
    rows = exported(officer_client, f"{LIST}?export=csv")
    assert len(rows) == 61
    assert all(row[0].startswith("'=") for row in rows[1:])


def test_export_links_keep_what_is_seen(officer_client: Client) -> None:
    page = officer_client.get(f"{LIST}?q=bro&columns=cvr&p=1").content.decode()
    assert "/admin/supplier/?q=bro&amp;columns=cvr&amp;export=csv" in page


# --- saved views


def test_saved_views_are_tabs(officer_client: Client, officer: User, reader: User) -> None:
    SavedViewFactory(owner=officer, name="Min", querystring="q=bro")
    SavedViewFactory(owner=reader, name="Delt", querystring="q=kom", is_shared=True)
    SavedViewFactory(owner=reader, name="Andens", is_shared=False)
    SavedViewFactory(owner=officer, name="Andet register", register="contracts.contract")
    tabs = officer_client.get(f"{LIST}?q=bro&p=1").context["tabs"]
    assert [(str(view), active) for view, active in tabs] == [("Delt", False), ("Min", True)]


def test_only_ones_own_view_can_be_deleted_from_its_tab(officer_client: Client, reader: User) -> None:
    SavedViewFactory(owner=reader, querystring="q=kom", is_shared=True)
    assert officer_client.get(f"{LIST}?q=kom").context["delete_view_url"] is None


def test_values_reached_through_relations_are_called_by_their_own_name(officer_client: Client) -> None:
    ContractFactory()
    response = officer_client.get("/admin/contract/")
    labels = {column.name: column.label for column in response.context["table"].columns.values()}
    name = capfirst(str(FrameworkAgreement._meta.verbose_name))
    assert labels["lot.framework"] == name
    assert response.context["filters"].form["lot__framework"].label == name
