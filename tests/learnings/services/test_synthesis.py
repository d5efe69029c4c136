from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from learnings.enums import InitiativeState, ReplyKind
from learnings.models import Excerpt, Initiative, MainPoint, Question, Recommendation, Reply
from learnings.services import (
    link_excerpts,
    reply_to_recommendation,
    save_initiative,
    save_main_point,
    save_recommendation,
    unlink_excerpts,
)
from tests.factories import MainPointFactory, QuestionFactory, RecommendationFactory
from tests.learnings.world import FIXED, accepted, code, supplier_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact() -> Question:
    return QuestionFactory(key="kontakt")


@pytest.fixture
def excerpt(contact: Question) -> Excerpt:
    return code(accepted(contact.round, supplier_on(), kontakt=FIXED), contact, "fast kontaktperson")


def foreign_excerpt() -> Excerpt:
    question = QuestionFactory(key="kontakt")
    return code(accepted(question.round, supplier_on(), kontakt=FIXED), question, "forskel")


def new_point(question: Question) -> MainPoint:
    return MainPoint(round=question.round, question=question, heading="Kontakt", text="Den samme hele vejen.")


def test_a_main_point_and_its_excerpts_are_one_entry_in_history(
    contact: Question, excerpt: Excerpt, officer: User
) -> None:
    point = save_main_point(new_point(contact), excerpts=[excerpt], by=officer)

    (entry,) = point.history.all()
    assert entry.history_user == officer
    assert [row.excerpt for row in entry.excerpts.all()] == [excerpt]


def test_saving_a_main_point_again_writes_no_history(contact: Question, excerpt: Excerpt, officer: User) -> None:
    point = save_main_point(new_point(contact), excerpts=[excerpt], by=officer)

    save_main_point(MainPoint.objects.get(), excerpts=[excerpt], by=officer)

    assert point.history.count() == 1


def test_excerpts_that_are_not_named_stay(contact: Question, excerpt: Excerpt, officer: User) -> None:
    point = save_main_point(new_point(contact), excerpts=[excerpt], by=officer)
    point.text = "Ny tekst."

    save_main_point(point, by=officer)

    assert list(point.excerpts.all()) == [excerpt]


def test_a_question_of_another_round_is_refused(contact: Question) -> None:
    point = new_point(contact)
    point.question = QuestionFactory()

    with pytest.raises(ValidationError):
        save_main_point(point, by=None)


@pytest.mark.parametrize(("save", "make"), [(save_main_point, MainPoint), (save_recommendation, Recommendation)])
def test_an_excerpt_of_another_round_is_refused(contact: Question, save: object, make: type) -> None:
    row = make(round=contact.round, heading="Kontakt", text="Den samme.")

    with pytest.raises(ValidationError, match="forskel"):
        save(row, excerpts=[foreign_excerpt()], by=None)  # type: ignore[operator]

    assert not make.objects.exists()


def test_an_answer_to_another_question_is_refused(contact: Question, excerpt: Excerpt) -> None:
    other = QuestionFactory(round=contact.round)

    with pytest.raises(ValidationError, match="fast kontaktperson"):
        save_main_point(new_point(other), excerpts=[excerpt], by=None)


def test_a_point_that_moves_to_another_question_must_let_go_of_its_excerpts(
    contact: Question, excerpt: Excerpt
) -> None:
    point = save_main_point(new_point(contact), excerpts=[excerpt], by=None)
    point.question = QuestionFactory(round=contact.round)

    with pytest.raises(ValidationError):
        save_main_point(point, by=None)


def test_two_points_of_a_round_have_different_headings(contact: Question) -> None:
    save_main_point(new_point(contact), by=None)

    with pytest.raises(ValidationError):
        save_main_point(new_point(contact), by=None)


@pytest.mark.parametrize("factory", [MainPointFactory, RecommendationFactory])
def test_excerpts_are_linked_and_unlinked(contact: Question, excerpt: Excerpt, officer: User, factory: type) -> None:
    target = factory(round=contact.round)

    link_excerpts(target, excerpts=[excerpt], by=officer)
    link_excerpts(target, excerpts=[excerpt], by=officer)
    assert list(target.excerpts.all()) == [excerpt]

    unlink_excerpts(target, excerpts=[excerpt], by=officer)
    assert not target.excerpts.exists()
    assert target.history.count() == 3


def test_a_reply_is_replaced_and_the_first_stays_in_history(officer: User) -> None:
    recommendation = RecommendationFactory()
    given = {"decided_by": "Udvalget", "decided_on": dt.date(2024, 5, 21), "by": officer}

    reply_to_recommendation(recommendation, kind=ReplyKind.PARTLY, reason="Der mangler penge.", **given)
    reply_to_recommendation(recommendation, kind=ReplyKind.FOLLOW, reason="Pengene er fundet.", **given)
    reply_to_recommendation(recommendation, kind=ReplyKind.FOLLOW, reason="Pengene er fundet.", **given)

    reply = Reply.objects.get()
    assert reply.kind == ReplyKind.FOLLOW
    assert [entry.kind for entry in reply.history.order_by("history_id")] == [ReplyKind.PARTLY, ReplyKind.FOLLOW]


@pytest.mark.parametrize("missing", ["reason", "decided_by"])
def test_a_reply_gives_its_reason_and_who_decides(officer: User, missing: str) -> None:
    given = {"reason": "Enig.", "decided_by": "Udvalget", missing: ""}

    with pytest.raises(ValidationError) as refused:
        reply_to_recommendation(
            RecommendationFactory(), kind=ReplyKind.FOLLOW, decided_on=dt.date(2024, 5, 21), by=officer, **given
        )

    assert list(refused.value.message_dict) == [missing]


def test_an_initiative_is_followed(officer: User) -> None:
    initiative = save_initiative(
        Initiative(recommendation=RecommendationFactory(), heading="Møder", text="Prøves af."), by=officer
    )
    initiative.state = InitiativeState.DONE

    save_initiative(initiative, by=officer)
    save_initiative(initiative, by=officer)

    assert [entry.state for entry in initiative.history.order_by("history_id")] == ["planned", "done"]
