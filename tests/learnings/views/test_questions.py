from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from learnings.models import Question, Round
from tests.factories import QuestionFactory, RoundFactory
from tests.records.forms import posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened() -> Question:
    return QuestionFactory(key="kontakt", wording="Hvad virkr?", order=1)


def edit(client: Client, question: Question, **values: object) -> str:
    address = reverse("learnings_question:edit", args=[question.pk])
    return client.post(address, posted(client, address, **values), follow=True).content.decode()


def test_a_typing_error_is_corrected_in_an_open_round(opened: Question, officer_client: Client) -> None:
    edit(officer_client, opened, wording="Hvad virker?", is_correction="on")

    assert Question.objects.get().wording == "Hvad virker?"


def test_another_meaning_is_refused_with_the_way_to_do_it(opened: Question, officer_client: Client) -> None:
    shown = edit(officer_client, opened, wording="Hvad koster det?")

    assert "tilføj et nyt spørgsmål med sin egen nøgle" in shown
    assert Question.objects.get().wording == "Hvad virkr?"


def test_a_round_that_is_prepared_does_not_ask_whether_it_is_a_correction(
    opened: Question, officer_client: Client
) -> None:
    Round.objects.update(state="draft")

    address = reverse("learnings_question:edit", args=[opened.pk])
    assert "is_correction" not in officer_client.get(address).content.decode()
    edit(officer_client, opened, wording="Hvad koster det?")
    assert Question.objects.get().wording == "Hvad koster det?"


def test_a_question_is_moved_by_a_button_and_the_page_comes_back_at_it(
    opened: Question, officer_client: Client
) -> None:
    last = QuestionFactory(round=opened.round, key="sidst", order=2)

    response = officer_client.post(reverse("learnings:question_move", args=[last.pk]), {"direction": "up"})

    assert response.url.endswith(f"/spoergsmaal/#q{last.pk}")
    assert [row.key for row in opened.round.questions.all()] == ["sidst", "kontakt"]


def test_a_direction_that_does_not_exist_is_told(opened: Question, officer_client: Client) -> None:
    address = reverse("learnings:question_move", args=[opened.pk])

    assert "op eller ned" in officer_client.post(address, {"direction": "x"}, follow=True).content.decode()


def test_a_question_is_taken_out_and_asked_again(opened: Question, officer_client: Client) -> None:
    QuestionFactory(round=opened.round)

    shown = officer_client.post(reverse("learnings:question_withdraw", args=[opened.pk]), follow=True)
    assert [row.pk for row in shown.context["withdrawn"]] == [opened.pk]

    shown = officer_client.post(reverse("learnings:question_ask_again", args=[opened.pk]), follow=True)
    assert shown.context["withdrawn"] == []


def test_the_only_question_is_not_taken_out(opened: Question, officer_client: Client) -> None:
    shown = officer_client.post(reverse("learnings:question_withdraw", args=[opened.pk]), follow=True)

    assert "rundens eneste spørgsmål" in shown.content.decode()


def test_next_years_round_is_made_from_this_one(opened: Question, officer_client: Client) -> None:
    address = reverse("learnings:round_copy", args=[opened.round_id])

    officer_client.post(address, posted(officer_client, address))

    made = Round.objects.exclude(pk=opened.round_id).get()
    assert (made.year, made.title) == (opened.round.year + 1, f"Erfaringsopsamling {opened.round.year + 1}")
    assert made.questions.get().predecessor == opened


def test_a_year_that_has_a_round_is_refused_beside_the_year(opened: Question, officer_client: Client) -> None:
    RoundFactory(year=opened.round.year + 1)
    address = reverse("learnings:round_copy", args=[opened.round_id])

    response = officer_client.post(address, posted(officer_client, address))

    assert response.context["form"].errors["year"]
