from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from learnings.enums import ReportState, RoundState
from learnings.models import ExperienceReport, Question, Round
from learnings.queries import owed_reports
from learnings.services import accept, extend, send_back, start_report, submit_report, take_back_extension
from suppliers.models import Supplier
from tests.factories import QuestionFactory
from tests.learnings.world import DUE, FIXED, hand_in, supplier_on, write

pytestmark = pytest.mark.django_db

LATER = DUE + dt.timedelta(days=14)
WHY = "Afdelingen flytter."


@pytest.fixture
def question() -> Question:
    return QuestionFactory(key="kontakt")


@pytest.fixture
def supplier(question: Question) -> Supplier:
    return supplier_on(name="Broen")


def owed(supplier: Supplier, *, today: dt.date = DUE) -> list[tuple[ReportState, dt.date, bool]]:
    return [(row.state, row.due_on, row.is_overdue) for row in owed_reports(supplier, today=today)]


def test_what_a_supplier_owes_begins_with_the_round(supplier: Supplier) -> None:
    assert owed(supplier) == [(ReportState.MISSING, DUE, False)]
    assert owed(supplier, today=LATER) == [(ReportState.MISSING, DUE, True)]
    Round.objects.update(state=RoundState.DRAFT)
    assert owed(supplier) == []


def test_a_supplier_that_no_contract_asks_owes_nothing(question: Question) -> None:
    assert owed(Supplier.objects.create(name="Uden kontrakt", cvr="10103940")) == []


def test_more_time_is_the_suppliers_own_last_day(question: Question, supplier: Supplier, officer: User) -> None:
    report = extend(question.round, supplier, until=LATER, reason=WHY, by=officer)

    assert owed(supplier, today=LATER) == [(ReportState.MISSING, LATER, False)]
    assert (report.extension_reason, report.history.latest().history_change_reason) == (WHY, WHY)
    take_back_extension(report, by=officer)
    assert owed(supplier, today=LATER) == [(ReportState.MISSING, DUE, True)]


def test_more_time_goes_on_after_the_round_has_closed(question: Question, supplier: Supplier, officer: User) -> None:
    extend(question.round, supplier, until=LATER, reason=WHY, by=officer)
    Round.objects.update(state=RoundState.CLOSED)

    assert owed(supplier, today=LATER) == [(ReportState.MISSING, LATER, False)]
    assert owed(supplier, today=LATER + dt.timedelta(days=1)) == []


@pytest.mark.parametrize(("until", "reason"), [(DUE, WHY), (LATER, " ")])
def test_more_time_is_more_and_has_a_reason(
    question: Question, supplier: Supplier, officer: User, until: dt.date, reason: str
) -> None:
    with pytest.raises(ValidationError):
        extend(question.round, supplier, until=until, reason=reason, by=officer)

    assert not ExperienceReport.objects.exists()


def test_what_is_handed_in_is_owed_again_only_when_sent_back(
    question: Question, supplier: Supplier, officer: User
) -> None:
    report = start_report(question.round, supplier, by=None)
    write(report, kontakt=FIXED)
    assert [row[0] for row in owed(supplier)] == [ReportState.DRAFT]

    submit_report(report, by=None)
    assert owed(supplier) == []

    review = send_back(report, comments={question: "Skriv mere."}, by=officer)
    Round.objects.update(state=RoundState.CLOSED)
    (row,) = owed_reports(supplier, today=DUE)
    assert (row.state, row.review, row.may_write) == (ReportState.SENT_BACK, review, True)


def test_what_is_accepted_is_owed_no_more(question: Question, supplier: Supplier, officer: User) -> None:
    accept(hand_in(question.round, supplier, kontakt=FIXED).report, by=officer)

    assert owed(supplier) == []


def test_a_report_under_a_merged_name_is_the_survivors(question: Question, supplier: Supplier) -> None:
    old = supplier_on(name="Gammelt navn")
    report = start_report(question.round, old, by=None)
    old.contracts.update(supplier=supplier)
    Supplier.objects.filter(pk=old.pk).update(merged_into=supplier, merged_at="2024-03-01T00:00Z")

    assert [row.report for row in owed_reports(supplier, today=DUE)] == [report]
