"""A trial counts nowhere, because nothing of it is written anywhere."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from learnings.models import Question
from learnings.queries import rehearsal_rows
from suppliers.models import Supplier
from tests.factories import EvaluationStatementFactory, QuestionFactory, RoundFactory, TargetGroupFactory
from tests.learnings.world import supplier_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def question() -> Question:
    return QuestionFactory(round=RoundFactory(state="draft"), key="kontakt", word_limit=30)


@pytest.fixture
def supplier(question: Question) -> Supplier:
    group = TargetGroupFactory(name="Unge")
    QuestionFactory(round=question.round, target_group=group, word_limit=60, may_not_apply=False)
    QuestionFactory(round=question.round, target_group=TargetGroupFactory())
    return supplier_on(group, name="Broen", lots=2)


def counts() -> dict[str, int]:
    models = [model for model in apps.get_models() if model is not Session]
    return {model._meta.label: model._base_manager.count() for model in models}


def address(question: Question, supplier: Supplier) -> str:
    return reverse("learnings:rehearsal_try", args=[question.round_id, supplier.pk])


def given(question: Question) -> dict[str, str]:
    return {f"text_{row.pk}": "Et prøvesvar." for row in question.round.questions.all()}


def test_each_supplier_is_shown_with_what_it_would_be_asked(question: Question, supplier: Supplier) -> None:
    (row,) = rehearsal_rows(question.round)

    assert (row.supplier, len(row.lots), row.question_count) == (supplier, 2, 2)
    assert [str(section.target_group or "") for section in row.sections] == ["", "Unge"]
    assert row.minutes == 10  # 3 + 1 and 3 + 2 minutes, to five


def test_a_trial_is_checked_and_nothing_at_all_is_written(
    question: Question, supplier: Supplier, officer_client: Client
) -> None:
    officer_client.get(address(question, supplier))
    before = counts()

    page = officer_client.post(address(question, supplier), given(question)).content.decode()

    assert "kunne afleveres" in page
    assert counts() == before


def test_the_statements_about_the_municipality_are_tried_too(
    question: Question, supplier: Supplier, officer_client: Client
) -> None:
    statement = EvaluationStatementFactory(round=question.round, wording="Vi får svar i tide.")
    before = counts()

    shown = officer_client.get(address(question, supplier)).content.decode()
    rated = {f"score_{statement.pk}": "4", f"comment_{statement.pk}": "Ofte."}
    passed = officer_client.post(address(question, supplier), {**given(question), **rated}).content.decode()
    odd = {**given(question), f"comment_{statement.pk}": "x" * 1001}
    refused = officer_client.post(address(question, supplier), odd).content.decode()

    assert "Vi får svar i tide." in shown
    assert "Helt enig" in shown
    assert "kunne afleveres" in passed
    assert "kunne afleveres" not in refused
    assert counts() == before


def test_a_trial_with_gaps_is_told_what_a_supplier_is_told(
    question: Question, supplier: Supplier, officer_client: Client
) -> None:
    before = counts()

    page = officer_client.post(address(question, supplier), {f"text_{question.pk}": "ord " * 31}).content.decode()

    assert "er på 31 ord" in page
    assert "er ikke besvaret. Skriv et svar." in page
    assert counts() == before


def test_who_owes_nothing_cannot_be_played(question: Question, officer_client: Client) -> None:
    other = Supplier.objects.create(name="Uden kontrakt", cvr="10103940")

    assert officer_client.get(address(question, other)).status_code == 404


@pytest.mark.parametrize("suppliers", [1, 3])
def test_the_rehearsal_asks_as_often_for_one_as_for_three(
    question: Question, suppliers: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    group = TargetGroupFactory()
    for _number in range(suppliers):
        supplier_on(group)

    with django_assert_num_queries(5):
        rehearsal_rows(question.round)
