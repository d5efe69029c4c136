"""Prices of lots and contracts in the workbook: added, changed, and told apart by the day from which they hold."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from accounts.models import User
from contracts.models import ContractPrice, LotPrice
from contracts.services import save_contract, save_lot
from contracts.services.workbook import import_contracts, plan_import
from contracts.workbook.exporting import register_workbook
from records.sheets.errors import ImportRefusedError
from records.versions import entries_of
from tests.contracts.workbook.books import book_of, cells_of
from tests.factories import ContractFactory, ContractPriceFactory, LotFactory, LotPriceFactory, ServiceFactory

pytestmark = pytest.mark.django_db
JULY, NEXT_JULY = dt.date(2024, 7, 1), dt.date(2025, 7, 1)


def price(**changed: Any) -> dict[str, Any]:
    return {"contract": "K-1", "service": "mentor", "unit": "pr. uge", "valid_from": JULY, "price_dkk": 900} | changed


def prices(model: type) -> list[tuple]:
    return list(model.objects.order_by("unit", "valid_from").values_list("unit", "valid_from", "price_dkk", "valid_to"))


def refusals(*rows: dict[str, Any]) -> list[tuple[int | None, str]]:
    with pytest.raises(ImportRefusedError) as refusal:
        plan_import(book_of(prices=list(rows)))
    return [(error.row, error.column) for error in refusal.value.errors]


def test_new_prices_are_written_with_history(officer: User) -> None:
    contract = ContractFactory(number="K-1")
    ServiceFactory(code="mentor")
    rows = [price(), price(valid_from=None, unit="pr. time"), price(contract=None, lot=contract.lot.code)]
    result = import_contracts(book_of("Priser.xlsx", prices=rows), by=officer)
    assert result.plan.counts["prices"] == {"new": 3, "changed": 0, "unchanged": 0}
    assert prices(ContractPrice) == [("pr. time", None, 900, None), ("pr. uge", JULY, 900, None)]
    assert prices(LotPrice) == [("pr. uge", JULY, 900, None)]
    newest = entries_of(type(contract), contract.pk)[0]
    assert (newest.by, newest.reason, len(newest.changes)) == (officer, "Importeret fra Priser.xlsx", 2)


def test_a_price_is_changed_from_what_to_what(officer: User) -> None:
    held = ContractPriceFactory(contract__number="K-1", service__code="mentor", unit="pr. uge", valid_from=JULY)
    rows = [price(price_dkk=Decimal("950.50"), valid_to=dt.date(2025, 6, 30)), price(valid_from=NEXT_JULY)]
    plan = import_contracts(book_of(prices=rows), by=officer).plan
    changed, new = plan.entries["prices"]
    assert changed.label == "K-1, mentor, pr. uge, 1. juli 2024"
    assert [(change.label, change.old, change.new) for change in changed.changes] == [
        ("Pris i kr.", "1.450", "950,50"),
        ("Gælder til", "–", "30. juni 2025"),
    ]
    assert new.is_new
    held.refresh_from_db()
    assert (held.price_dkk, held.valid_to, ContractPrice.objects.count()) == (
        Decimal("950.50"),
        dt.date(2025, 6, 30),
        2,
    )


def test_what_is_exported_changes_nothing_and_can_be_brought_back(officer: User) -> None:
    contract = ContractFactory(number="K-1")
    service = ServiceFactory(code="mentor")
    for valid_from in (None, JULY, NEXT_JULY):
        ContractPriceFactory(contract=contract, service=service, unit="=pr. uge", valid_from=valid_from)
    LotPriceFactory(lot=contract.lot, service=service, unit="- pr. time", price_dkk=Decimal("0.25"))
    content = register_workbook(officer)
    assert import_contracts(ContentFile(content, name="register.xlsx"), by=officer).record is None
    before = (prices(ContractPrice), prices(LotPrice))
    ContractPrice.objects.all().delete()
    LotPrice.objects.all().delete()
    import_contracts(ContentFile(content, name="register.xlsx"), by=officer)
    assert (prices(ContractPrice), prices(LotPrice)) == before
    assert len(cells_of(content, "Priser")) == 5


def test_what_is_wrong_is_told_at_its_cell() -> None:
    contract = ContractFactory(number="K-1")
    ServiceFactory(code="mentor")
    assert refusals(
        price(price_dkk=-1),
        price(unit="pr. dag", valid_to=dt.date(2024, 1, 1)),
        price(unit=None),
        price(service="mentr"),
        price(unit="pr. md.", price_dkk=None),
        price(unit="pr. år", lot=contract.lot.code),
        price(unit="pr. år", contract=None, lot="ukendt"),
        price(unit="pr. dag"),
    ) == [
        (2, "Pris i kr."),
        (3, "Gælder til"),
        (4, "Enhed"),
        (5, "Ydelse"),
        (6, "Pris i kr."),
        (7, "Kontrakt"),
        (8, "Udbudsområde"),
        (9, "Gælder fra"),
    ]


@pytest.mark.parametrize("valid_from", [None, JULY])
def test_no_two_prices_of_one_service_begin_on_one_day(valid_from: dt.date | None) -> None:
    for factory in (ContractPriceFactory, LotPriceFactory):
        held = factory(unit="pr. uge", valid_from=valid_from)
        owner = {"contract": held.contract} if isinstance(held, ContractPrice) else {"lot": held.lot}
        with pytest.raises(IntegrityError), transaction.atomic():
            factory(**owner, service=held.service, unit="pr. uge", valid_from=valid_from)
        factory(**owner, service=held.service, unit="pr. uge", valid_from=NEXT_JULY)


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ({}, "Mentor, pr. time: 465,50 kr."),
        ({"valid_from": JULY}, "Mentor, pr. time: 465,50 kr. (1. juli 2024 – …)"),
        ({"valid_from": JULY, "valid_to": NEXT_JULY}, "Mentor, pr. time: 465,50 kr. (1. juli 2024 – 1. juli 2025)"),
    ],
)
def test_a_price_says_what_it_is(days: dict, says: str) -> None:
    held = ContractPriceFactory(service__name="Mentor", unit="pr. time", price_dkk=Decimal("465.50"), **days)
    assert str(held).replace("\N{NO-BREAK SPACE}", " ") == says


@pytest.mark.parametrize(
    ("factory", "price", "save"),
    [(ContractFactory, ContractPrice, save_contract), (LotFactory, LotPrice, save_lot)],
)
def test_two_prices_that_begin_on_one_day_are_refused_among_the_prices(factory, price, save) -> None:
    owner, service = factory(), ServiceFactory()
    owner.prices.set([price(service=service, unit="pr. uge", price_dkk=amount) for amount in (100, 200)])
    with pytest.raises(ValidationError) as refusal:
        save(owner, by=None)
    assert list(refusal.value.message_dict) == ["prices"]
    owner.prices.set([price(service=service, unit=unit, price_dkk=100) for unit in ("pr. uge", "pr. time")])
    save(owner, by=None)
    assert owner.prices.count() == 2
