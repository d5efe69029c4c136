"""Merging suppliers, as far as the suppliers' own room goes; `tests/contracts`, `results` and `learnings` have the rest."""

from __future__ import annotations

import threading
import time

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import User
from records.versions import entries_of
from suppliers import merge_handlers
from suppliers.merge_handlers import MergePart
from suppliers.models import Contact, Supplier
from suppliers.services import merge_suppliers, preview_merge, undo_merge
from tests.factories import ContactFactory, SupplierFactory, UnitFactory

REASON = "Oprettet to gange"


@pytest.fixture
def pair(db: None) -> tuple[Supplier, Supplier]:
    return SupplierFactory(name="Broen ApS"), SupplierFactory(name="Broen")


def parts(loser: Supplier, into: Supplier) -> dict[str, MergePart]:
    return {part.label: part for part in preview_merge(loser, into=into) if part.moved or part.kept or part.refusals}


def test_the_loser_lives_on_as_an_address(pair: tuple[Supplier, Supplier], officer: User) -> None:
    loser, into = pair
    assert merge_suppliers(loser, into=into, reason=REASON, by=officer) == into
    loser.refresh_from_db()
    assert (loser.survivor, loser.is_merged, loser.merged_at) == (into, True, loser.history.latest().history_date)
    assert [entry.reason for entry in entries_of(Supplier, into.pk)] == [
        "Lagt sammen fra Broen ApS: Oprettet to gange",
        "",
    ]
    assert [entry.reason for entry in entries_of(Supplier, loser.pk)] == [REASON, ""]
    assert {entries_of(Supplier, each.pk)[0].by for each in pair} == {officer}


def test_contacts_and_units_move_but_for_those_that_are_there_already(
    pair: tuple[Supplier, Supplier], officer: User
) -> None:
    loser, into = pair
    new = ContactFactory(supplier=loser, name="Ny Testesen")
    same = ContactFactory(supplier=loser, name="Kim Testesen", email="kim@broen.example")
    ContactFactory(supplier=into, name="KIM Testesen", email="Kim@broen.example")
    UnitFactory(supplier=into, p_number="1000000001")
    known, moved = UnitFactory(supplier=loser, p_number="1000000001"), UnitFactory(supplier=loser)
    before = parts(loser, into)
    assert (before["Kontaktpersoner"].moved, before["Kontaktpersoner"].kept) == ((str(new),), (str(same),))
    assert (before["Afdelinger"].moved, before["Afdelinger"].kept) == ((str(moved),), (str(known),))
    merge_suppliers(loser, into=into, reason=REASON, by=officer)
    assert set(loser.contacts.all()) == {same}
    assert set(into.contacts.values_list("name", flat=True)) == {"Ny Testesen", "KIM Testesen"}
    assert set(loser.units.all()) == {known}
    entry = new.history.latest()
    assert (entry.history_user, entry.history_change_reason) == (
        officer,
        "Lagt sammen fra Broen ApS: Oprettet to gange",
    )


def test_a_reason_longer_than_history_has_room_for_is_cut(pair: tuple[Supplier, Supplier], officer: User) -> None:
    loser, into = pair
    merge_suppliers(loser, into=into, reason="Æ" * 300, by=officer)
    assert {len(each.history.latest().history_change_reason) for each in pair} == {100}


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_merge_has_a_reason(pair: tuple[Supplier, Supplier], officer: User, reason: str) -> None:
    loser, into = pair
    with pytest.raises(ValidationError) as caught:
        merge_suppliers(loser, into=into, reason=reason, by=officer)
    assert list(caught.value.message_dict) == ["reason"]


def test_not_into_itself_nor_twice_nor_into_what_is_gone(pair: tuple[Supplier, Supplier], officer: User) -> None:
    loser, into = pair
    third = SupplierFactory()
    with pytest.raises(ValidationError, match="sig selv"):
        merge_suppliers(into, into=into, reason=REASON, by=officer)
    merge_suppliers(loser, into=into, reason=REASON, by=officer)
    for one, other in ((loser, third), (third, loser), (into, loser)):
        with pytest.raises(ValidationError, match="“Broen ApS” er lagt sammen med “Broen”"):
            merge_suppliers(one, into=other, reason=REASON, by=officer)


def test_those_merged_before_come_along(pair: tuple[Supplier, Supplier], officer: User) -> None:
    first, second = pair
    third = SupplierFactory(name="Kompas")
    merge_suppliers(first, into=second, reason=REASON, by=officer)
    assert parts(second, third)["Lagt sammen tidligere"].moved == ("Broen ApS",)
    merge_suppliers(second, into=third, reason=REASON, by=officer)
    assert {Supplier.objects.resolve(each.pk) for each in (first, second, third)} == {third}
    assert set(third.merged.all()) == {first, second}


