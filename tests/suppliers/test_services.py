from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from records.services import restore_record
from records.versions import entries_of
from suppliers.enums import SupplierStatus
from suppliers.models import Contact, Supplier
from suppliers.services import change_status, delete_supplier, hold_current, merge_suppliers, save_supplier
from tests.factories import ContactFactory, SupplierFactory

TODAY = dt.date(2025, 3, 1)
REASON = "Tilsynet fandt fejl i dokumentationen."


def test_status_is_changed_with_its_actor(officer: User) -> None:
    supplier = SupplierFactory()
    change_status(supplier, status=SupplierStatus.PAUSED, reason=f" {REASON} ", since=TODAY, today=TODAY, by=officer)
    supplier.refresh_from_db()
    assert (supplier.status, supplier.status_reason, supplier.status_since) == ("paused", REASON, TODAY)
    assert supplier.history.latest().history_user == officer


def test_same_status_again_writes_nothing(officer: User) -> None:
    supplier = SupplierFactory(status="paused", status_reason=REASON, status_since=TODAY)
    change_status(supplier, status=SupplierStatus.PAUSED, reason=REASON, since=TODAY, today=TODAY, by=officer)
    assert supplier.history.count() == 1


def test_back_to_normal_needs_no_reason(officer: User) -> None:
    supplier = SupplierFactory(status="watched", status_reason=REASON, status_since=TODAY)
    supplier = change_status(supplier, status=SupplierStatus.ACTIVE, today=TODAY, by=officer)
    assert (supplier.status, supplier.status_reason, supplier.status_since) == ("active", "", None)


@pytest.mark.parametrize(
    ("reason", "since", "fields"),
    [
        ("", TODAY, {"status_reason"}),
        ("  ", TODAY, {"status_reason"}),
        (REASON, None, {"status_since"}),
        ("", None, {"status_reason", "status_since"}),
        (REASON, TODAY + dt.timedelta(days=1), {"status_since"}),
    ],
)
def test_what_is_wrong_stands_at_its_field(officer: User, reason: str, since: dt.date | None, fields: set[str]) -> None:
    supplier = SupplierFactory()
    with pytest.raises(ValidationError) as caught:
        change_status(supplier, status=SupplierStatus.ENDED, reason=reason, since=since, today=TODAY, by=officer)
    assert set(caught.value.message_dict) == fields
    assert supplier.history.count() == 1


def test_contacts_are_saved_with_their_supplier_and_have_history(officer: User) -> None:
    supplier = SupplierFactory()
    supplier.contacts.set([Contact(name="Kim Testesen", level="director")])
    save_supplier(supplier, reason="Ny direktør", by=officer)
    assert [str(contact) for contact in Contact.objects.all()] == ["Kim Testesen (Direktør)"]
    entry = entries_of(Supplier, supplier.pk)[0]
    assert (entry.by, entry.reason, [change.new for change in entry.changes]) == (
        officer,
        "Ny direktør",
        ["Kim Testesen · Direktør · Ja"],
    )


def test_a_merged_supplier_cannot_be_changed_any_more(officer: User) -> None:
    merged, survivor = SupplierFactory(name="Broen ApS"), SupplierFactory(name="Broen")
    merge_suppliers(merged, into=survivor, reason="Samme", by=officer)
    merged.refresh_from_db()
    merged.name = "Noget andet"
    for write in (
        lambda: save_supplier(merged, by=officer),
        lambda: delete_supplier(merged, by=officer),
        lambda: change_status(merged, status=SupplierStatus.ACTIVE, today=TODAY, by=officer),
        lambda: hold_current(merged),
        lambda: restore_record(
            Supplier, merged.pk, moment=merged.history.earliest().history_date, save=save_supplier, by=officer
        ),
    ):
        with pytest.raises(ValidationError, match="“Broen ApS” er lagt sammen med “Broen”"):
            write()
    assert Supplier.objects.get(pk=merged.pk).name == "Broen ApS"


def test_a_survivor_cannot_be_deleted(officer: User) -> None:
    merged, survivor = SupplierFactory(name="Broen ApS"), SupplierFactory(name="Broen")
    merge_suppliers(merged, into=survivor, reason="Samme", by=officer)
    with pytest.raises(ValidationError, match="Broen ApS"):
        delete_supplier(survivor, by=officer)


def test_a_supplier_is_deleted_with_its_contacts(officer: User) -> None:
    contact = ContactFactory()
    delete_supplier(contact.supplier, reason="Tastefejl", by=officer)
    assert not Supplier.objects.exists()
    assert Contact.history.latest().history_user == officer
