from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import SupplierFactory

LIST = "/admin/supplier/results/"


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries(officer_client: Client, rows: int) -> None:
    for _row in range(rows):
        SupplierFactory()
    with CaptureQueriesContext(connection) as queries:
        response = officer_client.get(LIST)
    assert len(response.context["object_list"]) == rows
    assert len(queries) == 8


@pytest.mark.parametrize("number", ["1234567", "90000005", "ABCDEFGH", "900000040"])
def test_a_wrong_cvr_number_is_told_beside_the_field(officer_client: Client, number: str) -> None:
    response = officer_client.post("/admin/supplier/new/", {"name": "Broen", "cvr": number})
    assert list(response.context["form"].errors) == ["cvr"]


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
