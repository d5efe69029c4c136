from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from learnings.enums import RoundState
from learnings.models import ExperienceReport, Question, ReportVersion, Round
from learnings.services import (
    DraftAnswer,
    discard_draft,
    reopen_as_new_version,
    save_draft_answers,
    start_report,
    submit_report,
)
from tests.factories import QuestionFactory, RoundFactory, SupplierFactory, TargetGroupFactory
from tests.learnings.world import FIXED, hand_in, supplier_on, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def this_round() -> Round:
    return RoundFactory()


@pytest.fixture
def contact(this_round: Round) -> Question:
    return QuestionFactory(round=this_round, key="kontakt", wording="Hvad gør en forskel?")


@pytest.fixture
def report(this_round: Round, contact: Question) -> ExperienceReport:
    return start_report(this_round, supplier_on(), by=None)


def texts(version: ReportVersion) -> dict[str, str]:
    return {answer.question.key: answer.text for answer in version.answers.select_related("question")}


def test_start_report_twice_is_one_report(report: ExperienceReport) -> None:
    assert start_report(report.round, report.supplier, by=None) == report
    assert report.history.count() == 1


def test_start_report_refuses_a_supplier_without_a_contract(this_round: Round, officer: User) -> None:
    with pytest.raises(ValidationError):
        start_report(this_round, SupplierFactory(), by=officer)


def test_start_report_refuses_a_round_that_is_being_prepared(officer: User) -> None:
    with pytest.raises(ValidationError):
        start_report(RoundFactory(state=RoundState.DRAFT), supplier_on(), by=officer)


def test_a_draft_may_be_incomplete(report: ExperienceReport, contact: Question, officer: User) -> None:
    draft = save_draft_answers(report, answers={contact.pk: DraftAnswer()}, by=officer)

    assert (draft.number, draft.is_submitted, draft.created_by, texts(draft)) == (1, False, officer, {"kontakt": ""})


def test_questions_that_are_not_named_keep_their_answers(report: ExperienceReport) -> None:
    QuestionFactory(round=report.round, key="tid")
    write(report, kontakt=FIXED)

    assert texts(write(report, tid="Et år.")) == {"kontakt": FIXED, "tid": "Et år."}


def test_saving_the_same_again_changes_nothing(report: ExperienceReport) -> None:
    assert write(report, kontakt=FIXED).revision == write(report, kontakt=f"{FIXED}\r\n").revision == 1


def test_line_ends_are_stored_alike(report: ExperienceReport) -> None:
    assert texts(write(report, kontakt="en\r\nto")) == {"kontakt": "en\nto"}


def test_the_second_writer_is_told_and_overwrites_nothing(report: ExperienceReport, contact: Question) -> None:
    opened = write(report, kontakt="Først.").revision
    write(report, kontakt="Den førstes rettelse.")

    with pytest.raises(ValidationError) as refused:
        save_draft_answers(report, answers={contact.pk: DraftAnswer("Den andens.")}, revision=opened, by=None)

    assert refused.value.code == "conflict"
    assert texts(report.versions.get()) == {"kontakt": "Den førstes rettelse."}


def test_two_who_both_begin_a_report_do_not_overwrite_each_other(report: ExperienceReport, contact: Question) -> None:
    save_draft_answers(report, answers={contact.pk: DraftAnswer("Først.")}, revision=0, by=None)

    with pytest.raises(ValidationError):
        save_draft_answers(report, answers={contact.pk: DraftAnswer("Anden.")}, revision=0, by=None)


def test_an_answer_and_a_reason_together_are_refused(report: ExperienceReport) -> None:
    with pytest.raises(ValidationError, match="Hvad gør en forskel"):
        write(report, kontakt=DraftAnswer(text=FIXED, not_applicable_reason="Vi har ingen."))


def test_a_question_for_other_target_groups_cannot_be_answered(report: ExperienceReport) -> None:
    QuestionFactory(round=report.round, key="unge", target_group=TargetGroupFactory())

    with pytest.raises(ValidationError):
        write(report, unge="Ring op.")


def test_submit_freezes_the_version_with_its_author(report: ExperienceReport, officer: User) -> None:
    write(report, kontakt=FIXED)

    version = submit_report(report, note="Modtaget pr. mail.", by=officer)

    version.refresh_from_db()
    assert version.submitted_at is not None
    assert (version.submitted_by, version.note, texts(version)) == (officer, "Modtaget pr. mail.", {"kontakt": FIXED})


