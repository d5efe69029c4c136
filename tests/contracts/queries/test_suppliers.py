from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from contracts.queries.suppliers import with_running_contracts
from suppliers.models import Supplier
from tests.factories import ContractFactory, SupplierFactory

TODAY = dt.date(2026, 5, 4)


@pytest.mark.django_db
def test_only_contracts_that_bind_are_counted() -> None:
    busy, idle = SupplierFactory(name="Broen"), SupplierFactory(name="Kompas")
    ContractFactory(supplier=busy)
    ContractFactory(supplier=busy, ends_on=TODAY)
    ContractFactory(supplier=idle, ends_on=TODAY - dt.timedelta(days=1))
    ContractFactory(supplier=idle, signed_by_supplier_on=None)
    counted = with_running_contracts(Supplier.objects.all(), today=TODAY)
    assert list(counted.order_by("name").values_list("name", "running_contracts")) == [("Broen", 2), ("Kompas", 0)]


def test_the_list_of_suppliers_shows_and_sorts_by_it(officer_client: Client) -> None:
    SupplierFactory(name="Kompas")
    ContractFactory(supplier__name="Broen")
    address = "/admin/supplier/?columns=running_contracts&ordering=-running_contracts"
    response = officer_client.get(address)
    assert [(row.name, row.running_contracts) for row in response.context["object_list"]] == [
        ("Broen", 1),
        ("Kompas", 0),
    ]
    export = officer_client.get(f"{address}&export=csv").getvalue().decode()
    assert export.removeprefix("\ufeff").split("\r\n")[:2] == ["Navn;Løbende kontrakter", "Broen;1"]
    assert not hasattr(
        officer_client.get("/admin/supplier/?columns=name").context["object_list"][0], "running_contracts"
    )
