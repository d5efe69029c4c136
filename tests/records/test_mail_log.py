from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from tests.conftest import client_for, person_with
from tests.factories import MailLogFactory

LIST = "/admin/maillog/"


@pytest.fixture
def admin_client(db: None) -> Client:
    return client_for(person_with(Role.ADMINISTRATOR))


def test_administrators_and_auditors_read_it_and_nobody_else(
    admin_client: Client, reader_client: Client, officer_client: Client, supplier_client: Client
) -> None:
    line = MailLogFactory(subject="Opsig K-1")
    read = reverse("maillog:inspect", args=[line.pk])
    answers = [
        [client.get(address).status_code for address in (LIST, read)]
        for client in (admin_client, reader_client, officer_client, supplier_client)
    ]
    assert answers == [[200, 200], [200, 200], [403, 404], [403, 403]]
    assert "Husk fristen." in admin_client.get(read).content.decode()


def test_nobody_writes_in_it(admin_client: Client) -> None:
    line = MailLogFactory()
    for page in ("new/", f"edit/{line.pk}/", f"delete/{line.pk}/"):
        assert admin_client.post(f"{LIST}{page}").status_code == 404


def test_it_is_exported_as_it_is_seen(admin_client: Client) -> None:
    MailLogFactory(subject="=1+1")
    text = b"".join(admin_client.get(f"{LIST}?export=csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "'=1+1" in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_queries(admin_client: Client, count: int, django_assert_num_queries: object) -> None:
    for _number in range(count):
        MailLogFactory()
    admin_client.get(LIST)
    with django_assert_num_queries(12):  # type: ignore[operator]
        admin_client.get(LIST)
