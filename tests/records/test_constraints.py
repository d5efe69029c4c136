"""Constraints computed in memory say what the database says."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from contracts.enums import OptionState, Party
from contracts.models import Amendment, Contract, ContractOption, FrameworkAgreement, Spend
from records.constraints import broken_constraints, first_field, truth
from tests.factories import ContractFactory, FrameworkAgreementFactory

DAYS = st.one_of(st.none(), st.dates(dt.date(2024, 1, 1), dt.date(2024, 1, 5)))
AMOUNTS = st.one_of(st.none(), st.integers(-1, 1))


def asked(record) -> set[str]:
    """Return the constraints that the database finds broken."""
    broken = set()
    for constraint in record._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            try:
                constraint.validate(type(record), record)
            except ValidationError:
                broken.add(constraint.name)
    return broken


def computed(record) -> set[str]:
    return {constraint.name for constraint in broken_constraints(record)}


class TestConstraints(TestCase):
    @given(
        start=DAYS,
        end=DAYS,
        given_on=DAYS,
        to=DAYS,
        referral=DAYS,
        value=AMOUNTS,
        by=st.sampled_from(["", *Party.values]),
    )
    def test_contracts(self, start, end, given_on, to, referral, value, by) -> None:
        contract = Contract(
            starts_on=start,
            ends_on=end,
            notice_given_on=given_on,
            notice_given_by=by,
            terminated_to=to,
            last_referral_on=referral,
            value_dkk=value,
        )
        assert computed(contract) == asked(contract)

    @given(first=st.integers(0, 101), second=st.integers(0, 101), ceiling=AMOUNTS, value=AMOUNTS)
    def test_frameworks(self, first, second, ceiling, value) -> None:
        framework = FrameworkAgreement(
            retender_threshold_percent=first,
            stop_threshold_percent=second,
            ceiling_dkk=ceiling,
            estimated_value_dkk=value,
        )
        assert computed(framework) == asked(framework)

    @given(state=st.sampled_from(OptionState.values), decided=DAYS, length=st.integers(0, 2))
    def test_options(self, state, decided, length) -> None:
        option = ContractOption(state=state, decided_on=decided, length_months=length)
        assert computed(option) == asked(option)


@pytest.mark.django_db
def test_a_record_does_not_follow_itself() -> None:
    contract = ContractFactory()
    contract.predecessor = contract
    assert computed(contract) == asked(contract) == {"contract_not_its_own_predecessor"}


@pytest.mark.django_db
def test_a_relation_to_what_is_not_stored_yet_counts() -> None:
    assert computed(Amendment(contract=Contract(), number=1)) == set()
    both = Amendment(contract=Contract(), framework=FrameworkAgreementFactory(), number=1)
    assert computed(both) == {"amendment_changes_one"}


@pytest.mark.django_db
def test_what_is_not_computed_here_is_asked_of_the_database() -> None:
    assert computed(Spend(month=dt.date(2024, 1, 2))) == {"spend_month_is_its_first_day"}
    assert computed(Spend(month=dt.date(2024, 1, 1))) == set()


def test_the_field_is_the_one_that_the_constraint_names() -> None:
    named = {constraint.name: constraint for constraint in Contract._meta.constraints}
    assert first_field(named["contract_ends_after_start"]) == "ends_on"
    assert first_field(named["contract_notice_whole"]) == "notice_given_on"


def test_missing_values_leave_a_condition_open() -> None:
    condition = next(c for c in Contract._meta.constraints if c.name == "contract_terminated_after_notice").condition
    assert truth(condition, Contract(terminated_to=dt.date(2024, 1, 1))) is None
