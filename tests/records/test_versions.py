from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from committees.models import Decision
from contracts.models import Contract, Lot
from records.services import delete_record, restore_record, save_record
from records.versions import Change, changes_since, current_version, entries_of, newest_deleted
from suppliers.models import Supplier
from tests.factories import (
    ContractFactory,
    FrameworkAgreementFactory,
    LotFactory,
    SupplierFactory,
    TargetGroupFactory,
)
from tests.records.test_services import decision_with


def test_entries_say_who_when_why_and_what(officer: User) -> None:
    supplier = save_record(SupplierFactory.build(name="Før", note=""), reason="Ny aftale", by=officer)
    supplier.name, supplier.note = "Efter", "Skiftede navn."
    save_record(supplier, reason="Navneskift", by=officer)
    newest, oldest = entries_of(Supplier, supplier.pk)
    assert [(entry.kind, entry.by, entry.reason, entry.is_current) for entry in (newest, oldest)] == [
        ("~", officer, "Navneskift", True),
        ("+", officer, "Ny aftale", False),
    ]
    assert newest.moment > oldest.moment
    values = [(change.old, change.new) for change in newest.changes]
    assert values == [("Før", "Efter"), ("–", "Skiftede navn.")]
    assert oldest.changes == []


def test_changed_relations_are_named(officer: User) -> None:
    old, new = SupplierFactory(name="Den ene"), SupplierFactory(name="Den anden")
    contract = ContractFactory(supplier=old)
    contract.supplier = new
    save_record(contract, by=officer)
    (change,) = entries_of(Contract, contract.pk)[0].changes
    assert (change.old, change.new) == ("Den ene", "Den anden")


def test_changed_links_are_named(officer: User) -> None:
    unge, voksne = TargetGroupFactory(name="Unge"), TargetGroupFactory(name="Voksne")
    lot = save_record(
        LotFactory.build(framework=FrameworkAgreementFactory()), related={"target_groups": [unge]}, by=officer
    )
    save_record(lot, related={"target_groups": [unge, voksne]}, by=officer)
    (change,) = entries_of(Lot, lot.pk)[0].changes
    assert (change.old, change.new) == ("Unge", "Unge, Voksne")


def test_a_name_that_is_gone_is_told_by_its_number(officer: User) -> None:
    lot = LotFactory()
    group = TargetGroupFactory(name="Unge")
    save_record(lot, related={"target_groups": [group]}, by=officer)
    save_record(lot, related={"target_groups": []}, by=officer)
    pk = group.pk
    delete_record(group, by=officer)
    change = entries_of(Lot, lot.pk)[0].changes[0]
    assert str(pk) in change.old


def test_children_change_inside_their_parents_entry(officer: User) -> None:
    decision = decision_with("Resultater", "Tilfredshed", by=officer)
    first, _second = decision.points.all()
    first.text = "Resultater for 2022"
    decision.points = [first]
    decision.title = "Ny titel"
    save_record(decision, by=officer)
    newest, _oldest = entries_of(Decision, decision.pk)
    values = {(change.old, change.new) for change in newest.changes}
    assert values == {
        ("Bestilling af faktaark", "Ny titel"),
        ("1 · Resultater", "1 · Resultater for 2022"),
        ("2 · Tilfredshed", "–"),
    }


@pytest.mark.parametrize("changes", [1, 3])
def test_entries_take_the_same_queries_however_many(officer: User, changes: int) -> None:
    lot = LotFactory()
    for number in range(changes):
        lot.framework = FrameworkAgreementFactory()
        save_record(lot, related={"target_groups": [TargetGroupFactory()]}, reason=str(number), by=officer)
    with CaptureQueriesContext(connection) as queries:
        entries = entries_of(Lot, lot.pk)
    assert len(entries) == changes + 1
    assert len(queries) == 6  # versions, prices, links of two kinds, names of two kinds


def test_changes_since_tells_only_what_is_newer(officer: User) -> None:
    supplier = save_record(SupplierFactory.build(name="Et"), by=officer)
    loaded = current_version(supplier)
    for name in ("To", "Tre"):
        supplier.name = name
        save_record(supplier, by=officer)
    (change,) = changes_since(supplier, loaded)
    assert (change.old, change.new) == ("Et", "Tre")
    assert changes_since(supplier, current_version(supplier)) == []
    assert isinstance(change, Change)


def test_newest_deleted_leaves_out_what_was_restored(officer: User) -> None:
    gone, back = SupplierFactory(name="Væk"), SupplierFactory(name="Tilbage")
    pk = back.pk
    for supplier in (gone, back):
        delete_record(supplier, by=officer)
    restore_record(Supplier, pk, moment=newest_deleted(Supplier)[0].history_date, by=officer)
    assert [row.name for row in newest_deleted(Supplier)] == ["Væk"]
