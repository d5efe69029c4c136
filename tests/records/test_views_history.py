from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from records.services import delete_record, save_record
from records.versions import rows_of
from records.viewsets import address_of
from suppliers.models import Contact, Supplier
from tests.factories import ContractFactory, SupplierFactory

DELETED = "/admin/supplier/deleted/"


def history_of(supplier: Supplier) -> str:
    return reverse("supplier:history", args=[supplier.pk])


def restore_of(pk: int) -> str:
    return reverse("supplier:restore", args=[pk])


def moments(pk: int) -> list[str]:
    return [row.history_date.isoformat() for row in rows_of(Supplier, pk)]


@pytest.fixture
def renamed(officer: User) -> Supplier:
    supplier = save_record(SupplierFactory.build(name="Først"), by=officer)
    supplier.name = "Siden"
    return save_record(supplier, reason="Navneskift", by=officer)


def test_history_shows_old_and_new_with_person_and_reason(officer_client: Client, renamed: Supplier) -> None:
    page = officer_client.get(history_of(renamed)).content.decode()
    assert all(text in page for text in ("Først", "Siden", "Navneskift", "Kim Testesen"))


def test_reader_reads_history_but_restores_nothing(reader_client: Client, renamed: Supplier) -> None:
    page = reader_client.get(history_of(renamed))
    assert (page.status_code, page.context["can_restore"]) == (200, False)
    assert reader_client.post(restore_of(renamed.pk), {"moment": moments(renamed.pk)[0]}).status_code == 403
    assert Supplier.objects.get().name == "Siden"


def test_restore_is_an_undo_that_can_be_undone(officer_client: Client, renamed: Supplier, officer: User) -> None:
    first, second = moments(renamed.pk)
    response = officer_client.post(restore_of(renamed.pk), {"moment": first})
    assert (response.status_code, response["Location"]) == (302, history_of(renamed))
    assert Supplier.objects.get().name == "Først"
    newest = renamed.history.latest()
    assert newest.history_user == officer
    assert newest.history_change_reason
    officer_client.post(restore_of(renamed.pk), {"moment": second})
    assert Supplier.objects.get().name == "Siden"


def test_restore_is_a_post(officer_client: Client, renamed: Supplier) -> None:
    assert officer_client.get(restore_of(renamed.pk)).status_code == 405


@pytest.mark.parametrize("moment", ["", "i går", "2024-01-01", "1999-01-01T00:00:00+00:00"])
def test_restore_of_a_moment_that_history_lacks_is_404(officer_client: Client, renamed: Supplier, moment: str) -> None:
    assert officer_client.post(restore_of(renamed.pk), {"moment": moment}).status_code == 404


def test_deleted_records_are_listed_and_come_back(officer_client: Client, officer: User) -> None:
    supplier = save_record(SupplierFactory.build(name="Broen"), by=officer)
    pk = supplier.pk
    delete_record(supplier, reason="Dublet", by=officer)
    page = officer_client.get(DELETED).content.decode()
    assert "Broen" in page
    assert "Dublet" in page
    assert officer_client.get(reverse("supplier:history", args=[pk])).context["is_deleted"]
    officer_client.post(restore_of(pk), {"moment": moments(pk)[-1]})
    assert Supplier.objects.get().name == "Broen"
    assert officer_client.get(DELETED).context["rows"] == []


