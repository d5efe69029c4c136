from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from learnings.enums import RoundState
from learnings.models import Question, Round
from learnings.services import move_round, save_question, save_round
from tests.factories import DecisionFactory, QuestionFactory, RoundFactory, TargetGroupFactory
from tests.learnings.world import FIXED, hand_in, supplier_on

pytestmark = pytest.mark.django_db


def new_round(**values: object) -> Round:
    fields = {"year": 2024, "title": "2024", "opens_on": dt.date(2024, 2, 12), "closes_on": dt.date(2024, 3, 22)}
    return Round(**{**fields, **values})


def test_save_round_gives_a_round_its_own_code_book_and_one_entry_in_history(officer: User) -> None:
    wish = DecisionFactory()

    saved = save_round(new_round(), wishes=[wish], by=officer)

    assert str(saved.code_book).endswith("2024")
    assert list(saved.wishes.all()) == [wish]
    assert [entry.history_user for entry in saved.history.all()] == [officer]


def test_save_round_again_writes_no_history(officer: User) -> None:
    wish = DecisionFactory()
    saved = save_round(new_round(), wishes=[wish], by=officer)

    save_round(Round.objects.get(pk=saved.pk), wishes=[wish], by=officer)

    assert saved.history.count() == 1


def test_save_round_refuses_dates_in_the_wrong_order(officer: User) -> None:
    with pytest.raises(ValidationError):
        save_round(new_round(closes_on=dt.date(2024, 2, 11)), by=officer)

    assert not Round.objects.exists()


def test_a_round_opens_closes_and_opens_again(officer: User) -> None:
    this_round = RoundFactory(state=RoundState.DRAFT)
    QuestionFactory(round=this_round)

    for state in (RoundState.OPEN, RoundState.CLOSED, RoundState.OPEN, RoundState.DRAFT):
        move_round(this_round, to=state, by=officer)

    this_round.refresh_from_db()
    assert this_round.state == RoundState.DRAFT
    assert this_round.history.latest().history_user == officer


def test_a_round_without_questions_does_not_open(officer: User) -> None:
    with pytest.raises(ValidationError):
        move_round(RoundFactory(state=RoundState.DRAFT), to=RoundState.OPEN, by=officer)


def test_a_draft_does_not_close(officer: User) -> None:
    with pytest.raises(ValidationError):
        move_round(RoundFactory(state=RoundState.DRAFT), to=RoundState.CLOSED, by=officer)


def test_a_round_with_reports_never_becomes_a_draft_again(officer: User) -> None:
    question = QuestionFactory(key="kontakt")
    hand_in(question.round, supplier_on(), kontakt=FIXED)

    with pytest.raises(ValidationError):
        move_round(question.round, to=RoundState.DRAFT, by=officer)


@pytest.mark.parametrize("change", ["key", "target_group"])
def test_an_answered_question_keeps_its_meaning(officer: User, change: str) -> None:
    question = QuestionFactory(key="kontakt")
    hand_in(question.round, supplier_on(), kontakt=FIXED)
    setattr(question, change, "noget-andet" if change == "key" else TargetGroupFactory())

    with pytest.raises(ValidationError):
        save_question(question, by=officer)

    assert Question.objects.get().key == "kontakt"


def test_a_corrected_question_leaves_answers_with_the_wording_they_were_given_to(officer: User) -> None:
    question = QuestionFactory(key="kontakt", wording="Hvad virkr?")
    version = hand_in(question.round, supplier_on(), kontakt=FIXED)
    question.wording = "Hvad virker?"

    save_question(question, by=officer)

    assert version.answers.get().wording == "Hvad virkr?"
    assert question.history.latest().history_user == officer


def test_an_unanswered_question_may_still_change(officer: User) -> None:
    question = QuestionFactory(key="kontakt")
    question.key = "forskel"

    assert save_question(question, by=officer).history.count() == 2
