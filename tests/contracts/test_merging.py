from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from contracts.models import Bid, Contract
from contracts.services import save_contract
from suppliers.models import Supplier
from suppliers.services import merge_suppliers, undo_merge
from tests.factories import BidFactory, ContractFactory, LotFactory, SupplierFactory, TenderLotFactory


def merge(loser: Supplier, into: Supplier, by: User) -> None:
    merge_suppliers(loser, into=into, reason="Samme", by=by)


def test_contracts_move_each_with_an_entry_in_history(officer: User) -> None:
    loser, into = SupplierFactory(name="Broen ApS"), SupplierFactory()
    moved = [ContractFactory(supplier=loser) for _each in range(2)]
    stays = ContractFactory()
    merge(loser, into, officer)
    for contract in moved:
        entry = contract.history.latest()
        assert (entry.supplier_id, entry.history_user, entry.history_change_reason) == (
            into.pk,
            officer,
            "Lagt sammen fra Broen ApS: Samme",
        )
    assert (set(into.contracts.all()), stays.history.count()) == (set(moved), 1)
    undo_merge(loser, by=officer)
    assert (set(loser.contracts.all()), into.contracts.count()) == (set(moved), 0)


DAYS = [dt.date(2020, 1, 1), dt.date(2021, 1, 1), dt.date(2022, 1, 1)]


@pytest.mark.parametrize(
    ("one", "other", "collide"),
    [
        ((DAYS[0], DAYS[1]), (DAYS[1], DAYS[2]), True),  # both on the same day
        ((DAYS[0], DAYS[1] - dt.timedelta(days=1)), (DAYS[1], None), False),
        ((DAYS[0], None), (DAYS[2], None), True),
        ((DAYS[2], None), (DAYS[0], DAYS[1]), False),
    ],
)
def test_two_in_the_same_lot_at_the_same_time_are_refused(
    officer: User, one: tuple, other: tuple, collide: bool
) -> None:
    lot, loser, into = LotFactory(), SupplierFactory(), SupplierFactory()
    ContractFactory(supplier=loser, lot=lot, number="K-1", starts_on=one[0], effective_ends_on=one[1])
    ContractFactory(supplier=into, lot=lot, number="K-2", starts_on=other[0], effective_ends_on=other[1])
    if collide:
        with pytest.raises(ValidationError, match=r"Kontrakterne K-1 og K-2 gælder samtidig"):
            merge(loser, into, officer)
    else:
        merge(loser, into, officer)
    assert Contract.objects.filter(supplier=into).count() == (1 if collide else 2)


def test_a_merged_supplier_gets_no_new_contract(officer: User) -> None:
    loser, into = SupplierFactory(), SupplierFactory()
    merge(loser, into, officer)
    with pytest.raises(ValidationError, match="er lagt sammen med"):
        save_contract(ContractFactory.build(supplier=loser, lot=LotFactory()), by=officer)
    assert not Contract.objects.exists()


def test_bids_move_and_come_back(officer: User) -> None:
    loser, into = SupplierFactory(), SupplierFactory()
    bid, stays = BidFactory(supplier=loser), BidFactory()
    merge(loser, into, officer)
    assert (list(into.bids.all()), stays.history.count()) == ([bid], 1)
    undo_merge(loser, by=officer)
    assert (list(loser.bids.all()), into.bids.count()) == ([bid], 0)


def test_two_bids_in_the_same_lot_are_refused(officer: User) -> None:
    lot, loser, into = TenderLotFactory(), SupplierFactory(), SupplierFactory()
    for supplier in (loser, into):
        BidFactory(supplier=supplier, tender_lot=lot)
    with pytest.raises(ValidationError, match=f"Begge har et tilbud på {lot} i “{lot.tender}”"):
        merge(loser, into, officer)
    assert Bid.objects.filter(supplier=into).count() == 1
