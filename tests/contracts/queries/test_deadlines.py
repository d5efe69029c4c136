"""The pass over everything: the stored rows give the rules what they need, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from contracts.deadlines import Deadline
from contracts.deadlines.kinds import DEFAULT_BUFFERS
from contracts.enums import OptionState, Phase
from contracts.models import Contract, DeadlineSetting, FrameworkAgreement, Tender, TenderPhase
from contracts.queries.deadlines import Scope, deadlines
from contracts.services import save_contract
from tests.contracts.tenders import tender
from tests.factories import (
    CommitteeMeetingFactory,
    ContractFactory,
    ContractOptionFactory,
    DecisionFactory,
    DocumentCategoryFactory,
    DocumentFactory,
    FrameworkAgreementFactory,
    FrameworkOptionFactory,
    LotFactory,
    ObligationFactory,
    ObligationOccurrenceFactory,
    SpendFactory,
    TenderFactory,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 1, 15)
END = dt.date(2027, 6, 30)


def found(scope: Scope | None = None) -> list[tuple[str, str, dt.date]]:
    rows = deadlines(scope or Scope(user=None), today=TODAY)
    return [(deadline.kind.value, deadline.agreement.code, deadline.due_on) for deadline in rows]


def everything(officer: User) -> Contract:
    """Make one of each that has a deadline."""
    framework = FrameworkAgreementFactory(
        code="ramme",
        ends_on=END,
        responsible=officer,
        notice_months=3,
        price_regulation="other",
        price_regulated_on=dt.date(2026, 2, 1),
        ceiling_dkk=1000,
        decision=DecisionFactory(),
    )
    FrameworkOptionFactory(framework=framework, number=1, decide_months_before=9)
    contract = ContractFactory(
        number="K-1",
        lot=LotFactory(framework=framework),
        ends_on=END,
        last_referral_on=dt.date(2027, 3, 31),
        run_off_months=6,
        run_off_ends_on=dt.date(2027, 12, 31),
    )
    ContractOptionFactory(contract=contract, number=1, decide_months_before=6)
    ObligationOccurrenceFactory(obligation=ObligationFactory(contract=contract), due_on=dt.date(2025, 12, 1))
    framework_obligation = ObligationFactory(contract=None, framework=framework)
    ObligationOccurrenceFactory(obligation=framework_obligation, due_on=dt.date(2026, 12, 1))
    category = DocumentCategoryFactory()
    DocumentFactory(contract=contract, category=category, expires_on=dt.date(2026, 9, 1))
    DocumentFactory(contract=None, framework=framework, category=category, expires_on=dt.date(2026, 10, 1))
    SpendFactory(contract=contract, month=dt.date(2025, 10, 1), amount_dkk=960)
    return contract


def test_every_kind_is_found_and_the_earliest_first(officer: User) -> None:
    everything(officer)
    assert found() == [
        ("ceiling_retender", "ramme", dt.date(2025, 10, 1)),
        ("ceiling_stop", "ramme", dt.date(2025, 10, 1)),
        ("obligation", "K-1", dt.date(2025, 12, 1)),
        ("price_regulation", "ramme", dt.date(2026, 2, 1)),
        ("retender", "ramme", dt.date(2026, 6, 30)),
        ("document", "K-1", dt.date(2026, 9, 1)),
        ("option", "ramme", dt.date(2026, 9, 30)),
        ("document", "ramme", dt.date(2026, 10, 1)),
        ("obligation", "ramme", dt.date(2026, 12, 1)),
        ("option", "K-1", dt.date(2026, 12, 31)),
        ("notice", "K-1", dt.date(2027, 3, 31)),
        ("last_referral", "K-1", dt.date(2027, 3, 31)),
        ("expiry", "K-1", END),
        ("expiry", "ramme", END),
        ("run_off", "K-1", dt.date(2027, 12, 31)),
    ]


def test_a_scope_keeps_to_what_is_asked_for(officer: User, supplier_user: User) -> None:
    contract = everything(officer)
    ContractFactory(number="K-2", ends_on=END)
    whole = found()
    assert [row for row in whole if row[1] == "K-2"] == [("expiry", "K-2", END)]
    assert found(Scope(officer)) == whole
    assert found(Scope(officer, framework_id=contract.lot.framework_id)) == [row for row in whole if row[1] != "K-2"]
    of_contract = [row for row in whole if row[1] == "K-1"]
    assert found(Scope(officer, contract_id=contract.pk)) == of_contract
    assert found(Scope(officer, supplier_id=contract.supplier_id)) == of_contract
    assert found(Scope(supplier_user)) == []


def test_days_follow_the_end_after_exercised_options() -> None:
    """The notice of an extended contract is counted from the extended end."""
    contract = ContractFactory(number="K-1", ends_on=dt.date(2026, 6, 30), notice_months=6)
    for number, state in ((1, OptionState.EXERCISED), (2, OptionState.OPEN)):
        ContractOptionFactory(
            contract=contract,
            number=number,
            state=state,
            decided_on=dt.date(2025, 10, 1) if state == OptionState.EXERCISED else None,
        )
    save_contract(Contract.objects.get(pk=contract.pk), by=None)
    assert found() == [
        ("notice", "K-1", dt.date(2026, 12, 31)),
        ("option", "K-1", dt.date(2026, 12, 31)),
        ("expiry", "K-1", END),
    ]


def test_an_open_ended_contract_keeps_its_obligations() -> None:
    contract = ContractFactory(number="K-1")
    ObligationOccurrenceFactory(obligation=ObligationFactory(contract=contract), due_on=dt.date(2026, 3, 1))
    assert found() == [("obligation", "K-1", dt.date(2026, 3, 1))]


def test_an_ended_contract_owes_what_it_owes_and_nothing_else() -> None:
    contract = ContractFactory(number="K-1", ends_on=dt.date(2025, 6, 30))
    obligation = ObligationFactory(contract=contract)
    ObligationOccurrenceFactory(obligation=obligation, due_on=dt.date(2025, 5, 1))
    ObligationOccurrenceFactory(
        obligation=obligation, due_on=dt.date(2025, 4, 1), state="fulfilled", settled_on=dt.date(2025, 4, 1)
    )
    DocumentFactory(contract=contract, expires_on=dt.date(2025, 5, 1))
    assert found() == [("obligation", "K-1", dt.date(2025, 5, 1))]


@pytest.mark.parametrize(("state", "is_there"), [("draft", False), ("cancelled", True)])
def test_a_tender_that_has_begun_ends_the_wait_for_it(state: str, is_there: bool) -> None:
    framework = FrameworkAgreementFactory(ends_on=END)
    why = {"cancellation_reason": "Ingen bud"} if state == "cancelled" else {}
    TenderFactory(predecessor_framework=framework, state=state, **why)
    assert ("retender" in {kind for kind, _code, _day in found()}) is is_there


def test_a_successor_ends_the_wait_for_a_tender() -> None:
    framework = FrameworkAgreementFactory(ends_on=END)
    FrameworkAgreementFactory(predecessor=framework)
    assert {kind for kind, _code, _day in found()} == {"expiry"}


def test_who_follows_it_up_falls_back_on_the_framework(officer: User, director: User) -> None:
    contract = everything(officer)
    owners = {row.kind.value: row.owner_id for row in of_code("K-1")}
    assert set(owners.values()) == {officer.pk}
    Contract.objects.filter(pk=contract.pk).update(responsible=director)
    assert {row.owner_id for row in of_code("K-1")} == {director.pk}


def of_code(code: str) -> list[Deadline]:
    return [row for row in deadlines(Scope(user=None), today=TODAY) if row.agreement.code == code]


def test_the_meeting_is_one_of_the_committee_that_decided_on_the_framework(officer: User) -> None:
    contract = everything(officer)
    committee = contract.lot.framework.decision.meeting.committee
    own = CommitteeMeetingFactory(committee=committee, held_on=dt.date(2026, 12, 7))
    CommitteeMeetingFactory(held_on=dt.date(2026, 12, 14))
    (option,) = [row for row in of_code("K-1") if row.kind == "option"]
    assert option.meeting is not None
    assert (option.meeting.held_on, option.meeting.committee) == (own.held_on, committee.name)


def test_buffers_are_those_of_the_register_and_else_those_of_the_program(officer: User) -> None:
    everything(officer)
    DeadlineSetting.objects.filter(kind="expiry").update(administration_days=10)
    DeadlineSetting.objects.filter(kind="run_off").delete()
    days = {row.kind.value: (row.due_on - row.begin_by).days for row in of_code("K-1")}
    assert (days["expiry"], days["run_off"]) == (10, DEFAULT_BUFFERS["run_off"].days)


def test_the_buffers_of_a_new_municipality_are_those_of_the_program() -> None:
    assert DeadlineSetting.objects.all().buffers() == DEFAULT_BUFFERS


@pytest.mark.parametrize("count", [1, 3])
def test_a_pass_costs_the_same_queries_with_more_agreements(
    officer: User, count: int, django_assert_num_queries: object
) -> None:
    everything(officer)
    for number in range(count):
        contract = ContractFactory(lot=LotFactory(), ends_on=END)
        ContractOptionFactory(contract=contract, number=1)
        ObligationOccurrenceFactory(obligation=ObligationFactory(contract=contract), due_on=END)
        DocumentFactory(contract=contract, expires_on=END)
        FrameworkOptionFactory(framework=contract.lot.framework, number=number + 1)
        CommitteeMeetingFactory()
        planned(unplanned(f"udbud-{number}"), Phase.PREPARATION, planned_start_on=END)
    with django_assert_num_queries(13):  # type: ignore[operator]
        deadlines(Scope(user=None), today=TODAY)


def test_a_framework_without_an_end_raises_nothing_of_its_end() -> None:
    FrameworkAgreement.objects.all().delete()
    FrameworkOptionFactory(framework=FrameworkAgreementFactory())
    assert found() == []


def planned(held: Tender, kind: Phase, **days: object) -> None:
    TenderPhase.objects.filter(tender=held, kind=kind).update(**days)


def unplanned(code: str, **fields: object) -> Tender:
    held = tender(code, **fields)
    TenderPhase.objects.filter(tender=held).update(planned_start_on=None, planned_end_on=None)
    return held


def test_the_planned_phases_of_running_tenders_are_due(officer: User) -> None:
    framework = FrameworkAgreementFactory(code="ramme")
    held = unplanned("udbud-27", responsible=officer, predecessor_framework=framework)
    planned(held, Phase.PREPARATION, started_on=dt.date(2025, 12, 1), planned_end_on=dt.date(2026, 1, 10))
    planned(held, Phase.MARKET_DIALOGUE, planned_start_on=dt.date(2026, 1, 12), is_skipped=True)
    planned(held, Phase.COMMITTEE_APPROVAL, planned_start_on=dt.date(2026, 2, 2), planned_end_on=dt.date(2026, 3, 2))
    planned(tender("annulleret"), Phase.BIDS, planned_start_on=TODAY)
    Tender.objects.filter(code="annulleret").update(state="cancelled", cancellation_reason="Ingen bød")
    rows = deadlines(Scope(user=officer), today=TODAY)
    assert [(row.title, row.due_on, row.stage(today=TODAY).value, row.owner_id) for row in rows] == [
        ("Forberedelse slutter: Udbud udbud-27", dt.date(2026, 1, 10), "overdue", officer.pk),
        ("Udvalgsgodkendelse begynder: Udbud udbud-27", dt.date(2026, 2, 2), "later", officer.pk),
    ]
    assert deadlines(Scope(user=officer, framework_id=framework.pk), today=TODAY) == rows
    assert deadlines(Scope(user=officer, framework_id=FrameworkAgreementFactory().pk), today=TODAY) == []
    assert deadlines(Scope(user=officer, supplier_id=1), today=TODAY) == []


def test_a_suppliers_user_sees_no_phase(supplier_user: User) -> None:
    planned(tender(), Phase.PREPARATION, planned_start_on=TODAY)
    assert deadlines(Scope(user=supplier_user), today=TODAY) == []


@pytest.mark.parametrize("days", [-60, 0, 30, 200, 300, 360, 440, 500, 540, 800])
def test_what_is_asked_for_until_a_day_is_what_the_whole_pass_has_until_then(officer: User, days: int) -> None:
    contract = everything(officer)
    ContractFactory(number="K-2", ends_on=END, notice_months=12, notice_to_month_end=True)
    early = ContractFactory(number="K-3", ends_on=dt.date(2030, 1, 15), lot=contract.lot)
    ContractOptionFactory(contract=early, number=1, decide_by_on=dt.date(2026, 3, 1))
    late = ContractFactory(number="K-4", ends_on=dt.date(2030, 1, 15), last_referral_on=dt.date(2026, 4, 1))
    ObligationOccurrenceFactory(obligation=ObligationFactory(contract=late), due_on=dt.date(2026, 5, 1))
    until = TODAY + dt.timedelta(days=days)
    whole = [row for row in deadlines(Scope(user=None), today=TODAY) if row.due_on <= until]
    assert deadlines(Scope(user=None), today=TODAY, until=until) == whole
