"""Amendments that are signed before the day on which they take effect."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from time_machine import travel

from accounts.models import User
from contracts.checks import CHECKS
from contracts.enums import AmendmentState, OptionState
from contracts.models import Amendment, Contract, LegalBasis
from contracts.queries.agreed_terms import terms_of
from contracts.queries.coming import coming, waiting_for
from contracts.queries.deadlines import Scope, deadlines
from contracts.services import (
    bring_due_into_force,
    bring_into_force,
    decide_option,
    put_into_force,
    resume_amendment,
    save_contract,
    save_draft,
    save_framework,
    take_back_agreed,
    withdraw_amendment,
)
from contracts.tasks import bring_amendments_into_force
from tests.contracts.services.test_amendments import draft_of
from tests.factories import ContractFactory, ContractOptionFactory, FrameworkAgreementFactory, LotFactory

TODAY, DAY = dt.date(2026, 4, 1), dt.timedelta(days=1)
START, END, LATER = dt.date(2024, 7, 1), dt.date(2026, 12, 31), dt.date(2027, 12, 31)
EFFECT = dt.date(2026, 7, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(officer: User) -> Contract:
    contract = ContractFactory(number="K-7", starts_on=START, ends_on=END, notice_months=3, value_dkk=1_000_000)
    return save_contract(contract, by=officer)


@pytest.fixture
def minor(db: None) -> LegalBasis:
    return LegalBasis.objects.get(code="bagatel")


def agreed(agreement: Any, basis: LegalBasis, *, by: User, effective_on: dt.date = EFFECT, **changes: Any) -> Amendment:
    """Draft and sign an amendment of the agreement as it stands, with all that is agreed before it."""
    model = agreement._meta.model_name
    draft = draft_of(agreement, basis, effective_on=effective_on)
    draft.base_terms = coming(agreement, waiting_for(agreement)).terms
    given = draft.base_terms | {f"{model}.{name}": value for name, value in changes.items()}
    draft.terms = {key: value for key, value in given.items() if value is not None}
    draft = save_draft(draft, by=by)
    return put_into_force(draft, signed_on=TODAY, today=TODAY, by=by)


def due_days(*, today: dt.date = TODAY) -> dict[str, dt.date]:
    return {deadline.kind.value: deadline.due_on for deadline in deadlines(Scope(user=None), today=today)}


@travel("2026-04-01")
def test_terms_wait_for_the_day_and_the_end_counts_at_once(
    contract: Contract, minor: LegalBasis, officer: User
) -> None:
    amendment = agreed(contract, minor, by=officer, ends_on=LATER.isoformat(), notice_months=6)
    contract.refresh_from_db()
    assert amendment.state == AmendmentState.AGREED
    assert (contract.ends_on, contract.notice_months, contract.effective_ends_on) == (END, 3, LATER)
    # Six months' notice before the new end: what will hold then, not three months before an end that is no more.
    assert due_days()["notice"] == dt.date(2027, 6, 30)
    assert due_days()["expiry"] == LATER
    assert [problem for check in CHECKS for problem in check()] == []


def test_it_comes_into_force_on_its_day_and_not_before(contract: Contract, minor: LegalBasis, officer: User) -> None:
    amendment = agreed(contract, minor, by=officer, ends_on=LATER.isoformat(), notice_months=6)
    before = due_days()
    assert bring_due_into_force(today=EFFECT - DAY) == 0
    with pytest.raises(ValidationError, match="ikke før"):
        bring_into_force(amendment, today=EFFECT - DAY, by=officer)
    assert bring_due_into_force(today=EFFECT) == 1
    assert bring_due_into_force(today=EFFECT) == 0
    amendment.refresh_from_db()
    contract.refresh_from_db()
    assert amendment.state == AmendmentState.IN_FORCE
    assert (contract.ends_on, contract.notice_months, contract.effective_ends_on) == (LATER, 6, LATER)
    assert due_days() == before
    assert contract.history.latest().history_change_reason == "Ændring nr. 1: Forlængelse"


def test_a_day_on_which_the_program_was_away_is_caught_up(contract: Contract, minor: LegalBasis, officer: User) -> None:
    agreed(contract, minor, by=officer, notice_months=6)
    # The task's today is the machine's, which lies after the day.
    assert bring_amendments_into_force() == 1
    contract.refresh_from_db()
    assert contract.notice_months == 6


def test_amendments_build_on_each_other(contract: Contract, minor: LegalBasis, officer: User) -> None:
    first = agreed(contract, minor, by=officer, ends_on=LATER.isoformat())
    much_later = dt.date(2028, 12, 31)
    second = agreed(contract, minor, by=officer, effective_on=LATER, ends_on=much_later.isoformat())
    contract.refresh_from_db()
    assert (contract.ends_on, contract.effective_ends_on) == (END, much_later)
    with pytest.raises(ValidationError, match="Ændring nr. 2 træder i kraft"):
        take_back_agreed(first, reason="Fortrudt", by=officer)
    assert bring_due_into_force(today=LATER) == 2
    contract.refresh_from_db()
    second.refresh_from_db()
    assert (contract.ends_on, second.state) == (much_later, AmendmentState.IN_FORCE)


def test_one_that_is_taken_back_counts_no_more(contract: Contract, minor: LegalBasis, officer: User) -> None:
    amendment = agreed(contract, minor, by=officer, ends_on=LATER.isoformat())
    amendment = take_back_agreed(amendment, reason="Leverandøren fortrød", by=officer)
    contract.refresh_from_db()
    assert (amendment.state, amendment.signed_on, contract.effective_ends_on) == (AmendmentState.DRAFT, None, END)
    assert amendment.history.latest().history_change_reason == "Leverandøren fortrød"
    assert put_into_force(amendment, signed_on=TODAY, today=TODAY, by=officer).state == AmendmentState.AGREED


def test_an_end_before_what_is_agreed_is_refused(contract: Contract, minor: LegalBasis, officer: User) -> None:
    agreed(contract, minor, by=officer, effective_on=dt.date(2026, 11, 1), notice_months=6)
    with pytest.raises(ValidationError, match="Ændring nr. 1 træder i kraft 1. november 2026, og aftalen ville slutte"):
        agreed(contract, minor, by=officer, ends_on="2026-09-30")


def test_what_is_agreed_cannot_be_signed_again(contract: Contract, minor: LegalBasis, officer: User) -> None:
    amendment = agreed(contract, minor, by=officer, notice_months=6)
    with pytest.raises(ValidationError, match="allerede"):
        put_into_force(amendment, signed_on=TODAY, today=TODAY, by=officer)
    with pytest.raises(ValidationError, match="allerede"):
        put_into_force(amendment, signed_on=TODAY, today=EFFECT, by=officer)
    with pytest.raises(ValidationError, match="Tag den tilbage"):
        resume_amendment(amendment, by=officer)
    with pytest.raises(ValidationError, match="allerede"):
        withdraw_amendment(amendment, reason="Fortrudt", by=officer)


def test_a_term_that_is_agreed_to_change_is_not_changed_beside(
    contract: Contract, minor: LegalBasis, officer: User
) -> None:
    agreed(contract, minor, by=officer, ends_on=LATER.isoformat())
    contract.refresh_from_db()
    contract.ends_on = dt.date(2027, 6, 30)
    with pytest.raises(ValidationError) as refused:
        save_contract(contract, by=officer)
    assert list(refused.value.error_dict) == ["ends_on"]
    assert "Ændring nr. 1 træder i kraft 1. juli 2026" in refused.value.messages[0]
    contract.refresh_from_db()
    contract.expected_referrals_per_year = 12
    assert save_contract(contract, by=officer).effective_ends_on == LATER


def test_an_extension_waits_for_the_contract_after_the_end(
    contract: Contract, minor: LegalBasis, officer: User
) -> None:
    agreed(contract, minor, by=officer, effective_on=END + DAY, ends_on=LATER.isoformat())
    contract.refresh_from_db()
    assert contract.effective_ends_on == LATER
    follower = ContractFactory.build(
        number="K-8", supplier=contract.supplier, lot=contract.lot, starts_on=END + DAY, ends_on=None
    )
    with pytest.raises(ValidationError, match="samme periode"):
        save_contract(follower, by=officer)


@travel("2027-02-01")
def test_what_would_take_effect_after_a_notice_does_not(contract: Contract, minor: LegalBasis, officer: User) -> None:
    amendment = agreed(contract, minor, by=officer, effective_on=END + DAY, ends_on=LATER.isoformat())
    contract.refresh_from_db()
    contract.notice_given_on, contract.notice_given_by = TODAY, "supplier"
    contract.terminated_to = dt.date(2026, 9, 30)
    contract = save_contract(contract, by=officer)
    assert contract.effective_ends_on == contract.terminated_to
    assert bring_due_into_force(today=LATER) == 0
    amendment.refresh_from_db()
    assert amendment.state == AmendmentState.AGREED
    assert any(problem.record == amendment for check in CHECKS for problem in check())


def test_an_option_that_will_be_decided_earlier_is_due_earlier(
    contract: Contract, minor: LegalBasis, officer: User
) -> None:
    ContractOptionFactory(contract=contract, number=1, length_months=12, decide_months_before=3)
    assert due_days()["option"] == dt.date(2026, 9, 30)
    row = terms_of(Contract.objects.get(pk=contract.pk))["contractoption.1"] | {"decide_months_before": 6}
    draft = save_draft(draft_of(contract, minor, changes={"contractoption.1": row}, effective_on=EFFECT), by=officer)
    put_into_force(draft, signed_on=TODAY, today=TODAY, by=officer)
    assert due_days()["option"] == dt.date(2026, 6, 30)
    bring_due_into_force(today=EFFECT)
    assert due_days()["option"] == dt.date(2026, 6, 30)


def test_an_option_may_be_decided_until_the_day_that_the_agreed_end_gives(
    contract: Contract, minor: LegalBasis, officer: User
) -> None:
    option = ContractOptionFactory(contract=contract, number=1, length_months=12, decide_months_before=6)
    agreed(contract, minor, by=officer, effective_on=dt.date(2026, 12, 1), ends_on=LATER.isoformat())
    # By the old end it was to be decided by 30 June 2026; by the agreed one it may be until 30 June 2027.
    assert due_days()["option"] == dt.date(2027, 6, 30)
    held = decide_option(option, state=OptionState.EXERCISED, decided_on=dt.date(2026, 8, 1), by=officer)
    assert held.effective_ends_on == dt.date(2028, 12, 31)
    assert bring_due_into_force(today=dt.date(2026, 12, 1)) == 1
    held.refresh_from_db()
    assert (held.ends_on, held.effective_ends_on) == (LATER, dt.date(2028, 12, 31))
    assert [problem.message for check in CHECKS for problem in check() if problem.record == held] == []


def test_a_frameworks_notice_reaches_the_contracts_without_their_own(minor: LegalBasis, officer: User) -> None:
    framework = FrameworkAgreementFactory(starts_on=START, ends_on=None, notice_months=3)
    framework = save_framework(framework, by=officer)
    lot = LotFactory(framework=framework)
    save_contract(ContractFactory(lot=lot, starts_on=START, ends_on=END, notice_months=None), by=officer)
    assert due_days()["notice"] == dt.date(2026, 9, 30)
    agreed(framework, minor, by=officer, notice_months=6)
    assert due_days()["notice"] == dt.date(2026, 6, 30)
    framework.refresh_from_db()
    assert framework.notice_months == 3


# Ends, notice and days of effect around each other: before, on and after.
ENDS = st.none() | st.sampled_from([END, LATER, dt.date(2026, 9, 30), dt.date(2028, 2, 29)])
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "ends_on": ENDS.map(lambda day: day and day.isoformat()),
        "notice_months": st.sampled_from([None, 1, 6, 12]),
        "run_off_months": st.sampled_from([None, 3]),
        "last_referral_on": st.sampled_from([None, "2026-08-31", "2026-12-31"]),
        "non_terminable_until": st.sampled_from([None, "2026-10-31"]),
    },
)


class TestAnyTerms(TestCase):
    """Whatever is agreed: signing moves the end, the day moves the terms, and nothing else moves at either."""

    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(end=ENDS, amendments=st.lists(st.tuples(st.integers(1, 300), CHANGES), min_size=1, max_size=3))
    def test_the_day_of_effect_moves_terms_and_no_deadline(self, end: dt.date | None, amendments: list[Any]) -> None:
        contract = save_contract(
            ContractFactory(starts_on=START, ends_on=end, notice_months=3, run_off_months=2), by=None
        )
        basis = LegalBasis.objects.get(code="bagatel")
        for days, changes in amendments:
            try:
                agreed(contract, basis, by=None, effective_on=TODAY + dt.timedelta(days=days), **changes)  # type: ignore[arg-type]
            except ValidationError:
                continue  # outside the agreement's life, or against what is agreed already
        before = Contract.objects.get(pk=contract.pk)
        assert (before.ends_on, before.notice_months) == (end, 3)
        stored, due = (before.effective_ends_on, before.run_off_ends_on), due_days()
        waiting = list(Amendment.objects.filter(state=AmendmentState.AGREED).order_by("effective_on", "number"))
        for amendment in waiting:
            bring_due_into_force(today=amendment.effective_on)
            after = Contract.objects.get(pk=contract.pk)
            assert (after.effective_ends_on, after.run_off_ends_on) == stored
            assert due_days() == due
        assert not Amendment.objects.filter(state=AmendmentState.AGREED).exists()
        assert [problem.message for check in CHECKS for problem in check()] == []
