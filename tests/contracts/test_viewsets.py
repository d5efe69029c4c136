from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.models import Contract, FrameworkAgreement, Lot
from tests.factories import (
    AmendmentFactory,
    ContractFactory,
    FrameworkAgreementFactory,
    LegalBasisFactory,
    LotFactory,
    ServiceFactory,
    SupplierFactory,
    TargetGroupFactory,
)
from tests.records.forms import posted

# How many queries a list takes: the same eight everywhere, and one for each kind of links shown beside the rows.
QUERIES = {"frameworkagreement": 10, "lot": 10, "contract": 8, "targetgroup": 8, "service": 8}


def fill(rows: int) -> None:
    for _row in range(rows):
        lot = ContractFactory().lot
        lot.target_groups.add(TargetGroupFactory())
        lot.services.add(ServiceFactory())


@pytest.mark.parametrize("register", QUERIES)
@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries(officer_client: Client, register: str, rows: int) -> None:
    fill(rows)
    with CaptureQueriesContext(connection) as queries:
        response = officer_client.get(reverse(f"{register}:index_results"))
    assert len(response.context["object_list"]) == rows
    assert len(queries) == QUERIES[register]


@pytest.mark.parametrize("register", QUERIES)
def test_register_opens_for_officer_and_reader(
    officer_client: Client, reader_client: Client, supplier_client: Client, register: str
) -> None:
    fill(1)
    address = reverse(f"{register}:index")
    assert [client.get(address).status_code for client in (officer_client, reader_client)] == [200, 200]
    assert supplier_client.get(address).status_code == 403
    assert reader_client.get(reverse(f"{register}:add")).status_code == 403


def test_framework_is_made_with_danish_figures(officer_client: Client) -> None:
    data = {"name": "Indsatser 2024", "code": "i-2024", "starts_on": "2024-07-01", "ceiling_dkk": "480.000.000,50"}
    address = reverse("frameworkagreement:add")
    assert officer_client.post(address, posted(officer_client, address, **data)).status_code == 302
    framework = FrameworkAgreement.objects.get()
    assert (str(framework.ceiling_dkk), framework.ends_on) == ("480000000.50", None)


def test_framework_that_ends_before_it_starts_is_refused(officer_client: Client) -> None:
    data = {"name": "x", "code": "x", "starts_on": "2024-07-01", "ends_on": "2023-07-01"}
    address = reverse("frameworkagreement:add")
    response = officer_client.post(address, posted(officer_client, address, **data))
    assert list(response.context["form"].errors) == ["ends_on"]


def test_lot_is_filtered_by_target_group(officer_client: Client) -> None:
    unge, lot = TargetGroupFactory(), LotFactory()
    LotFactory()
    lot.target_groups.add(unge)
    address = f"{reverse('lot:index')}?target_groups={unge.pk}"
    assert list(officer_client.get(address).context["object_list"]) == [lot]


def test_contract_with_an_open_end_is_legal_and_listed(officer_client: Client) -> None:
    data = {
        "number": "K-1",
        "supplier": SupplierFactory().pk,
        "lot": LotFactory().pk,
        "starts_on": dt.date(2024, 7, 1).isoformat(),
    }
    address = reverse("contract:add")
    assert officer_client.post(address, posted(officer_client, address, **data)).status_code == 302
    assert list(officer_client.get(reverse("contract:index")).context["object_list"]) == [Contract.objects.get()]


def test_lot_is_exported_with_names_of_its_links(officer_client: Client) -> None:
    lot = LotFactory(code="1A", name="Unge", framework=FrameworkAgreementFactory(name="Ramme"))
    lot.target_groups.add(TargetGroupFactory(name="Udsatte unge"))
    lot.services.add(ServiceFactory(name="Mentorforløb"))
    text = b"".join(officer_client.get(f"{reverse('lot:index')}?export=csv").streaming_content).decode()
    assert text.splitlines()[1] == "1A;Unge;Ramme;Udsatte unge;Mentorforløb;"


@pytest.mark.parametrize(("chooser", "model"), [("framework_chooser", FrameworkAgreement), ("lot_chooser", Lot)])
def test_chooser_hands_over(officer_client: Client, supplier_client: Client, chooser: str, model: type) -> None:
    LotFactory()
    record = model.objects.get()
    chosen = officer_client.get(reverse(f"{chooser}:chosen", args=[record.pk])).json()["result"]
    assert (chosen["id"], chosen["title"]) == (str(record.pk), str(record))
    assert supplier_client.get(reverse(f"{chooser}:choose")).status_code == 403


@time_machine.travel("2026-03-02")
def test_contracts_are_filtered_by_when_they_end_and_by_what_amendments_come_to(officer_client: Client) -> None:
    soon, later = ContractFactory(ends_on=dt.date(2026, 5, 31)), ContractFactory(ends_on=dt.date(2026, 12, 31))
    over = ContractFactory(value_dkk=100_000)
    basis = LegalBasisFactory(limit_percent=10)
    AmendmentFactory(contract=over, legal_basis=basis, value_dkk=10_001, state="in_force", signed_on="2026-01-01")

    def listed(query: str) -> set[Contract]:
        return set(officer_client.get(f"{reverse('contract:index_results')}?{query}").context["object_list"])

    assert [listed("ends_within=3"), listed("ends_within=12")] == [{soon}, {soon, later}]
    assert [listed("over_share=true"), listed("over_share=false")] == [{over}, {soon, later}]
    assert "Over grænsen" in officer_client.get(reverse("contract:index")).content.decode()


def test_a_framework_whose_contracts_pass_the_limit_is_flagged(officer_client: Client) -> None:
    contract = ContractFactory(lot__framework__estimated_value_dkk=100_000)
    basis = LegalBasisFactory(limit_percent=10)
    AmendmentFactory(contract=contract, legal_basis=basis, value_dkk=-10_001, state="in_force", signed_on="2026-01-01")
    assert "Over grænsen" in officer_client.get(reverse("frameworkagreement:index")).content.decode()
