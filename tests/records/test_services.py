from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from committees.models import Decision, DecisionPoint
from contracts.models import Lot
from records.models import SavedView
from records.services import (
    EditConflictError,
    check_version,
    delete_record,
    restore_record,
    save_record,
    save_view,
)
from records.versions import current_version, rows_of
from suppliers.models import Supplier
from tests.factories import (
    CommitteeMeetingFactory,
    ContractFactory,
    DecisionFactory,
    FrameworkAgreementFactory,
    LotFactory,
    ServiceFactory,
    SupplierFactory,
    TargetGroupFactory,
)


def types_of(record: object) -> list[str]:
    return [row.history_type for row in rows_of(type(record), record.pk)]


def test_save_record_tells_history_who_and_why(officer: User) -> None:
    supplier = SupplierFactory()
    supplier.name = "Nyt navn"
    save_record(supplier, reason="Navneskift", by=officer)
    newest = supplier.history.latest()
    assert (newest.name, newest.history_user, newest.history_change_reason) == ("Nyt navn", officer, "Navneskift")


def test_save_record_refuses_what_does_not_hold_together(officer: User) -> None:
    with pytest.raises(ValidationError):
        save_record(Supplier(name="Uden nummer", cvr="12345678"), by=officer)
    assert not Supplier.objects.exists()


def test_save_record_writes_one_entry_for_a_new_record_with_links(officer: User) -> None:
    groups = [TargetGroupFactory(), TargetGroupFactory()]
    lot = Lot(code="1A", name="Unge", framework=FrameworkAgreementFactory())
    save_record(lot, related={"target_groups": groups, "services": []}, by=officer)
    assert list(lot.target_groups.order_by("pk")) == groups
    assert types_of(lot) == ["+"]
    assert lot.history.latest().target_groups.count() == 2


def test_save_record_writes_one_entry_for_changed_links(officer: User) -> None:
    lot = LotFactory()
    save_record(lot, related={"services": [ServiceFactory()]}, by=officer)
    assert types_of(lot) == ["+", "~"]
    assert lot.history.latest().services.count() == 1


def decision_with(*texts: str, by: User | None = None) -> Decision:
    decision = DecisionFactory.build(meeting=CommitteeMeetingFactory())
    decision.points = [DecisionPoint(number=number, text=text) for number, text in enumerate(texts, start=1)]
    return save_record(decision, by=by)


def test_children_are_attributed_with_their_parent(officer: User) -> None:
    decision = decision_with("Resultater", by=officer)
    entry = decision.points.get().history.latest()
    assert (entry.history_user, entry.history_date) == (officer, decision.history.latest().history_date)


def test_unchanged_children_get_no_entry(officer: User) -> None:
    decision = decision_with("Resultater", "Tilfredshed")
    first, second = decision.points.all()
    second.text = "Borgernes tilfredshed"
    decision.points = [first, second]
    save_record(decision, by=officer)
    assert [types_of(point) for point in (first, second)] == [["+"], ["+", "~"]]


def test_children_can_swap_numbers(officer: User) -> None:
    decision = decision_with("A", "B", "C")
    first, second, third = decision.points.all()
    first.number, second.number, third.number = 2, 3, 1
    decision.points = [first, second, third]
    save_record(decision, by=officer)
    assert [point.text for point in Decision.objects.get().points.all()] == ["C", "A", "B"]


def test_a_child_that_is_taken_away_is_deleted_by_name(officer: User) -> None:
    decision = decision_with("A", "B")
    first, second = decision.points.all()
    decision.points = [first]
    save_record(decision, reason="Udgår", by=officer)
    gone = rows_of(DecisionPoint, second.pk).last()
    assert (gone.history_type, gone.history_user, gone.history_change_reason) == ("-", officer, "Udgår")


