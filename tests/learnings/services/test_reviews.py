from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from contracts.models import ObligationOccurrence
from contracts.queries.obligations import occurrence_row
from learnings.enums import ReportState, ReviewOutcome
from learnings.models import Discussion, ExperienceReport, Question, Review
from learnings.queries import discussion_before, state_of
from learnings.services import (
    accept,
    discard_draft,
    reopen_as_new_version,
    save_discussion,
    send_back,
    start_report,
    submit_report,
    take_back_review,
)
from tests.factories import QuestionFactory, RoundFactory
from tests.learnings.world import DUE, FIXED, hand_in, owe, supplier_on, write

pytestmark = pytest.mark.django_db

COMMENT = "Skriv også, hvordan I kan se det."


@pytest.fixture
def question() -> Question:
    return QuestionFactory(key="kontakt")


@pytest.fixture
def report(question: Question) -> ExperienceReport:
    return hand_in(question.round, supplier_on(lots=2), kontakt=FIXED).report


def state(report: ExperienceReport) -> ReportState:
    return state_of(ExperienceReport.objects.get(pk=report.pk))


def occurrences() -> list[tuple[str, dt.date | None, object]]:
    return [(row.state, row.settled_on, row.evidence) for row in ObligationOccurrence.objects.order_by("pk")]


def test_what_is_accepted_fulfils_every_contract_that_asked_for_it(report: ExperienceReport, officer: User) -> None:
    other = owe(supplier_on(name="En anden").contracts.get(), due_on=dt.date(2024, 6, 1))

    review = accept(report, by=officer)

    today = timezone.localdate()
    assert state(report) == ReportState.ACCEPTED
    assert (review.reviewed_by, review.history.get().history_user) == (officer, officer)
    assert occurrences()[:2] == [("fulfilled", today, report)] * 2
    other.refresh_from_db()
    assert other.is_open


def test_an_occurrence_of_another_year_stays_open(report: ExperienceReport, officer: User) -> None:
    later = owe(report.supplier.contracts.first(), due_on=dt.date(2025, 3, 22))  # type: ignore[arg-type]

    accept(report, by=officer)

    later.refresh_from_db()
    assert later.is_open


def test_it_counts_from_the_day_on_which_the_first_version_came_in(question: Question, officer: User) -> None:
    report = start_report(question.round, supplier_on(), by=None)
    write(report, kontakt=FIXED)
    submit_report(report, submitted_at=dt.datetime(2024, 3, 20, 12, tzinfo=dt.UTC), by=None)
    send_back(report, comments={question: COMMENT}, by=officer)
    write(report, kontakt=f"{FIXED} Også her.")
    submit_report(report, by=None)

    accept(report, by=officer)

    assert [row[1] for row in occurrences()] == [dt.date(2024, 3, 20)]


def test_a_late_report_is_late_on_the_contract_too(report: ExperienceReport, officer: User) -> None:
    accept(report, by=officer)

    row = occurrence_row(ObligationOccurrence.objects.all()[0], today=timezone.localdate())
    days = (timezone.localdate() - DUE).days
    assert row.state == f"Opfyldt, {days} dage for sent"
    assert row.evidence_url == reverse("learnings:report_show", args=[report.pk])


def test_taking_the_acceptance_back_opens_what_it_had_fulfilled(report: ExperienceReport, officer: User) -> None:
    accept(report, by=officer)

    take_back_review(report, reason="Forkert rapport", by=officer)

    assert state(report) == ReportState.SUBMITTED
    assert occurrences() == [("open", None, None)] * 2
    assert Review.history.latest().history_change_reason == "Forkert rapport"


def test_what_somebody_fulfilled_by_hand_stays_so(report: ExperienceReport, officer: User) -> None:
    ObligationOccurrence.objects.update(state="fulfilled", settled_on=DUE, note="På papir")

    accept(report, by=officer)
    take_back_review(report, by=officer)

    assert occurrences() == [("fulfilled", DUE, None)] * 2


