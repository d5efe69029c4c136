from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from learnings.enums import RoundState
from learnings.models import Question, Round, Wish
from learnings.services import copy_round, move_round, save_round, withdraw_question
from tests.factories import DecisionFactory, QuestionFactory, RoundFactory, TargetGroupFactory, WishFactory
from tests.learnings.world import FIXED, hand_in, supplier_on

pytestmark = pytest.mark.django_db


def new_round(**values: object) -> Round:
    fields = {"year": 2024, "title": "2024", "opens_on": dt.date(2024, 2, 12), "closes_on": dt.date(2024, 3, 22)}
    return Round(**{**fields, **values})


def test_save_round_gives_a_round_its_own_code_book_and_one_entry_in_history(officer: User) -> None:
    this_round = new_round()
    this_round.wishes.set([Wish(decision=DecisionFactory(), text="Hvordan går det de unge?")])

    saved = save_round(this_round, by=officer)

    assert str(saved.code_book).endswith("2024")
    assert [wish.text for wish in Wish.objects.filter(round=saved)] == ["Hvordan går det de unge?"]
    assert [entry.history_user for entry in saved.history.all()] == [officer]
    assert [entry.history_user for entry in Wish.history.all()] == [officer]


def test_save_round_again_writes_no_history(officer: User) -> None:
    saved = save_round(new_round(), by=officer)

    save_round(Round.objects.get(pk=saved.pk), by=officer)

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


def next_round(source: Round, *, by: User) -> Round:
    days = {"opens_on": dt.date(2025, 2, 10), "closes_on": dt.date(2025, 3, 21)}
    return copy_round(source, year=source.year + 1, title="Den næste", **days, by=by)


def test_a_copied_round_asks_the_same_and_knows_last_years_questions(officer: User) -> None:
    first = QuestionFactory(key="kontakt", order=2, word_limit=80, is_required=False, may_not_apply=False)
    second = QuestionFactory(round=first.round, key="unge", order=1, target_group=TargetGroupFactory())
    gone = QuestionFactory(round=first.round, key="gammelt")
    withdraw_question(gone, by=officer)
    WishFactory(round=first.round)

    copied = next_round(first.round, by=officer)

    assert (copied.state, copied.code_book, copied.wishes.count()) == ("draft", first.round.code_book, 0)
    same = ("key", "wording", "order", "word_limit", "is_required", "may_not_apply", "target_group")
    for question, last in zip(copied.questions.order_by("order"), [second, first], strict=True):
        assert [getattr(question, name) for name in same] == [getattr(last, name) for name in same]
        assert (question.predecessor, question.is_comparable) == (last, True)
        assert question.history.get().history_user == officer


def test_a_year_has_one_round(officer: User) -> None:
    source = QuestionFactory().round
    next_round(source, by=officer)

    with pytest.raises(ValidationError, match="år"):
        next_round(source, by=officer)

    assert Question.objects.count() == 2