def test_submit_keeps_the_time_at_which_the_report_came_in(report: ExperienceReport) -> None:
    write(report, kontakt=FIXED)
    moment = dt.datetime(2024, 3, 19, 13, 12, tzinfo=dt.UTC)

    assert submit_report(report, submitted_at=moment, by=None).submitted_at == moment


def test_submit_refuses_a_time_that_has_not_come(report: ExperienceReport) -> None:
    write(report, kontakt=FIXED)

    with pytest.raises(ValidationError):
        submit_report(report, submitted_at=timezone.now() + dt.timedelta(hours=1), by=None)


def test_submit_lists_everything_that_is_missing(report: ExperienceReport) -> None:
    QuestionFactory(round=report.round, key="tid", wording="Hvad tager tid?")
    QuestionFactory(round=report.round, key="andet", wording="Andet?", is_required=False)
    QuestionFactory(round=report.round, key="ord", wording="Kort?", word_limit=2)
    write(report, ord="et to tre")

    with pytest.raises(ValidationError) as refused:
        submit_report(report, by=None)

    assert len(refused.value.messages) == 3
    for message, wording in zip(
        refused.value.messages, ("Hvad gør en forskel?", "Hvad tager tid?", "Kort?"), strict=True
    ):
        assert wording in message
    assert not report.versions.submitted().exists()


def test_a_reason_answers_a_required_question(report: ExperienceReport) -> None:
    write(report, kontakt=DraftAnswer(not_applicable_reason="Vi har ingen borgere endnu."))

    assert submit_report(report, by=None).is_submitted


def test_submit_without_a_draft_is_refused(report: ExperienceReport) -> None:
    with pytest.raises(ValidationError):
        submit_report(report, by=None)


def test_a_submitted_report_is_edited_as_a_new_version(report: ExperienceReport, officer: User) -> None:
    first = hand_in(report.round, report.supplier, kontakt=FIXED)

    draft = reopen_as_new_version(report, note="Rettet efter opkald.", by=officer)
    write(report, kontakt="To faste kontaktpersoner.")
    second = submit_report(report, by=officer)

    assert second == draft
    assert (second.number, second.created_by, second.note) == (2, officer, "Rettet efter opkald.")
    assert texts(first) == {"kontakt": FIXED}
    assert texts(second) == {"kontakt": "To faste kontaktpersoner."}


def test_a_submitted_report_takes_no_draft_answers(report: ExperienceReport) -> None:
    hand_in(report.round, report.supplier, kontakt=FIXED)

    with pytest.raises(ValidationError):
        write(report, kontakt="Noget andet.")


def test_a_new_version_that_says_the_same_is_refused(report: ExperienceReport) -> None:
    hand_in(report.round, report.supplier, kontakt=FIXED)
    reopen_as_new_version(report, by=None)

    with pytest.raises(ValidationError):
        submit_report(report, by=None)


def test_reopening_needs_a_submitted_version(report: ExperienceReport) -> None:
    write(report, kontakt=FIXED)

    with pytest.raises(ValidationError):
        reopen_as_new_version(report, by=None)


def test_reopening_twice_is_refused(report: ExperienceReport) -> None:
    hand_in(report.round, report.supplier, kontakt=FIXED)
    reopen_as_new_version(report, by=None)

    with pytest.raises(ValidationError):
        reopen_as_new_version(report, by=None)


def test_a_new_version_begun_by_mistake_can_be_discarded(report: ExperienceReport) -> None:
    first = hand_in(report.round, report.supplier, kontakt=FIXED)
    reopen_as_new_version(report, by=None)

    discard_draft(report, by=None)

    assert list(report.versions.all()) == [first]


def test_a_first_draft_is_never_discarded(report: ExperienceReport) -> None:
    write(report, kontakt=FIXED)

    with pytest.raises(ValidationError):
        discard_draft(report, by=None)


def test_an_answer_carried_over_is_to_the_question_as_it_reads_now(report: ExperienceReport, contact: Question) -> None:
    QuestionFactory(round=report.round, key="tid", is_required=False)
    first = hand_in(report.round, report.supplier, kontakt=FIXED)
    contact.wording = "Hvad gør den største forskel?"
    contact.save()
    second = hand_in(report.round, report.supplier, tid="Et år.")

    assert first.answers.get(question=contact).wording == "Hvad gør en forskel?"
    assert second.answers.get(question=contact).wording == "Hvad gør den største forskel?"


def test_late_reports_are_taken_in_a_closed_round(report: ExperienceReport) -> None:
    report.round.state = RoundState.CLOSED
    report.round.save()

    assert hand_in(report.round, report.supplier, kontakt=FIXED).is_submitted
