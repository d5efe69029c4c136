import datetime as dt
from decimal import Decimal

import pytest

from contracts.models import Contract
from contracts.queries.contract_spend import ContractSpend, contract_spend
from tests.factories import ContractFactory, LotFactory, SpendFactory

TODAY = dt.date(2026, 6, 15)


def month(number):
    return dt.date(2026, number, 1)


def test_referrals_are_held_against_the_months_that_are_reported(db):
    lot = LotFactory()
    whole, late, ended, unknown = (
        ContractFactory(lot=lot, expected_referrals_per_year=120),
        ContractFactory(lot=lot, expected_referrals_per_year=60, starts_on=dt.date(2026, 4, 16)),
        ContractFactory(lot=lot, expected_referrals_per_year=12, last_referral_on=dt.date(2026, 1, 31)),
        ContractFactory(lot=lot),
    )
    for number in (1, 2, 4, 6):  # nothing of March and May, and June is not over
        SpendFactory(contract=whole, month=month(number), amount_dkk=100, referrals=8)
    SpendFactory(contract=unknown, month=month(1), amount_dkk=50, referrals=None)
    end = dt.date(2026, 4, 30)
    found = contract_spend([whole, late, ended, unknown], today=TODAY)
    assert found == [
        ContractSpend(whole, month(1), end, Decimal(300), 24, Decimal(30)),
        ContractSpend(late, dt.date(2026, 4, 16), end, None, None, Decimal("2.5")),
        ContractSpend(ended, month(1), dt.date(2026, 1, 31), None, None, Decimal(1)),
        ContractSpend(unknown, month(1), end, Decimal(50), None, None),
    ]
    assert [each.share for each in found] == [Decimal("0.8"), None, None, None]


def test_nothing_is_expected_before_anything_is_reported(db):
    contract = ContractFactory(expected_referrals_per_year=120)
    assert contract_spend([contract], today=TODAY) == [ContractSpend(contract, None, None, None, None, None)]


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(db, django_assert_num_queries, count):
    SpendFactory.create_batch(count, contract__expected_referrals_per_year=5)
    contracts = list(Contract.objects.select_related("lot"))
    with django_assert_num_queries(2):
        contract_spend(contracts, today=TODAY)
