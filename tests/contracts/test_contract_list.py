"""The list of contracts finds a supplier's by name and by number, and asks the same however many there are."""

from __future__ import annotations

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from suppliers.services import merge_suppliers
from tests.factories import ContractFactory, SpendFactory, SupplierFactory

pytestmark = pytest.mark.django_db
LIST = "contract:index"


def numbers(client: Client, asked: str, name: str = "supplier") -> list[str]:
    response = client.get(reverse(LIST), {name: asked, "ordering": "number"})
    return [contract.number for contract in response.context["object_list"]]


def test_contracts_of_a_supplier_by_name_or_number(officer_client: Client) -> None:
    first = ContractFactory(number="K-1", supplier__name="Vejen Frem")
    ContractFactory(number="K-2", supplier__name="Nyt Job")
    assert numbers(officer_client, "vejen") == ["K-1"]
    assert numbers(officer_client, first.supplier.cvr) == ["K-1"]
    assert numbers(officer_client, "findes ikke") == []


def test_a_bookmark_from_when_suppliers_and_lots_were_chosen_finds_the_same(
    officer_client: Client, officer: User
) -> None:
    contract = ContractFactory(number="K-1", supplier__name="Vejen Frem", lot__code="unge", lot__name="Unge")
    ContractFactory(number="K-2", supplier__name="Nyt Job", lot__code="voksne", lot__name="Voksne")
    old = SupplierFactory(name="Vejen Frem af 2019")
    merge_suppliers(old, into=contract.supplier, reason="Den samme", by=officer)
    assert numbers(officer_client, str(contract.supplier_id)) == ["K-1"]
    assert numbers(officer_client, str(old.pk)) == ["K-1"]
    assert numbers(officer_client, str(contract.lot_id), "lot") == ["K-1"]
    assert numbers(officer_client, "4711") == numbers(officer_client, "4711", "lot") == []
    assert numbers(officer_client, "9" * 30) == []


def test_a_merged_supplier_is_found_by_its_old_name_too(officer_client: Client, officer: User) -> None:
    contract = ContractFactory(number="K-1", supplier__name="Vejen Frem")
    old = SupplierFactory(name="Broen ApS")
    merge_suppliers(old, into=contract.supplier, reason="Den samme", by=officer)
    assert numbers(officer_client, "broen") == numbers(officer_client, old.cvr) == ["K-1"]


def test_contracts_of_a_lot_by_code_or_name(officer_client: Client) -> None:
    for number, (code, name) in enumerate([("1", "Unge"), ("10", "Unge voksne"), ("11", "Sygemeldte")], start=1):
        ContractFactory(number=f"K-{number}", lot__code=code, lot__name=name)
    assert numbers(officer_client, "1", "lot") == ["K-1"]
    assert numbers(officer_client, " unge ", "lot") == ["K-1", "K-2"]
    assert numbers(officer_client, "findes ikke", "lot") == []


def test_months_of_spend_of_one_contract(officer_client: Client) -> None:
    for number in ("K-1", "K-2"):
        SpendFactory(contract__number=number, contract__supplier__name=f"L {number}", contract__lot__code=f"o-{number}")
    for asked in ({"contract": "K-1"}, {"supplier": "L K-1"}, {"contract__lot": "o-K-1"}):
        rows = officer_client.get(reverse("spend:index"), asked).context["object_list"]
        assert [row.contract.number for row in rows] == ["K-1"]
    export = officer_client.get(reverse("spend:index"), {"contract": "K-2", "export": "csv"}).getvalue().decode()
    assert ("K-1" in export, "K-2" in export) == (False, True)


@pytest.mark.parametrize("name", [LIST, "spend:index", "obligation:index", "obligation_occurrence:index", "bid:index"])
def test_no_filter_lists_lots_or_suppliers(officer_client: Client, name: str) -> None:
    ContractFactory(supplier__name="Kun i registret", lot__name="Kun et udbudsområde")
    page = officer_client.get(reverse(name), {"supplier": "findes ikke"}).content.decode()
    assert ("Kun i registret" in page, "Kun et udbudsområde" in page) == (False, False)


@pytest.mark.parametrize(
    "name", [LIST, "frameworkagreement:index", "lot:index", "supplier:index", "contracts_import:index"]
)
def test_lists_ask_the_same_for_one_row_and_for_three(officer_client: Client, name: str) -> None:
    from django.db import connection

    counts = []
    for more in (1, 2):
        ContractFactory.create_batch(more)
        officer_client.get(reverse(name))
        with CaptureQueriesContext(connection) as queries:
            assert officer_client.get(reverse(name)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 40
