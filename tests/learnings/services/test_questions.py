from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from learnings.enums import Direction, Meaning, RoundState
from learnings.models import Question, Round
from learnings.queries import questions_of
from learnings.services import ask_again, move_question, save_question, withdraw_question
from tests.factories import QuestionFactory, RoundFactory, TargetGroupFactory
from tests.learnings.world import FIXED, hand_in, supplier_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened() -> Question:
    return QuestionFactory(key="kontakt", wording="Hvad virkr?", word_limit=100, is_required=False)


@pytest.mark.parametrize("change", ["key", "target_group"])
def test_an_answered_question_keeps_its_meaning(officer: User, opened: Question, change: str) -> None:
    hand_in(opened.round, supplier_on(), kontakt=FIXED)
    setattr(opened, change, "noget-andet" if change == "key" else TargetGroupFactory())

    with pytest.raises(ValidationError):
        save_question(opened, is_correction=True, by=officer)

    assert Question.objects.get().key == "kontakt"


def test_a_correction_leaves_answers_with_the_wording_they_were_given_to(officer: User, opened: Question) -> None:
    version = hand_in(opened.round, supplier_on(), kontakt=FIXED)
    opened.wording = "Hvad virker?"

    save_question(opened, is_correction=True, by=officer)

    assert (version.answers.get().wording, version.answers.get().text) == ("Hvad virkr?", FIXED)
    assert opened.history.latest().history_user == officer


@pytest.mark.parametrize("field", ["wording", "help_text"])
def test_another_meaning_is_refused_once_suppliers_can_see_it(officer: User, opened: Question, field: str) -> None:
    setattr(opened, field, "Hvad koster det?")

    with pytest.raises(ValidationError) as refused:
        save_question(opened, by=officer)

    assert "nyt spørgsmål" in refused.value.message_dict["wording"][0]
    assert Question.objects.get().wording == "Hvad virkr?"


def test_a_question_stays_in_its_round(officer: User, opened: Question) -> None:
    opened.round = RoundFactory(state=RoundState.DRAFT)

    with pytest.raises(ValidationError):
        save_question(opened, by=officer)


def test_while_it_is_prepared_everything_may_change(officer: User, opened: Question) -> None:
    Round.objects.update(state=RoundState.DRAFT)
    question = Question.objects.get()
    question.wording, question.is_required, question.word_limit = "Hvad koster det?", True, 10

    assert save_question(question, by=officer).history.count() == 2


@pytest.mark.parametrize(("field", "value"), [("is_required", True), ("may_not_apply", False), ("word_limit", 99)])
def test_demands_on_those_who_write_are_not_made_stricter(
    officer: User, opened: Question, field: str, value: object
) -> None:
    setattr(opened, field, value)

    with pytest.raises(ValidationError):
        save_question(opened, is_correction=True, by=officer)


def test_demands_may_be_eased(officer: User, opened: Question) -> None:
    opened.word_limit = None

    assert save_question(opened, by=officer).word_limit is None


def follower(opened: Question, wording: str, **values: object) -> Question:
    later = RoundFactory(year=opened.round.year + 1, state=RoundState.DRAFT)
    return Question(round=later, key=opened.key, wording=wording, **values)


def test_a_question_with_last_years_key_follows_it(officer: User, opened: Question) -> None:
    saved = save_question(follower(opened, "Hvad virkr?"), by=officer)

    assert (saved.predecessor, saved.meaning, saved.is_comparable) == (opened, "", True)


def test_other_words_than_last_years_say_what_they_mean(officer: User, opened: Question) -> None:
    with pytest.raises(ValidationError) as refused:
        save_question(follower(opened, "Hvad virker?"), by=officer)

    assert "Hvad virkr?" in refused.value.message_dict["meaning"][0]


@pytest.mark.parametrize(("meaning", "is_comparable"), [(Meaning.SAME, True), (Meaning.OTHER, False)])
def test_only_the_same_meaning_is_compared(
    officer: User, opened: Question, meaning: Meaning, is_comparable: bool
) -> None:
    saved = save_question(follower(opened, "Hvad virker?", meaning=meaning), by=officer)

    assert (saved.meaning, saved.is_comparable) == (meaning, is_comparable)


def test_a_question_moves_among_those_of_its_group(officer: User) -> None:
    this_round, group = RoundFactory(), TargetGroupFactory()
    a, b, c = (QuestionFactory(round=this_round, key=key, order=1) for key in "abc")
    QuestionFactory(round=this_round, key="x", order=1, target_group=group)

    move_question(c, direction=Direction.UP, by=officer)
    move_question(a, direction=Direction.UP, by=officer)

    rows = this_round.questions.filter(target_group=None)
    assert [question.key for question in rows] == ["a", "c", "b"]
    assert b.history.latest().history_user == officer


def test_the_last_question_stays_last(officer: User, opened: Question) -> None:
    assert move_question(opened, direction=Direction.DOWN, by=officer).order == opened.order


def test_a_withdrawn_question_is_asked_no_more_and_can_be_again(officer: User, opened: Question) -> None:
    other, supplier = QuestionFactory(round=opened.round), supplier_on()

    withdraw_question(opened, by=officer)
    assert questions_of(opened.round, supplier) == [other]

    ask_again(opened, by=officer)
    assert set(questions_of(opened.round, supplier)) == {opened, other}


def test_the_only_question_is_not_withdrawn(officer: User, opened: Question) -> None:
    with pytest.raises(ValidationError):
        withdraw_question(opened, by=officer)


def test_a_question_that_nobody_has_seen_is_deleted_instead(officer: User) -> None:
    question = QuestionFactory(round__state=RoundState.DRAFT)

    with pytest.raises(ValidationError):
        withdraw_question(question, by=officer)
