from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import User
from contracts.models import ReminderRule
from contracts.services.reminders import remind
from jobs.models import Job
from learnings.enums import RoundState
from learnings.links import report_address
from learnings.models import Question, Round
from learnings.services import accept, extend, move_round, send_back, start_report, take_back_review
from learnings.services.telling import tell_teams
from notifications.models import Notice
from suppliers.models import Supplier
from tests.factories import MembershipFactory, QuestionFactory, RoundFactory
from tests.learnings.world import DUE, FIXED, hand_in, supplier_on

pytestmark = pytest.mark.django_db

OPENING = dt.date(2024, 2, 12)


@pytest.fixture
def question() -> Question:
    ReminderRule.objects.all().delete()
    for days, moment in ((14, "before_due"), (1, "after_due")):
        ReminderRule.objects.create(kind="obligation", days=days, moment=moment, whom="supplier")
    return QuestionFactory(round=RoundFactory(title="Runden"), key="kontakt")


@pytest.fixture
def supplier(question: Question) -> Supplier:
    supplier = supplier_on(name="Broen")
    for role in ("administrator", "submitter", "editor", "viewer"):
        MembershipFactory(supplier=supplier, role=role)
    return supplier


def told(today: dt.date) -> list[tuple[str, dt.date | None]]:
    """Tell, and return what stands open: kind and day, once however many people are told."""
    tell_teams(today=today)
    standing = Notice.objects.unresolved().order_by().values_list("kind", "due_on").distinct()
    return sorted((kind.removeprefix("learnings."), due_on) for kind, due_on in standing)


def test_opening_a_round_tells_administrators_and_submitters_by_a_job(
    question: Question, supplier: Supplier, officer: User
) -> None:
    Round.objects.update(state=RoundState.DRAFT)
    question.round.refresh_from_db()
    assert told(OPENING) == []

    move_round(question.round, to=RoundState.OPEN, by=officer)

    assert Job.objects.get().kind == "learnings.tell_teams"
    assert told(OPENING) == [("round_open", DUE)]
    roles = Notice.objects.values_list("recipient__memberships__role", flat=True)
    assert sorted(roles) == ["administrator", "submitter"]
    assert {notice.url for notice in Notice.objects.all()} == {f"/portal/{supplier.pk}/rapporter/"}


def test_each_thing_is_told_once_and_takes_the_place_of_the_one_before(supplier: Supplier) -> None:
    for _again in range(2):
        assert told(OPENING) == [("round_open", DUE)]
    assert told(DUE - dt.timedelta(days=14)) == [("reminder", DUE)]
    assert told(DUE) == [("reminder", DUE)]
    assert told(DUE + dt.timedelta(days=1)) == [("reminder", DUE)]
    assert told(DUE + dt.timedelta(days=90)) == [("reminder", DUE)]

    assert Notice.objects.count() == 3 * 2  # opening, before, after; two people


def test_what_comes_in_ends_what_was_told(question: Question, supplier: Supplier) -> None:
    told(OPENING)
    hand_in(question.round, supplier, kontakt=FIXED)

    assert told(OPENING) == []


def test_more_time_is_told_as_another_last_day(question: Question, supplier: Supplier, officer: User) -> None:
    told(DUE)
    later = DUE + dt.timedelta(days=21)
    extend(question.round, supplier, until=later, reason="Flytning", by=officer)

    assert told(DUE) == [("round_open", later)]
    assert told(later + dt.timedelta(days=1)) == [("reminder", later)]


def test_a_report_that_is_sent_back_is_told_of_until_it_comes_in_again(
    question: Question, supplier: Supplier, officer: User
) -> None:
    report = hand_in(question.round, supplier, kontakt=FIXED).report
    send_back(report, comments={question: "Skriv mere."}, by=officer)

    assert told(DUE + dt.timedelta(days=90)) == [("sent_back", None)]
    take_back_review(report, by=officer)
    assert told(DUE) == []


def test_an_acceptance_is_told_once_and_taken_back_with_it(
    question: Question, supplier: Supplier, officer: User
) -> None:
    report = hand_in(question.round, supplier, kontakt=FIXED).report
    accept(report, by=officer)

    assert told(DUE) == [("accepted", None)]
    take_back_review(report, by=officer)
    assert told(DUE) == []


def test_a_closed_round_reminds_nobody_but_those_with_more_time(
    question: Question, supplier: Supplier, officer: User
) -> None:
    Round.objects.update(state=RoundState.CLOSED)
    assert told(DUE) == []

    question.round.refresh_from_db()
    extend(question.round, supplier, until=DUE + dt.timedelta(days=30), reason="Flytning", by=officer)
    assert told(DUE) == [("round_open", DUE + dt.timedelta(days=30))]


def test_a_rule_that_is_switched_off_reminds_nobody(supplier: Supplier) -> None:
    ReminderRule.objects.update(is_active=False)

    assert told(DUE) == [("round_open", DUE)]


def test_the_notice_leads_to_the_report_itself_and_to_where_it_is_begun(question: Question, supplier: Supplier) -> None:
    report = start_report(question.round, supplier, by=None)
    assert report_address(supplier.pk, None) == reverse("portal:reports", args=[supplier.pk])
    told(OPENING)
    assert {notice.url for notice in Notice.objects.all()} == {reverse("portal:report", args=[supplier.pk, report.pk])}


def test_a_rule_of_the_suppliers_teams_reminds_nobody_here_and_is_general(supplier: Supplier) -> None:
    before = Notice.objects.count()
    remind(today=DUE)
    assert Notice.objects.count() == before

    for values in ({"kind": "expiry"}, {"contract": supplier.contracts.get()}, {"moment": "before_begin"}):
        fields = {"kind": "obligation", "days": 3, "moment": "before_due", "whom": "supplier", **values}
        with pytest.raises(ValidationError):
            ReminderRule(**fields).full_clean()
