"""Saving agreements: computed days follow, and what cannot stand together is refused with a sentence at its field."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from contracts.enums import OptionState, Party
from contracts.models import Contract, ContractOption, FrameworkOption
from contracts.services import (
    decide_option,
    give_notice,
    record_signatures,
    reopen_option,
    save_contract,
    save_framework,
    take_back_notice,
)
from tests.factories import (
    ContractFactory,
    ContractOptionFactory,
    FrameworkAgreementFactory,
    LotFactory,
    SupplierFactory,
)

END = dt.date(2026, 6, 30)


def contract_with_options(*, count: int = 2) -> Contract:
    contract = ContractFactory(ends_on=END, starts_on=dt.date(2024, 7, 1))
    for number in range(1, count + 1):
        ContractOptionFactory(contract=contract, number=number)
    return contract


def test_new_contract_gets_its_computed_days(officer: User) -> None:
    contract = Contract(
        number="K-1", supplier=SupplierFactory(), lot=LotFactory(), starts_on=dt.date(2024, 7, 1), ends_on=END
    )
    contract.run_off_months = 6
    contract.options.set(
        [ContractOption(number=1, length_months=12, state=OptionState.EXERCISED, decided_on=dt.date(2025, 12, 1))]
    )
    saved = save_contract(contract, by=officer)
    assert (saved.effective_ends_on, saved.run_off_ends_on) == (dt.date(2027, 6, 30), dt.date(2027, 12, 31))


def test_exercised_option_moves_the_end(officer: User) -> None:
    contract = contract_with_options()
    decide_option(
        contract.options.get(number=1), state=OptionState.EXERCISED, decided_on=dt.date(2025, 12, 31), by=officer
    )
    contract.refresh_from_db()
    assert contract.effective_ends_on == dt.date(2027, 6, 30)
    assert contract.history.first().history_user == officer


def test_option_is_refused_after_its_deadline(officer: User) -> None:
    contract = contract_with_options()
    with pytest.raises(ValidationError, match="skulle være besluttet senest 31. december 2025"):
        decide_option(
            contract.options.get(number=1), state=OptionState.EXERCISED, decided_on=dt.date(2026, 1, 1), by=officer
        )
    contract.refresh_from_db()
    assert contract.effective_ends_on == END


def test_options_are_exercised_in_their_order(officer: User) -> None:
    contract = contract_with_options()
    with pytest.raises(ValidationError, match="Option 2 kan ikke udnyttes"):
        decide_option(
            contract.options.get(number=2), state=OptionState.EXERCISED, decided_on=dt.date(2025, 1, 1), by=officer
        )


def test_option_is_decided_once(officer: User) -> None:
    contract = contract_with_options()
    option = contract.options.get(number=1)
    decide_option(option, state=OptionState.DECLINED, decided_on=dt.date(2025, 1, 1), by=officer)
    with pytest.raises(ValidationError, match="allerede besluttet"):
        decide_option(option, state=OptionState.EXERCISED, decided_on=dt.date(2025, 1, 1), by=officer)


def test_decision_is_taken_back(officer: User) -> None:
    contract = contract_with_options(count=1)
    option = contract.options.get()
    decide_option(option, state=OptionState.EXERCISED, decided_on=dt.date(2025, 1, 1), by=officer)
    reopen_option(option, reason="Forkert kontrakt", by=officer)
    contract.refresh_from_db()
    assert (contract.effective_ends_on, contract.options.get().state) == (END, OptionState.OPEN)


def test_options_without_an_end_extend_nothing(officer: User) -> None:
    framework = FrameworkAgreementFactory()
    framework.options.set([FrameworkOption(number=1, length_months=12)])
    with pytest.raises(ValidationError) as refused:
        save_framework(framework, by=officer)
    assert list(refused.value.message_dict) == ["ends_on"]


def test_same_supplier_and_lot_at_the_same_time_is_refused(officer: User) -> None:
    held = ContractFactory(number="K-7", starts_on=dt.date(2024, 7, 1), ends_on=END)
    second = Contract(number="K-8", supplier=held.supplier, lot=held.lot, starts_on=dt.date(2026, 6, 30))
    with pytest.raises(ValidationError, match="K-7") as refused:
        save_contract(second, by=officer)
    assert list(refused.value.message_dict) == ["starts_on"]
    second.starts_on = dt.date(2026, 7, 1)
    save_contract(second, by=officer)
    assert Contract.objects.count() == 2


def test_extension_into_the_next_contract_is_refused(officer: User) -> None:
    first = contract_with_options()
    ContractFactory(supplier=first.supplier, lot=first.lot, starts_on=dt.date(2026, 7, 1))
    with pytest.raises(ValidationError, match="samme periode"):
        decide_option(
            first.options.get(number=1), state=OptionState.EXERCISED, decided_on=dt.date(2025, 1, 1), by=officer
        )


def test_notice_ends_the_contract_at_a_month_end(officer: User) -> None:
    framework = FrameworkAgreementFactory(notice_months=6)
    contract = ContractFactory(lot=LotFactory(framework=framework), ends_on=dt.date(2027, 6, 30))
    give_notice(contract, given_on=dt.date(2026, 2, 10), given_by=Party.SUPPLIER, reason="Lukker", by=officer)
    contract.refresh_from_db()
    assert (contract.terminated_to, contract.effective_ends_on) == (dt.date(2026, 8, 31), dt.date(2026, 8, 31))
    take_back_notice(contract, reason="Fortrudt", by=officer)
    contract.refresh_from_db()
    assert (contract.notice_given_on, contract.effective_ends_on) == (None, dt.date(2027, 6, 30))


def test_notice_ends_a_contract_with_an_open_end(officer: User) -> None:
    contract = ContractFactory(notice_months=3, notice_to_month_end=False)
    give_notice(contract, given_on=dt.date(2026, 2, 10), given_by=Party.MUNICIPALITY, by=officer)
    contract.refresh_from_db()
    assert contract.effective_ends_on == dt.date(2026, 5, 10)


@pytest.mark.parametrize(
    ("fields", "terminated_to", "sentence"),
    [
        ({}, None, "Skriv selv den sidste dag"),
        ({"notice_months": 6}, dt.date(2026, 7, 31), "tidligst 31. august 2026"),
        (
            {"notice_months": 6, "non_terminable_until": dt.date(2027, 1, 1)},
            dt.date(2026, 12, 31),
            "tidligst 1. januar",
        ),
    ],
)
def test_notice_that_the_terms_do_not_allow(
    officer: User, fields: dict[str, object], terminated_to: dt.date | None, sentence: str
) -> None:
    contract = ContractFactory(**fields)
    with pytest.raises(ValidationError, match=sentence) as refused:
        give_notice(
            contract,
            given_on=dt.date(2026, 2, 10),
            given_by=Party.SUPPLIER,
            terminated_to=terminated_to,
            by=officer,
        )
    assert list(refused.value.message_dict) == ["terminated_to"]


def test_notice_is_given_once(officer: User) -> None:
    contract = ContractFactory(notice_months=6)
    give_notice(contract, given_on=dt.date(2026, 2, 10), given_by=Party.SUPPLIER, by=officer)
    with pytest.raises(ValidationError, match="allerede opsagt"):
        give_notice(contract, given_on=dt.date(2026, 3, 10), given_by=Party.SUPPLIER, by=officer)


def test_signatures_are_recorded_for_each_side(officer: User) -> None:
    contract = ContractFactory(signed_by_municipality_on=None, signed_by_supplier_on=None)
    record_signatures(contract, by_municipality_on=dt.date(2026, 1, 5), by_supplier_on=None, by=officer)
    contract.refresh_from_db()
    assert (contract.signed_by_municipality_on, contract.signed_by_supplier_on) == (dt.date(2026, 1, 5), None)
