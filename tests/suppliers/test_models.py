from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from suppliers.enums import TAKES_REFERRALS, SupplierStatus
from suppliers.models import Supplier
from tests.factories import ContactFactory, SupplierFactory, UnitFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2025, 3, 1, 10, tzinfo=dt.UTC)


@pytest.mark.parametrize("status", list(SupplierStatus))
@pytest.mark.parametrize("reason", ["", "Stoppet af tilsynet."])
@pytest.mark.parametrize("since", [None, dt.date(2025, 3, 1)])
def test_anything_but_the_normal_has_a_reason_and_a_day(status: str, reason: str, since: dt.date | None) -> None:
    supplier = SupplierFactory.build(status=status, status_reason=reason, status_since=since)
    if status == SupplierStatus.ACTIVE or (reason and since):
        supplier.full_clean()
        supplier.save()
        return
    with pytest.raises(ValidationError):
        supplier.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        supplier.save()


@pytest.mark.parametrize("status", list(SupplierStatus))
def test_who_takes_referrals(status: SupplierStatus) -> None:
    supplier = SupplierFactory(status=status, status_reason="Aftalt.", status_since=dt.date(2025, 3, 1))
    assert supplier.takes_referrals == (status in TAKES_REFERRALS)
    assert Supplier.objects.taking_referrals().exists() == supplier.takes_referrals


def test_a_merged_supplier_takes_none() -> None:
    survivor = SupplierFactory()
    merged = SupplierFactory(merged_into=survivor, merged_at=NOW)
    assert not merged.takes_referrals
    assert list(Supplier.objects.taking_referrals()) == [survivor]


def test_a_merged_supplier_is_found_but_not_offered(officer: User) -> None:
    survivor = SupplierFactory(name="Broen")
    merged = SupplierFactory(name="Broen ApS", merged_into=survivor, merged_at=NOW)
    other = SupplierFactory(name="Kompas")
    assert list(Supplier.objects.offered_to(officer)) == [survivor, other]
    assert list(Supplier.objects.visible_to(officer)) == [survivor, merged, other]
    assert Supplier.objects.resolve(merged.pk) == Supplier.objects.resolve(survivor.pk) == survivor
    assert set(Supplier.objects.family_of(merged)) == set(Supplier.objects.family_of(survivor)) == {survivor, merged}
    assert (survivor.name_then_and_now, merged.name_then_and_now) == ("Broen", "Broen ApS (nu Broen)")
    with pytest.raises(Supplier.DoesNotExist):
        Supplier.objects.resolve(0)


def test_nobody_else_is_offered_suppliers(supplier_user: User) -> None:
    SupplierFactory()
    assert not Supplier.objects.offered_to(supplier_user).exists()


def test_a_merge_has_a_time_and_another_supplier() -> None:
    supplier, other = SupplierFactory(), SupplierFactory()
    for wrong in (
        {"merged_into": other, "merged_at": None},
        {"merged_into": None, "merged_at": timezone.now()},
        {"merged_into": supplier, "merged_at": timezone.now()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Supplier.objects.filter(pk=supplier.pk).update(**wrong)


def test_a_p_number_stands_once_at_a_supplier_and_no_number_as_often_as_one_likes() -> None:
    unit = UnitFactory(p_number="1000000001")
    UnitFactory(p_number="1000000001")
    for _each in range(2):
        UnitFactory(supplier=unit.supplier)
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitFactory(supplier=unit.supplier, p_number="1000000001")


def test_texts() -> None:
    supplier = SupplierFactory(street="Havnegade 1", postal_code="5000", city="Odense C")
    assert supplier.address == "Havnegade 1, 5000 Odense C"
    assert SupplierFactory.build().address == ""
    assert (
        str(ContactFactory(name="Kim Testesen", title="leder", level="management")) == "Kim Testesen, leder (Ledelse)"
    )
    assert str(ContactFactory(name="Kim Testesen", is_active=False)) == "Kim Testesen (Medarbejder), ikke længere aktiv"
    unit = UnitFactory(name="Afdeling Nord", p_number="1000000001", city="Aalborg")
    assert str(unit) == "Afdeling Nord, P-nummer 1000000001, Aalborg"