def test_two_children_with_one_number_are_a_sentence_not_a_crash(officer: User) -> None:
    decision = decision_with("A", "B")
    first, second = decision.points.all()
    second.number = 1
    decision.points = [first, second]
    with pytest.raises(ValidationError):
        save_record(decision, by=officer)
    assert [point.number for point in Decision.objects.get().points.all()] == [1, 2]


def test_delete_record_keeps_history(officer: User) -> None:
    supplier = SupplierFactory()
    pk = supplier.pk
    delete_record(supplier, reason="Dublet", by=officer)
    last = rows_of(Supplier, pk).last()
    assert (last.history_type, last.history_user, last.history_change_reason) == ("-", officer, "Dublet")


def test_delete_record_names_what_depends_on_it(officer: User) -> None:
    contract = ContractFactory(number="K-77")
    with pytest.raises(ValidationError, match="K-77"):
        delete_record(contract.supplier, by=officer)
    assert Supplier.objects.filter(pk=contract.supplier.pk).exists()


def test_restore_brings_back_an_earlier_version(officer: User) -> None:
    supplier = save_record(SupplierFactory.build(name="Først"), by=officer)
    first = supplier.history.latest().history_date
    supplier.name = "Siden"
    save_record(supplier, by=officer)
    restored = restore_record(Supplier, supplier.pk, moment=first, by=officer)
    assert restored.name == Supplier.objects.get().name == "Først"
    assert types_of(supplier) == ["+", "~", "~"]
    assert supplier.history.latest().history_user == officer


def test_restore_of_a_deletion_brings_back_links_and_children(officer: User) -> None:
    lot = save_record(
        LotFactory.build(framework=FrameworkAgreementFactory()), related={"services": [ServiceFactory()]}, by=officer
    )
    decision = decision_with("A", "B")
    keys = lot.pk, decision.pk
    for record in (lot, decision):
        delete_record(record, by=officer)
    for model, pk in zip((Lot, Decision), keys, strict=True):
        moment = rows_of(model, pk).last().history_date
        restore_record(model, pk, moment=moment, by=officer)
    assert Lot.objects.get(pk=keys[0]).services.count() == 1
    assert [str(point) for point in Decision.objects.get(pk=keys[1]).points.all()] == ["1. A", "2. B"]


def test_restore_refuses_what_no_longer_holds_together(officer: User) -> None:
    supplier = save_record(SupplierFactory.build(cvr="90000004"), by=officer)
    pk = supplier.pk
    delete_record(supplier, by=officer)
    SupplierFactory(cvr="90000004")
    with pytest.raises(ValidationError):
        restore_record(Supplier, pk, moment=rows_of(Supplier, pk).last().history_date, by=officer)


def test_restore_of_a_moment_before_history_is_named(officer: User) -> None:
    supplier = SupplierFactory()
    moment = supplier.history.latest().history_date
    with pytest.raises(LookupError):
        restore_record(Supplier, supplier.pk, moment=moment.replace(year=1999), by=officer)


def test_check_version_accepts_the_present_and_refuses_the_past(officer: User) -> None:
    supplier = SupplierFactory()
    loaded = current_version(supplier)
    check_version(supplier, loaded)
    save_record(supplier, by=officer)
    with pytest.raises(EditConflictError):
        check_version(supplier, loaded)


def test_version_follows_the_children(officer: User) -> None:
    decision = decision_with("A")
    loaded = current_version(decision)
    point = decision.points.get()
    point.text = "Andet"
    save_record(point, by=officer)
    assert current_version(decision) != loaded


def test_save_view_replaces_ones_own_of_the_same_name(officer: User, reader: User) -> None:
    for person, query in ((officer, "q=a"), (reader, "q=b"), (officer, "q=c")):
        save_view("Mine", register="suppliers.supplier", querystring=query, is_shared=False, by=person)
    views = SavedView.objects.order_by("querystring").values_list("owner", "querystring")
    assert list(views) == [(reader.pk, "q=b"), (officer.pk, "q=c")]
