from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from learnings.models import Excerpt, MainPoint, Question, Recommendation, Round, Theme
from learnings.services import save_main_point
from learnings.viewsets import LearningsGroup
from tests.factories import (
    DecisionFactory,
    DiscussionFactory,
    EvaluationStatementFactory,
    InitiativeFactory,
    ReplyFactory,
    RoundFactory,
)
from tests.learnings.views.conftest import World
from tests.records.forms import posted

pytestmark = pytest.mark.django_db

REGISTERS = [register.name for register in LearningsGroup.items]


@pytest.mark.parametrize("name", REGISTERS)
def test_every_register_lists_and_shows_its_rows(world: World, reader_client: Client, name: str) -> None:
    ReplyFactory(recommendation=world.recommendation)
    InitiativeFactory(recommendation=world.recommendation)
    DiscussionFactory(report=world.version.report)
    EvaluationStatementFactory(round=world.round)
    model = next(register.model for register in LearningsGroup.items if register.name == name)
    row = model.objects.all()[0]

    assert str(row) in reader_client.get(reverse(f"{name}:index")).content.decode()
    assert reader_client.get(reverse(f"{name}:inspect", args=[row.pk])).status_code == 200


@pytest.mark.parametrize("name", REGISTERS)
def test_an_empty_register_says_what_to_do(reader_client: Client, name: str) -> None:
    register = next(register for register in LearningsGroup.items if register.name == name)

    assert str(register.empty_text) in reader_client.get(reverse(f"{name}:index")).content.decode()


@pytest.mark.parametrize("name", REGISTERS)
def test_a_register_is_closed_to_suppliers(supplier_client: Client, name: str) -> None:
    assert supplier_client.get(reverse(f"{name}:index")).status_code == 403


def test_a_round_is_made_with_a_code_book_of_its_own(officer_client: Client) -> None:
    wish = DecisionFactory()
    address = reverse("learnings_round:add")
    data = posted(officer_client, address, year="2025", title="Erfaringsopsamling 2025")
    wishes = {"wishes-TOTAL_FORMS": "1", "wishes-0-decision": str(wish.pk), "wishes-0-text": "Hvordan går det?"}

    officer_client.post(address, data | wishes | {"opens_on": "2025-02-10", "closes_on": "2025-03-21"})

    made = Round.objects.get()
    assert (made.state, [row.decision for row in made.wishes.all()]) == ("draft", [wish])
    assert made.code_book.name.endswith("2025")
    assert made.history.count() == 1


def test_the_list_of_rounds_leads_to_their_overview(officer_client: Client) -> None:
    this_round = RoundFactory()

    page = officer_client.get(reverse("learnings_round:index")).content.decode()

    assert reverse("learnings:round_show", args=[this_round.pk]) in page


def test_a_question_is_added_from_its_round(officer_client: Client) -> None:
    this_round = RoundFactory(state="draft")
    address = f"{reverse('learnings_question:add')}?round={this_round.pk}&order=3"

    officer_client.post(address, posted(officer_client, address, key="tid", wording="Hvad tager tid?"))

    question = Question.objects.get()
    assert (question.round, question.order, question.key) == (this_round, 3, "tid")


def test_an_answered_question_keeps_its_key_here_too(world: World, officer_client: Client) -> None:
    address = reverse("learnings_question:edit", args=[world.question.pk])

    page = officer_client.post(address, posted(officer_client, address, key="andet"))

    assert page.context["form"].non_field_errors()
    world.question.refresh_from_db()
    assert world.question.key == "kontakt"


def test_an_answered_question_is_not_deleted(world: World, officer_client: Client) -> None:
    officer_client.post(reverse("learnings_question:delete", args=[world.question.pk]), {"reason": ""})

    assert Question.objects.filter(pk=world.question.pk).exists()


def test_a_theme_is_made_and_moved(world: World, officer_client: Client) -> None:
    address = f"{reverse('learnings_theme:add')}?code_book={world.round.code_book_id}"
    officer_client.post(address, posted(officer_client, address, name="Relation"))
    above = Theme.objects.get(name="Relation")
    address = reverse("learnings_theme:edit", args=[world.theme.pk])

    officer_client.post(address, posted(officer_client, address, parent=str(above.pk)))

    world.theme.refresh_from_db()
    assert world.theme.parent == above


def test_a_theme_with_excerpts_is_not_deleted(world: World, officer_client: Client) -> None:
    officer_client.post(reverse("learnings_theme:delete", args=[world.theme.pk]), {"reason": ""})

    assert Theme.objects.filter(pk=world.theme.pk).exists()


@pytest.mark.parametrize("name", ["learnings_excerpt", "learnings_main_point", "learnings_recommendation"])
def test_what_is_written_elsewhere_is_not_written_in_a_register(name: str) -> None:
    register = next(register for register in LearningsGroup.items if register.name == name)

    assert not register().pages & {"add", "edit", "copy"}


def test_a_deleted_main_point_comes_back_with_its_excerpts(world: World, officer_client: Client) -> None:
    saved = save_main_point(world.point, excerpts=Excerpt.objects.all(), reason="Begrundet", by=None)
    save_main_point(saved, excerpts=[world.excerpt], by=None)
    pk = saved.pk
    officer_client.post(reverse("learnings_main_point:delete", args=[pk]), {"reason": "Ved en fejl"})
    assert not MainPoint.objects.filter(pk=pk).exists()

    moment = MainPoint.history.filter(id=pk, history_type="-").get().history_date.isoformat()
    officer_client.post(reverse("learnings_main_point:restore", args=[pk]), {"moment": moment})

    assert list(MainPoint.objects.get(pk=pk).excerpts.all()) == [world.excerpt]


def test_a_removed_coding_comes_back(world: World, officer_client: Client) -> None:
    pk = world.excerpt.pk
    for row in (world.point, world.recommendation):
        row.excerpts.clear()
    officer_client.post(reverse("learnings:excerpt_remove", args=[pk]))

    moment = Excerpt.history.filter(id=pk, history_type="-").get().history_date.isoformat()
    officer_client.post(reverse("learnings_excerpt:restore", args=[pk]), {"moment": moment})

    assert Excerpt.objects.get(pk=pk).passage == "fast kontaktperson"


def test_evidence_in_use_is_not_deleted_here_either(world: World, officer_client: Client) -> None:
    officer_client.post(reverse("learnings_excerpt:delete", args=[world.excerpt.pk]), {"reason": ""})

    assert Excerpt.objects.filter(pk=world.excerpt.pk).exists()


def test_a_recommendation_with_a_reply_is_not_deleted(world: World, officer_client: Client) -> None:
    ReplyFactory(recommendation=world.recommendation)

    officer_client.post(reverse("learnings_recommendation:delete", args=[world.recommendation.pk]), {"reason": ""})

    assert Recommendation.objects.filter(pk=world.recommendation.pk).exists()


def test_excerpts_are_exported(world: World, reader_client: Client) -> None:
    response = reader_client.get(reverse("learnings_excerpt:index"), {"export": "csv"})

    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert "fast kontaktperson" in lines[1]
    assert "Kontakt" in lines[1]
