"""Each check finds what it is for, and nothing in what the services made."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.checks import CHECKS
from contracts.checks.amendments import check_amendments_within_agreement
from contracts.checks.ends import check_contract_days, check_framework_days
from contracts.checks.obligations import check_flow, check_occurrences, check_withdrawn, is_due
from contracts.checks.options import check_contract_options, check_framework_options
from contracts.checks.overlaps import check_contracts_apart
from contracts.enums import OccurrenceState, OptionState
from contracts.models import Contract, Obligation
from contracts.terms import add_months
from tests.factories import (
    AmendmentFactory,
    ContractFactory,
    ContractOptionFactory,
    FrameworkAgreementFactory,
    FrameworkOptionFactory,
    ObligationFactory,
    ObligationOccurrenceFactory,
    ObligationTemplateFactory,
)

START, END = dt.date(2024, 7, 1), dt.date(2026, 6, 30)
pytestmark = pytest.mark.django_db


def exercised(decided_on: dt.date = dt.date(2025, 12, 1)) -> dict:
    return {"state": OptionState.EXERCISED, "decided_on": decided_on}


def test_what_holds_together_has_no_problem() -> None:
    contract = ContractFactory(starts_on=START, ends_on=END, effective_ends_on=dt.date(2027, 6, 30))
    ContractOptionFactory(contract=contract, number=1, **exercised())
    ContractFactory(supplier=contract.supplier, lot=contract.lot, starts_on=dt.date(2027, 7, 1))
    AmendmentFactory(contract=contract, effective_on=START)
    obligation = ObligationFactory(contract=contract, first_due_on=None, days_after_start=30, every_months=12)
    ObligationOccurrenceFactory(obligation=obligation, due_on=dt.date(2025, 7, 31))
    assert [problem for check in CHECKS for problem in check()] == []


def test_stored_end_is_the_computed_one() -> None:
    contract = ContractFactory(ends_on=END, run_off_months=6)
    ContractOptionFactory(contract=contract, number=1, **exercised())
    assert [(problem.record, problem.message.partition(" er gemt ")[2]) for problem in check_contract_days()] == [
        (contract, "som 30. juni 2026, men vilkårene giver 30. juni 2027. Gem aftalen igen."),
        (contract, "som –, men vilkårene giver 31. december 2027. Gem aftalen igen."),
    ]


def test_stored_end_of_a_framework_is_the_computed_one() -> None:
    framework = FrameworkAgreementFactory(ends_on=END, effective_ends_on=None)
    (problem,) = check_framework_days()
    assert problem.record == framework
    assert "30. juni 2026" in problem.message


@pytest.mark.parametrize("factory", [ContractOptionFactory, FrameworkOptionFactory])
def test_option_is_exercised_in_its_order_and_in_time(factory) -> None:
    check = check_contract_options if factory is ContractOptionFactory else check_framework_options
    owner, make = {
        ContractOptionFactory: ("contract", ContractFactory),
        FrameworkOptionFactory: ("framework", FrameworkAgreementFactory),
    }[factory]
    broken, late, whole = make(ends_on=END), make(ends_on=END), make(ends_on=END)
    factory(number=1, **{owner: broken})
    factory(number=2, **{owner: broken}, **exercised())
    factory(number=1, **{owner: late}, **exercised(dt.date(2026, 1, 1)))
    factory(number=1, **{owner: whole}, **exercised())
    found = list(check())
    assert [problem.record for problem in found] == [broken, late]
    assert "Option 2" in found[0].message
    assert "31. december 2025" in found[1].message


def test_contracts_of_a_supplier_in_a_lot_do_not_overlap() -> None:
    first = ContractFactory(starts_on=START, ends_on=END)
    short = ContractFactory(
        supplier=first.supplier, lot=first.lot, starts_on=dt.date(2024, 8, 1), ends_on=dt.date(2024, 9, 30)
    )
    inside = ContractFactory(supplier=first.supplier, lot=first.lot, starts_on=END)
    ContractFactory(lot=first.lot, starts_on=START, ends_on=END)  # another supplier
    ContractFactory(supplier=first.supplier, starts_on=START)  # another lot
    found = list(check_contracts_apart())
    assert [problem.record for problem in found] == [short, inside]
    assert first.number in found[1].message


def test_contract_without_an_end_runs_for_ever() -> None:
    first = ContractFactory(starts_on=START)
    later = ContractFactory(supplier=first.supplier, lot=first.lot, starts_on=dt.date(2040, 1, 1))
    assert [problem.record for problem in check_contracts_apart()] == [later]


def test_amendment_is_not_before_its_agreement() -> None:
    early = AmendmentFactory(contract__starts_on=START, effective_on=START - dt.timedelta(days=1))
    of_framework = AmendmentFactory(
        contract=None, framework=FrameworkAgreementFactory(starts_on=START), effective_on=dt.date(2020, 1, 1)
    )
    AmendmentFactory(contract__starts_on=START, effective_on=START)
    assert [problem.record for problem in check_amendments_within_agreement()] == [early, of_framework]


def test_open_occurrence_ahead_follows_its_rule() -> None:
    obligation = ObligationFactory(first_due_on=dt.date(2121, 3, 1), every_months=3)
    ObligationOccurrenceFactory(obligation=obligation, due_on=dt.date(2121, 6, 1))
    ObligationOccurrenceFactory(
        obligation=obligation,
        due_on=dt.date(2121, 7, 15),
        state=OccurrenceState.FULFILLED,
        settled_on=dt.date(2021, 7, 1),
    )
    ObligationOccurrenceFactory(obligation=obligation, due_on=dt.date(2021, 9, 2))  # past, from before a change
    drifted = ObligationOccurrenceFactory(obligation=obligation, due_on=dt.date(2121, 9, 2))
    assert [problem.record for problem in check_occurrences()] == [drifted]


@given(first=st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), every=st.integers(1, 36), times=st.integers(0, 20))
def test_each_day_counted_from_the_first_is_due(first: dt.date, every: int, times: int) -> None:
    obligation = Obligation(contract=Contract(starts_on=START), first_due_on=first, every_months=every)
    due = add_months(first, every * times)
    assert is_due(obligation, due)
    assert not is_due(obligation, due + dt.timedelta(days=1))


def test_what_is_due_once_is_due_on_its_day_alone() -> None:
    obligation = Obligation(contract=Contract(starts_on=START), first_due_on=START)
    assert [is_due(obligation, day) for day in (START, add_months(START, 12))] == [True, False]


def test_contracts_have_what_the_sets_of_their_lots_ask_for() -> None:
    template, contract = ObligationTemplateFactory(), ContractFactory()
    template.obligation_set.lots.add(contract.lot)
    assert [problem.record for problem in check_flow()] == [contract]
    obligation = ObligationFactory(contract=contract, template=template)
    assert [*check_flow(), *check_withdrawn()] == []
    template.obligation_set.lots.clear()
    assert [problem.record for problem in [*check_flow(), *check_withdrawn()]] == [obligation]


def make_problems() -> None:
    contract = ContractFactory(ends_on=END)
    ContractOptionFactory(contract=contract, number=1, **exercised(dt.date(2026, 1, 1)))
    FrameworkOptionFactory(framework=FrameworkAgreementFactory(ends_on=END), number=1, **exercised(END))
    ContractFactory(supplier=contract.supplier, lot=contract.lot, starts_on=END)
    AmendmentFactory(contract=contract, effective_on=dt.date(2000, 1, 1))
    ObligationOccurrenceFactory(obligation__contract=contract, due_on=dt.date(2120, 1, 1))


def test_queries_do_not_grow_with_the_rows(django_assert_num_queries) -> None:
    for _run in range(2):
        make_problems()
        with django_assert_num_queries(34):
            assert len([problem for check in CHECKS for problem in check()]) >= 7
