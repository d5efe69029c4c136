from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.models import User
from contracts.checks.merged import check_no_merged_suppliers
from suppliers.checks import check_no_chains, check_sides
from suppliers.enums import MemberRole
from suppliers.services import add_member, merge_suppliers
from tests.factories import ContractFactory, MembershipFactory, SupplierFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_merges_by_the_service_leave_nothing_to_find() -> None:
    first, second, third = (SupplierFactory() for _each in range(3))
    ContractFactory(supplier=first)
    merge_suppliers(first, into=second, reason="Samme", by=None)
    merge_suppliers(second, into=third, reason="Samme", by=None)
    assert (list(check_no_chains()), list(check_no_merged_suppliers())) == ([], [])


def test_a_chain_and_a_contract_left_behind_are_found() -> None:
    last = SupplierFactory(name="Kompas")
    middle = SupplierFactory(name="Broen", merged_into=last, merged_at=timezone.now())
    first = SupplierFactory(name="Broen ApS", merged_into=middle, merged_at=timezone.now())
    contract = ContractFactory(supplier=middle)
    assert [(found.record, found.message) for found in check_no_chains()] == [
        (first, "Den er lagt sammen med “Broen”, som selv er lagt sammen med “Kompas”.")
    ]
    assert [(found.record, found.message) for found in check_no_merged_suppliers()] == [
        (contract, "Leverandøren “Broen” er lagt sammen med “Kompas”. Giv kontrakten til den.")
    ]


def test_who_sits_on_both_sides_of_the_table_is_found(officer: User) -> None:
    member = add_member(SupplierFactory(), user=UserFactory(), role=MemberRole.VIEWER, by=None)
    assert list(check_sides()) == []
    unmarked = MembershipFactory(user=UserFactory())
    member.user.groups.add(officer.groups.get())
    assert [(found.record, found.message) for found in check_sides()] == [
        (unmarked, "Personen er på en leverandørs team, men er ikke markeret som ansat hos en leverandør."),
        (member.user, "Personen arbejder for en leverandør og er i en af kommunens grupper. Fjern gruppen."),
    ]