def test_what_cannot_come_back_says_why(officer_client: Client, officer: User) -> None:
    supplier = save_record(SupplierFactory.build(cvr="90000004"), by=officer)
    pk = supplier.pk
    delete_record(supplier, by=officer)
    SupplierFactory(cvr="90000004", name="Den nye")
    response = officer_client.post(restore_of(pk), {"moment": moments(pk)[-1]}, follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert Supplier.objects.get().name == "Den nye"


def test_reader_may_not_see_the_list_of_deleted(reader_client: Client) -> None:
    assert reader_client.get(DELETED).status_code == 403


def test_history_of_nothing_is_404(officer_client: Client) -> None:
    for page in ("history", "restore"):
        address = reverse(f"supplier:{page}", args=[4711])
        assert officer_client.get(address).status_code in {404, 405}
    assert officer_client.post(restore_of(4711), {"moment": "2024-01-01T00:00:00+00:00"}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_deleted_takes_the_same_queries_however_many(officer_client: Client, officer: User, rows: int) -> None:
    officer_client.get(DELETED)
    for _row in range(rows):
        delete_record(SupplierFactory(), by=officer)
    with CaptureQueriesContext(connection) as queries:
        response = officer_client.get(DELETED)
    assert len(response.context["rows"]) == rows
    own = [query["sql"] for query in queries if "suppliers_" in query["sql"]]
    assert len(own) == 2  # how many, and which


# --- reading


def test_read_page_shows_every_field_and_links_what_belongs(reader_client: Client) -> None:
    contract = ContractFactory(number="K-77", note="Se tillæg.")
    page = reader_client.get(reverse("contract:inspect", args=[contract.pk])).content.decode()
    assert "K-77" in page
    assert "Se tillæg." in page
    assert f'href="{address_of(contract.supplier)}"' in page
    assert f'href="{reverse("lot:inspect", args=[contract.lot.pk])}"' in page
    assert "/admin/contract/edit/" not in page


def test_read_page_lists_what_hangs_below(reader_client: Client) -> None:
    contract = ContractFactory(number="K-77")
    framework = contract.lot.framework
    page = reader_client.get(reverse("frameworkagreement:inspect", args=[framework.pk])).content.decode()
    assert f'href="{reverse("lot:inspect", args=[contract.lot.pk])}"' in page


def test_read_page_of_nothing_is_404(reader_client: Client) -> None:
    assert reader_client.get("/admin/contract/inspect/4711/").status_code == 404


def test_usage_tells_where_a_record_is_used(reader_client: Client) -> None:
    contract = ContractFactory(number="K-77")
    page = reader_client.get(reverse("supplier:usage", args=[contract.supplier.pk]))
    assert page.status_code == 200
    assert reader_client.get("/admin/supplier/usage/4711/").status_code == 404


def compared(client: Client, supplier: Supplier, **asked: str) -> list[tuple[str, str, str]]:
    response = client.get(reverse("supplier:compare", args=[supplier.pk]), asked)
    assert response.status_code == 200
    return [(change.label, change.old, change.new) for change in response.context["changes"]]


def test_two_versions_are_compared_over_what_lies_between(
    reader_client: Client, renamed: Supplier, officer: User
) -> None:
    for name, city in (("Midt imellem", "Aarhus"), ("Til sidst", "Aarhus")):
        renamed.name, renamed.city = name, city
        save_record(renamed, by=officer)
    first, second, third, last = moments(renamed.pk)
    assert compared(reader_client, renamed, **{"from": first}) == [
        ("By", "–", "Aarhus"),
        ("Navn", "Først", "Til sidst"),
    ]
    between = [("By", "–", "Aarhus"), ("Navn", "Siden", "Midt imellem")]
    assert compared(reader_client, renamed, **{"from": second, "to": third}) == between
    assert compared(reader_client, renamed, **{"from": third, "to": second}) == between
    assert compared(reader_client, renamed, **{"from": last, "to": last}) == []
    assert compared(reader_client, renamed) == [("Navn", "Midt imellem", "Til sidst")]
    assert compared(reader_client, renamed, **{"from": "i går", "to": "2026-13-45T00:00:00Z"}) == compared(
        reader_client, renamed
    )


def test_rows_inside_a_record_are_compared_too(officer_client: Client, officer: User) -> None:
    supplier = SupplierFactory(name="Broen")
    save_record(Supplier.objects.get(pk=supplier.pk), by=officer)
    changed = Supplier.objects.get(pk=supplier.pk)
    changed.contacts.set([Contact(name="Kim Testesen", level="director")])
    save_record(changed, by=officer)
    gone = Supplier.objects.get(pk=supplier.pk)
    gone.contacts.set([])
    save_record(gone, by=officer)
    second, third, fourth = moments(supplier.pk)[-3:]
    ((label, old, new),) = compared(officer_client, supplier, **{"from": second, "to": third})
    assert (label, old, "Kim Testesen" in new) == ("Kontaktperson", "–", True)
    ((label, old, new),) = compared(officer_client, supplier, **{"from": third, "to": fourth})
    assert ("Kim Testesen" in old, new) == (True, "–")
    assert compared(officer_client, supplier, **{"from": second, "to": fourth}) == []


def test_each_earlier_version_leads_to_the_comparison(reader_client: Client, renamed: Supplier) -> None:
    for page in (history_of(renamed), f"/admin/supplier/{renamed.pk}/historik/"):
        content = reader_client.get(page).content.decode()
        assert content.count(reverse("supplier:compare", args=[renamed.pk])) == 1


def test_nobody_else_compares(supplier_client: Client, officer_client: Client, renamed: Supplier) -> None:
    address = reverse("supplier:compare", args=[renamed.pk])
    assert supplier_client.get(address).status_code in {302, 403, 404}
    assert officer_client.post(address).status_code == 405
    assert officer_client.get(reverse("supplier:compare", args=[0])).status_code == 404


def test_comparing_takes_the_same_queries_however_many_versions(officer_client: Client, renamed: Supplier) -> None:
    counts = []
    for more in (1, 4):
        for number in range(more):
            renamed.name = f"Navn {more} {number}"
            save_record(renamed, by=None)
        with CaptureQueriesContext(connection) as queries:
            officer_client.get(reverse("supplier:compare", args=[renamed.pk]))
        counts.append(len(queries))
    assert counts[0] == counts[1]