def test_undone_in_any_order_everybody_has_their_own_again(pair: tuple[Supplier, Supplier], officer: User) -> None:
    first, second = pair
    third = SupplierFactory()
    own = {each.pk: ContactFactory(supplier=each).pk for each in (first, second, third)}
    merge_suppliers(first, into=second, reason=REASON, by=officer)
    merge_suppliers(second, into=third, reason=REASON, by=officer)
    undo_merge(first, reason="To forskellige", by=officer)
    undo_merge(second, reason="To forskellige", by=officer)
    assert not Supplier.objects.exclude(merged_into=None).exists()
    assert dict(Contact.objects.values_list("supplier_id", "pk")) == own


def test_undoing_the_later_merge_leaves_the_earlier(pair: tuple[Supplier, Supplier], officer: User) -> None:
    first, second = pair
    third = SupplierFactory()
    merge_suppliers(first, into=second, reason=REASON, by=officer)
    merge_suppliers(second, into=third, reason=REASON, by=officer)
    undo_merge(second, reason="To forskellige", by=officer)
    assert Supplier.objects.resolve(first.pk) == second


def test_undo_leaves_what_was_moved_elsewhere_and_what_came_since(
    pair: tuple[Supplier, Supplier], officer: User
) -> None:
    loser, into = pair
    moved, gone = ContactFactory(supplier=loser), ContactFactory(supplier=loser)
    merge_suppliers(loser, into=into, reason=REASON, by=officer)
    other, since = SupplierFactory(), ContactFactory(supplier=into)
    gone.refresh_from_db()
    gone.supplier = other
    gone.save()
    undo_merge(loser, by=officer)
    owners = dict(Contact.objects.values_list("pk", "supplier_id"))
    assert owners == {moved.pk: loser.pk, gone.pk: other.pk, since.pk: into.pk}
    with pytest.raises(ValidationError, match="ikke lagt sammen"):
        undo_merge(loser, by=officer)


def test_a_room_has_one_handler() -> None:
    (handler, *_others) = merge_handlers.handlers()
    merge_handlers.register("suppliers", handler)
    with pytest.raises(ValueError, match="already has"):
        merge_handlers.register("suppliers", merge_handlers.handlers()[-1])


class MergesInAnyOrder(TestCase):
    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.booleans()), max_size=12))
    def test_no_chains_and_no_circles(self, moves: list[tuple[int, int, bool]]) -> None:
        rows = [SupplierFactory() for _each in range(5)]
        for one, other, undo in moves:
            try:
                if undo:
                    undo_merge(rows[one], by=None)
                else:
                    merge_suppliers(rows[one], into=rows[other], reason=REASON, by=None)
            except ValidationError:
                continue
        assert not Supplier.objects.filter(merged_into__merged_into__isnull=False).exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_merges_at_once_leave_no_circle_and_no_chain() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    one, other, third = (SupplierFactory() for _each in range(3))
    together = threading.Barrier(3)

    def merge(loser: Supplier, into: Supplier) -> None:
        try:
            together.wait()
            merge_suppliers(loser, into=into, reason=REASON, by=None)
        except ValidationError:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=merge, args=pair) for pair in ((one, other), (other, one), (other, third))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    merged = Supplier.objects.exclude(merged_into=None)
    assert merged.exists()
    assert not merged.filter(merged_into__merged_into__isnull=False).exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_merge_that_brings_earlier_ones_along_waits_for_nobody_who_waits_for_it() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    one, other, third = (SupplierFactory() for _each in range(3))
    merge_suppliers(one, into=other, reason=REASON, by=None)
    outcomes: dict[str, str] = {}

    def merge(loser: Supplier, into: Supplier, name: str) -> None:
        try:
            merge_suppliers(loser, into=into, reason=REASON, by=None)
            outcomes[name] = "merged"
        except ValidationError as error:
            outcomes[name] = " ".join(error.messages)
        finally:
            connection.close()

    bringing = threading.Thread(target=merge, args=(other, third, "bringing"))
    meeting = threading.Thread(target=merge, args=(other, one, "meeting"))
    with transaction.atomic():
        Supplier.objects.select_for_update().get(pk=third.pk)
        bringing.start()
        wait_until_waiting(1)
        meeting.start()
        wait_until_waiting(2)
    bringing.join()
    meeting.join()
    assert outcomes["bringing"] == "merged"
    assert "er lagt sammen med" in outcomes["meeting"]
    assert set(Supplier.objects.filter(merged_into=third)) == {one, other}


def wait_until_waiting(count: int) -> None:
    """Return when so many connections of the test's database wait for a lock that another holds."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    for _each in range(3000):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # a transaction else keeps what it saw first
            if cursor.execute(asked).fetchone()[0] >= count:
                return
        time.sleep(0.01)
    pytest.fail(f"{count} should wait for a lock")
