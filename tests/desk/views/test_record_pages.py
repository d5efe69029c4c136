"""The pages about one supplier, framework and contract: who may open them, and what they cost."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from desk.views.pages import CONTRACT, FRAMEWORK, PAGES, SUPPLIER
from suppliers.services import merge_suppliers
from tests.desk.world import World, world
from tests.factories import ContractFactory, SupplierFactory

TABS = [(page, tab) for page in PAGES for tab in page.tabs]
NAMES = [f"{page.name}-{tab.name}" for page, tab in TABS]
MOST_QUERIES = 40


def addresses(made: World) -> dict[str, str]:
    records = {SUPPLIER: made.supplier, FRAMEWORK: made.framework, CONTRACT: made.contract}
    return {f"{page.name}-{tab.name}": page.address(records[page], tab) for page, tab in TABS}


def costs(client: Client, made: World) -> dict[str, int]:
    found = {}
    for name, address in addresses(made).items():
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        assert response.status_code == 200, name
        found[name] = len(queries)
    return found


def test_each_tab_takes_the_same_queries_however_much_there_is(officer_client: Client) -> None:
    officer_client.get("/admin/")
    few = costs(officer_client, world(1))
    many = costs(officer_client, world(4))
    assert few == many, {name: (few[name], many[name]) for name in few if few[name] != many[name]}
    assert max(few.values()) <= MOST_QUERIES


def facts_on(client: Client, address: str) -> list[tuple[str, list[str]]]:
    return [(fact.label, [str(item.text) for item in fact.items]) for fact in client.get(address).context["facts"]]


def test_every_tab_of_a_record_has_the_same_facts_on_top(officer_client: Client) -> None:
    made = world(1)
    for page, record in ((SUPPLIER, made.supplier), (FRAMEWORK, made.framework), (CONTRACT, made.contract)):
        strips = [facts_on(officer_client, page.address(record, tab)) for tab in page.tabs]
        assert strips[0]
        assert strips == [strips[0]] * len(page.tabs)


def test_no_fact_leads_to_where_its_reader_may_not_go(officer: User, officer_client: Client) -> None:
    contract = ContractFactory(responsible=officer)
    page = CONTRACT.address(contract, CONTRACT.tabs[0])

    leads = [item for fact in officer_client.get(page).context["facts"] for item in fact.items if item.url]

    assert str(officer) in dict(facts_on(officer_client, page))["Ansvarlig"]
    assert {officer_client.get(item.url).status_code for item in leads} == {200}


def test_every_tab_of_an_empty_record_opens(reader_client: Client) -> None:
    contract = ContractFactory()
    made = World(contract.supplier, contract.lot.framework, contract)
    assert {reader_client.get(address).status_code for address in addresses(made).values()} == {200}
    alone = SupplierFactory()
    assert {reader_client.get(SUPPLIER.address(alone, tab)).status_code for tab in SUPPLIER.tabs} == {200}


def test_nobody_else_opens_them(supplier_client: Client) -> None:
    made = world(1)
    assert {supplier_client.get(address).status_code for address in addresses(made).values()} == {403}
    assert {Client().get(address).status_code for address in addresses(made).values()} == {302}


def test_only_to_look_at(officer_client: Client) -> None:
    made = world(1)
    assert {officer_client.post(address).status_code for address in addresses(made).values()} == {405}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_is_not_there_is_not_found(officer_client: Client, page: object) -> None:
    assert officer_client.get(reverse(f"desk:{page.name}_overview", args=[4711])).status_code == 404


def test_every_list_is_exported_whole(officer_client: Client) -> None:
    made = world(1)
    for _each in range(30):
        ContractFactory(supplier=made.supplier)
    tab = addresses(made)["supplier-contracts"]
    shown = officer_client.get(tab)
    assert len(list(shown.context["tables"]["kontrakter"].lines)) == 25
    assert len(list(officer_client.get(tab, {"kontrakter-side": "2"}).context["tables"]["kontrakter"].lines)) == 7
    lines = officer_client.get(tab, {"list": "kontrakter", "export": "csv"}).getvalue().decode().split("\r\n")
    assert len(lines) == 34  # headings, 32 contracts, and what follows the last line break
    book = load_workbook(io.BytesIO(officer_client.get(tab, {"list": "kontrakter", "export": "xlsx"}).content))
    assert book.active.max_row == 33


@pytest.mark.parametrize("asked", [{"list": "andet", "export": "csv"}, {"list": "kontrakter", "export": "pdf"}])
def test_nothing_else_is_exported(officer_client: Client, asked: dict[str, str]) -> None:
    assert officer_client.get(addresses(world(1))["supplier-contracts"], asked).status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "x", "999", ""])
def test_a_page_that_is_not_there_is_one_that_is(officer_client: Client, page: str) -> None:
    made = addresses(world(1))
    assert officer_client.get(made["supplier-contracts"], {"kontrakter-side": page}).status_code == 200
    assert officer_client.get(made["supplier-overview"], {"flere": page}).status_code == 200
    assert officer_client.get(made["supplier-history"], {"side": page}).status_code == 200


def test_a_merged_supplier_leads_to_the_same_tab_of_the_survivor(officer_client: Client, officer: User) -> None:
    merged, survivor = SupplierFactory(name="Broen ApS"), SupplierFactory(name="Broen")
    merge_suppliers(merged, into=survivor, reason="Samme", by=officer)
    tab = SUPPLIER.tabs[1]
    response = officer_client.get(SUPPLIER.address(merged, tab), follow=True)
    assert response.redirect_chain == [(SUPPLIER.address(survivor, tab), 302)]
    assert "“Broen ApS” blev lagt sammen med “Broen”" in response.content.decode()


# --- every link leads here


def test_lists_and_related_records_lead_to_the_page(officer_client: Client) -> None:
    made = world(1)
    assert SUPPLIER.address(made.supplier) in officer_client.get("/admin/supplier/").content.decode()
    fields = officer_client.get(reverse("contract:inspect", args=[made.contract.pk])).content.decode()
    assert f'href="{SUPPLIER.address(made.supplier)}"' in fields
    assert f'href="{CONTRACT.address(made.contract)}"' in officer_client.get(
        "/admin/contract/"
    ).content.decode().replace("?next=%2Fadmin%2Fcontract%2F", "")


def test_from_the_page_one_goes_on_and_comes_back(officer_client: Client, reader_client: Client) -> None:
    made = world(1)
    came_from = "/admin/supplier/?q=bro"
    page = officer_client.get(SUPPLIER.address(made.supplier), {"next": came_from}).content.decode()
    back = "?next=%2Fadmin%2Fsupplier%2F%3Fq%3Dbro"
    for name in ("edit", "inspect", "history", "delete"):
        assert f"{reverse(f'supplier:{name}', args=[made.supplier.pk])}{back}" in page, name
    assert f"{SUPPLIER.address(made.supplier, SUPPLIER.tabs[1])}{back}" in page
    read = reader_client.get(SUPPLIER.address(made.supplier)).content.decode()
    assert reverse("supplier:edit", args=[made.supplier.pk]) not in read
    assert reverse("suppliers:merge_choose", args=[made.supplier.pk]) not in read