def test_an_accepted_report_is_not_written_in(report: ExperienceReport, officer: User) -> None:
    accept(report, by=officer)

    with pytest.raises(ValidationError, match="godkendelsen tilbage"):
        reopen_as_new_version(report, by=officer)


def test_what_is_sent_back_goes_on_as_a_new_version_with_the_comments(
    report: ExperienceReport, question: Question, officer: User
) -> None:
    review = send_back(report, comments={question: f" {COMMENT} "}, message="Næsten.", by=officer)

    assert (review.outcome, review.message) == (ReviewOutcome.SENT_BACK, "Næsten.")
    assert [(row.question, row.text) for row in review.comments.all()] == [(question, COMMENT)]
    assert state(report) == ReportState.SENT_BACK
    draft = report.versions.drafts().get()
    assert [answer.text for answer in draft.answers.all()] == [FIXED]
    assert occurrences() == [("open", None, None)] * 2


def test_what_comes_in_again_waits_to_be_read(report: ExperienceReport, question: Question, officer: User) -> None:
    send_back(report, comments={question: COMMENT}, by=officer)
    write(report, kontakt="Nu kan vi se det.")
    submit_report(report, by=None)

    assert state(report) == ReportState.SUBMITTED
    accept(report, by=officer)
    assert [review.outcome for review in Review.objects.order_by("pk")] == ["sent_back", "accepted"]


def test_sending_back_needs_to_say_something(report: ExperienceReport, question: Question, officer: User) -> None:
    with pytest.raises(ValidationError, match="Skriv, hvad der skal ændres"):
        send_back(report, comments={question: "  "}, by=officer)

    assert state(report) == ReportState.SUBMITTED


def test_a_comment_belongs_to_an_answer_of_the_version(report: ExperienceReport, officer: User) -> None:
    with pytest.raises(ValidationError):
        send_back(report, comments={QuestionFactory(): COMMENT}, by=officer)


def test_sending_back_is_undone_until_the_supplier_writes(
    report: ExperienceReport, question: Question, officer: User
) -> None:
    send_back(report, comments={question: COMMENT}, by=officer)
    take_back_review(report, by=officer)
    assert (state(report), report.versions.count()) == (ReportState.SUBMITTED, 1)

    send_back(report, comments={question: COMMENT}, by=officer)
    write(report, kontakt="Nu kan vi se det.")
    with pytest.raises(ValidationError):
        take_back_review(report, by=officer)


@pytest.mark.parametrize("again", [accept, lambda report, by: send_back(report, comments={}, message="Nej", by=by)])
def test_a_version_is_reviewed_once(report: ExperienceReport, officer: User, again: object) -> None:
    accept(report, by=officer)

    with pytest.raises(ValidationError, match="allerede godkendt"):
        again(report, by=officer)  # type: ignore[operator]


def test_what_is_being_written_is_not_reviewed(report: ExperienceReport, question: Question, officer: User) -> None:
    reopen_as_new_version(report, by=None)
    with pytest.raises(ValidationError):
        accept(report, by=officer)

    discard_draft(report, by=None)
    assert accept(report, by=officer).is_acceptance


def test_what_has_not_come_in_is_not_reviewed(question: Question, officer: User) -> None:
    report = start_report(question.round, supplier_on(), by=None)

    with pytest.raises(ValidationError):
        accept(report, by=officer)
    with pytest.raises(ValidationError):
        take_back_review(report, by=officer)


def test_a_discussion_stands_beside_next_years_report(report: ExperienceReport, officer: User) -> None:
    discussion = save_discussion(
        Discussion(report=report, held_on=dt.date(2024, 5, 14), focus_points="Fast kontaktperson"), by=officer
    )
    later = ExperienceReport(round=RoundFactory(year=report.round.year + 1), supplier=report.supplier)

    assert discussion_before(later) == discussion
    assert discussion_before(report) is None
    assert discussion.history.get().history_user == officer


def test_what_has_not_come_in_is_not_discussed(question: Question, officer: User) -> None:
    report = start_report(question.round, supplier_on(), by=None)

    with pytest.raises(ValidationError):
        save_discussion(Discussion(report=report, held_on=DUE, focus_points="Intet"), by=officer)
