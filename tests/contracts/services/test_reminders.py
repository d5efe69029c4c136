"""Reminders: once for each cause, however often the pass runs; they come late rather than never, and end with the matter."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.enums import Role
from accounts.models import User
from accounts.services import set_roles
from contracts.enums import OptionState, Party
from contracts.models import Contract, DeadlineSetting, ReminderRule
from contracts.services import decide_option, give_notice, reopen_option, save_contract
from contracts.services.reminders import remind
from contracts.tasks import remind as remind_task
from notifications.enums import NoticeState
from notifications.models import Notice
from notifications.services import mark_done, snooze
from tests.conftest import person_with
from tests.factories import (
    ContractFactory,
    ContractOptionFactory,
    FrameworkAgreementFactory,
    LotFactory,
    ObligationFactory,
    ObligationOccurrenceFactory,
    ReminderRuleFactory,
    UserFactory,
)

END = dt.date(2026, 6, 30)
DECIDE_BY = dt.date(2025, 12, 31)
DAY = dt.timedelta(days=1)


def only(**fields: Any) -> ReminderRule:
    """Make the rule the only one there is."""
    ReminderRule.objects.all().delete()
    return ReminderRuleFactory(**fields)


def with_option(responsible: User | None = None, **fields: Any) -> Contract:
    contract = ContractFactory(number="K-1", ends_on=END, responsible=responsible, **fields)
    ContractOptionFactory(contract=contract, number=1, decide_months_before=6)
    return save_contract(Contract.objects.get(pk=contract.pk), by=None)


def standing() -> list[tuple[str, str]]:
    return [(notice.recipient.email, notice.title) for notice in Notice.objects.unresolved().order_by("pk")]


@pytest.mark.django_db
def test_a_reminder_comes_on_its_day_and_not_before(officer: User) -> None:
    contract = with_option(officer)
    only(kind="option", days=30)
    assert remind(today=DECIDE_BY - 31 * DAY) == 0
    assert remind(today=DECIDE_BY - 30 * DAY) == 1
    (notice,) = Notice.objects.all()
    assert (notice.title, notice.due_on, notice.kind, notice.subject) == (
        f"Option 1: K-1 {contract.supplier.name}",
        DECIDE_BY,
        "contracts.deadline.option",
        contract,
    )
    assert notice.url.endswith(f"/{contract.pk}/")


@pytest.mark.django_db
def test_a_day_on_which_the_program_was_away_comes_later_and_never_twice(officer: User) -> None:
    with_option(officer)
    only(kind="option", days=30)
    for day in (-20, -20, -19, -5, 0):
        remind(today=DECIDE_BY + day * DAY)
    assert Notice.objects.count() == 1


@pytest.mark.django_db
def test_an_overdue_deadline_does_not_drift(officer: User) -> None:
    """Its due date stays what it was, so the reminder after it fires, once."""
    with_option(officer)
    only(kind="option", days=1, moment="after_due")
    remind(today=DECIDE_BY)
    assert Notice.objects.count() == 0
    for days in range(1, 60, 7):
        remind(today=DECIDE_BY + days * DAY)
    assert list(Notice.objects.values_list("due_on", flat=True)) == [DECIDE_BY]


@pytest.mark.django_db
def test_reminders_stop_when_the_option_is_decided_and_begin_anew_for_what_follows(officer: User) -> None:
    contract = with_option(officer)
    ReminderRule.objects.all().delete()
    ReminderRuleFactory(kind="option", days=30)
    ReminderRuleFactory(kind="expiry", days=365)
    today = DECIDE_BY - 20 * DAY
    remind(today=today)
    assert dict(Notice.objects.values_list("due_on", "state")) == {
        DECIDE_BY: "open",
        END: "open",
    }
    option = contract.options.get()
    decide_option(option, state=OptionState.EXERCISED, decided_on=today, by=officer)
    remind(today=today)
    assert set(Notice.objects.values_list("due_on", "state")) == {(DECIDE_BY, "resolved"), (END, "resolved")}
    remind(today=dt.date(2026, 7, 1))
    assert list(Notice.objects.unresolved().values_list("due_on", flat=True)) == [dt.date(2027, 6, 30)]


@pytest.mark.django_db
def test_a_decision_taken_back_opens_the_same_notice_again(officer: User) -> None:
    contract = with_option(officer)
    only(kind="option", days=30)
    today = DECIDE_BY - 20 * DAY
    remind(today=today)
    (before,) = Notice.objects.all()
    decide_option(contract.options.get(), state=OptionState.DECLINED, decided_on=today, by=officer)
    remind(today=today)
    reopen_option(contract.options.get(), reason="Fejl", by=officer)
    remind(today=today)
    (after,) = Notice.objects.all()
    assert (after.pk, after.state) == (before.pk, NoticeState.OPEN)


@pytest.mark.django_db
def test_notice_given_ends_the_reminders_of_notice_and_option(officer: User) -> None:
    contract = with_option(officer, notice_months=6)
    ReminderRule.objects.all().delete()
    for kind in ("option", "notice"):
        ReminderRuleFactory(kind=kind, days=60)
    today = DECIDE_BY - 20 * DAY
    remind(today=today)
    assert Notice.objects.unresolved().count() == 2
    give_notice(contract, given_on=today, given_by=Party.MUNICIPALITY, by=officer)
    remind(today=today)
    assert Notice.objects.unresolved().count() == 0


@pytest.mark.django_db
def test_what_a_person_said_of_a_reminder_stands(officer: User, director: User) -> None:
    framework = FrameworkAgreementFactory(responsible=officer)
    framework.people.add(director)
    with_option(officer, lot=LotFactory(framework=framework))
    only(kind="option", days=30, whom="team")
    today = DECIDE_BY - 20 * DAY
    remind(today=today)
    snooze(Notice.objects.get(recipient=officer), until=today + 5 * DAY, today=today, by=officer)
    mark_done(Notice.objects.get(recipient=director), by=director)
    for days in range(4):
        remind(today=today + days * DAY)
    states = dict(Notice.objects.values_list("recipient__email", "state"))
    assert states == {officer.email: "snoozed", director.email: "resolved"}


@pytest.mark.django_db
def test_a_later_reminder_takes_the_place_of_an_earlier_one(officer: User) -> None:
    with_option(officer)
    only(kind="option", days=60)
    ReminderRuleFactory(kind="option", days=14, whom="team")
    remind(today=DECIDE_BY - 60 * DAY)
    remind(today=DECIDE_BY - 14 * DAY)
    assert [state for _due, state in Notice.objects.order_by("pk").values_list("pk", "state")] == ["resolved", "open"]


@pytest.mark.django_db
def test_settled_obligations_are_reminded_of_no_more(officer: User) -> None:
    contract = ContractFactory(responsible=officer)
    owner = person_with(Role.JOBCENTRE)
    obligation = ObligationFactory(contract=contract, title="Årsrapport", owner=owner)
    row = ObligationOccurrenceFactory(obligation=obligation, due_on=DECIDE_BY)
    only(kind="obligation", days=1, moment="after_due")
    remind(today=DECIDE_BY + 10 * DAY)
    assert standing() == [(owner.email, f"Årsrapport: {contract.number} {contract.supplier.name}")]
    row.state, row.settled_on = "fulfilled", DECIDE_BY
    row.save()
    remind(today=DECIDE_BY + 11 * DAY)
    assert standing() == []


@pytest.mark.django_db
def test_own_rules_replace_the_general_ones_and_may_be_silent(officer: User) -> None:
    contract = with_option(officer)
    other = ContractFactory(number="K-2", lot=contract.lot, ends_on=END, responsible=officer)
    ContractOptionFactory(contract=other, number=1)
    only(kind="option", days=10)
    ReminderRuleFactory(kind="option", days=100, framework=contract.lot.framework)
    ReminderRuleFactory(kind="option", days=200, contract=other, is_active=False)
    assert remind(today=DECIDE_BY - 100 * DAY) == 1
    assert standing() == [(officer.email, f"Option 1: K-1 {contract.supplier.name}")]
    assert remind(today=DECIDE_BY) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("whom", ["responsible", "team", "procurement", "person"])
def test_somebody_is_always_reminded(officer: User, whom: str) -> None:
    """Who left the municipality, or was never named, is stood in for by the procurement officers."""
    left = UserFactory(is_active=False)
    with_option(left)
    only(kind="option", days=30, whom=whom, person=left if whom == "person" else None)
    remind(today=DECIDE_BY)
    assert [email for email, _title in standing()] == [officer.email]


@pytest.mark.django_db
def test_the_time_to_begin_is_said(officer: User) -> None:
    with_option(officer)
    only(kind="option", days=0, moment="before_begin")
    DeadlineSetting.objects.filter(kind="option").update(administration_days=60, decision_days=30)
    assert remind(today=DECIDE_BY - 91 * DAY) == 0
    remind(today=DECIDE_BY - 90 * DAY)
    assert standing()[0][1].startswith("Tid til at begynde: Option 1: K-1")


@pytest.mark.django_db
def test_every_kind_has_rules_from_the_first_day(officer: User) -> None:
    with_option(officer)
    assert set(ReminderRule.objects.values_list("kind", flat=True)) == set(
        DeadlineSetting.objects.values_list("kind", flat=True)
    )
    assert remind(today=DECIDE_BY) == 1
    assert remind_task() >= 0


class TestPasses(TestCase):
    """Whatever days the pass runs on, in whatever order things are decided: one notice a person, day and rule."""

    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(
            st.tuples(st.integers(-70, 40), st.sampled_from(["pass", "exercise", "reopen"])), min_size=1, max_size=8
        )
    )
    def test_never_twice_and_never_drifting(self, steps: list[tuple[int, str]]) -> None:
        officer = set_roles(UserFactory(), frozenset({Role.PROCUREMENT}), by=None)
        contract = with_option(officer)
        ReminderRule.objects.all().delete()
        for days, moment in ((60, "before_due"), (14, "before_due"), (1, "after_due")):
            ReminderRuleFactory(kind="option", days=days, moment=moment)
        for offset, step in sorted(steps):
            today = DECIDE_BY + offset * DAY
            option = contract.options.get()
            if step == "exercise" and option.state == OptionState.OPEN and today <= DECIDE_BY:
                decide_option(option, state=OptionState.EXERCISED, decided_on=today, by=officer)
            if step == "reopen" and option.state != OptionState.OPEN:
                reopen_option(option, reason="Fejl", by=officer)
            remind(today=today)
            self.check(contract, today)

    def check(self, contract: Contract, today: dt.date) -> None:
        is_open = contract.options.get().state == OptionState.OPEN
        offset = (today - DECIDE_BY).days
        days = {"after_due:1": 1, "before_due:14": -14, "before_due:60": -60}
        reached = [rule for rule, day in days.items() if offset >= day]
        causes = Notice.objects.unresolved().values_list("cause", flat=True)
        assert [cause.rpartition(f"{DECIDE_BY}:")[2] for cause in causes] == (reached[:1] if is_open else [])
        assert set(Notice.objects.values_list("due_on", flat=True)) <= {DECIDE_BY}
