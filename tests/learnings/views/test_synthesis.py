from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from learnings.enums import ReplyKind
from learnings.models import MainPoint, Recommendation, Reply
from learnings.services import accept, reply_to_recommendation, save_main_point
from tests.factories import InitiativeFactory, MainPointFactory, QuestionFactory, ReplyFactory, RoundFactory
from tests.learnings.views.conftest import World, build
from tests.learnings.world import accepted
from tests.records.forms import posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(world: World) -> World:
    """The reports are accepted: main points and recommendations count no others."""
    for version in (world.version, world.other_version):
        accept(version.report, by=None)
    return world


def points_url(world: World) -> str:
    return reverse("learnings:main_points", args=[world.round.pk])


def point_url(world: World) -> str:
    return reverse("learnings:main_point_edit", args=[world.point.pk])


def advice_url(world: World) -> str:
    return reverse("learnings:recommendations", args=[world.round.pk])


def reply_url(world: World) -> str:
    return reverse("learnings:reply_edit", args=[world.recommendation.pk])


def test_main_points_show_counts_with_the_suppliers_one_click_away(world: World, reader_client: Client) -> None:
    page = reader_client.get(points_url(world))

    (point,) = page.context["points"]
    assert (point.n, point.m) == (2, 2)
    for name in point.suppliers:
        assert name in page.content.decode()


def test_a_point_without_evidence_says_so(world: World, reader_client: Client) -> None:
    MainPointFactory(round=world.round, heading="Løs påstand")

    # None of the two is published, and one has no evidence.
    assert reader_client.get(points_url(world)).content.decode().count("w-status") == 3


def test_a_round_without_points_says_what_to_do(reader_client: Client) -> None:
    this_round = RoundFactory()
    for name in ("main_points", "recommendations"):
        page = reader_client.get(reverse(f"learnings:{name}", args=[this_round.pk]))
        assert "learnings-empty" in page.content.decode()


def test_a_main_point_is_written_with_its_excerpts(world: World, officer_client: Client, officer: User) -> None:
    address = reverse("learnings:main_point_add", args=[world.round.pk])
    page = officer_client.get(address, {"question": world.question.pk})
    assert page.context["answered"] == 2
    data = {
        "question": world.question.pk,
        "heading": "Ny",
        "text": "Tekst.",
        "order": 2,
        "excerpts": [world.excerpt.pk],
    }

    response = officer_client.post(address, data)

    point = MainPoint.objects.get(heading="Ny")
    assert response.url == points_url(world)
    assert list(point.excerpts.all()) == [world.excerpt]
    assert [entry.history_user for entry in point.history.all()] == [officer]


def test_a_main_point_is_changed_with_a_reason(world: World, officer_client: Client) -> None:
    response = officer_client.post(
        point_url(world), posted(officer_client, point_url(world), heading="Nyt", change_reason="Stavefejl")
    )

    assert response.url == points_url(world)
    world.point.refresh_from_db()
    assert (world.point.heading, world.point.excerpts.count()) == ("Nyt", 2)
    assert world.point.history.latest().history_change_reason == "Stavefejl"


def test_totals_follow_the_question(world: World, officer_client: Client) -> None:
    other = QuestionFactory(round=world.round, is_required=False)

    totals = json.loads(officer_client.get(point_url(world)).context["totals"])

    assert totals == {"": 2, str(world.question.pk): 2, str(other.pk): 0}


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"heading": ""}, "heading"),
        ({"text": " "}, "text"),
        ({"excerpts": ["999999"]}, "excerpts"),
        ({"order": "x"}, "order"),
    ],
)
def test_an_invalid_main_point_is_shown_again(
    world: World, officer_client: Client, changes: dict[str, Any], wrong: str
) -> None:
    page = officer_client.post(point_url(world), posted(officer_client, point_url(world), **changes))

    assert page.status_code == 200
    assert list(page.context["form"].errors) == [wrong]
    assert world.point.history.count() == MainPoint.objects.get().history.count()


def test_an_excerpt_of_another_question_is_refused_beside_the_excerpts(world: World, officer_client: Client) -> None:
    other = QuestionFactory(round=world.round, is_required=False)

    page = officer_client.post(point_url(world), posted(officer_client, point_url(world), question=str(other.pk)))

    assert "fast kontaktperson" in " ".join(page.context["form"].errors["excerpts"])
    world.point.refresh_from_db()
    assert world.point.question == world.question


def test_two_editors_are_told_of_each_other_and_lose_nothing(
    world: World, officer_client: Client, officer: User
) -> None:
    mine = posted(officer_client, point_url(world), text="Min tekst.")
    world.point.heading = "Den andens overskrift"
    save_main_point(world.point, by=officer)

    page = officer_client.post(point_url(world), mine)

    assert page.status_code == 409
    form = page.context["form"]
    assert (form["heading"].value(), form["text"].value()) == ("Den andens overskrift", "Min tekst.")
    assert page.context["groups"][0][1][0].is_chosen
    again = officer_client.post(
        point_url(world), {**mine, "heading": "Begges", "loaded_version": form["loaded_version"].value()}
    )
    assert again.url == points_url(world)


def test_outdated_excerpts_stay_in_the_form_while_they_are_in_use(world: World, officer_client: Client) -> None:
    accepted(world.round, world.version.report.supplier, kontakt="Noget andet.")

    def offered() -> int:
        return sum(len(choices) for _theme, choices in officer_client.get(point_url(world)).context["groups"])

    assert offered() == 2
    world.point.excerpts.remove(world.excerpt)
    assert offered() == 1


def test_a_recommendation_is_written_and_changed(world: World, officer_client: Client) -> None:
    data = {"heading": "Ny", "text": "Tekst.", "order": 2, "addressee": "own", "excerpts": [world.excerpt.pk]}

    response = officer_client.post(reverse("learnings:recommendation_add", args=[world.round.pk]), data)
    assert response.url == advice_url(world)
    new = Recommendation.objects.get(heading="Ny")
    address = reverse("learnings:recommendation_edit", args=[new.pk])
    officer_client.post(address, posted(officer_client, address, excerpts=[]))

    assert not new.excerpts.exists()


def test_an_invalid_recommendation_is_shown_again(world: World, officer_client: Client) -> None:
    address = reverse("learnings:recommendation_add", args=[world.round.pk])

    page = officer_client.post(address, {"heading": world.recommendation.heading, "text": "Tekst.", "order": 1})

    assert page.context["form"].errors
    assert Recommendation.objects.count() == 1


def test_a_recommendation_is_replied_to(world: World, officer_client: Client) -> None:
    data = {"kind": "partly", "reason": "Der mangler penge.", "decided_by": "Udvalget", "decided_on": "2024-05-21"}

    response = officer_client.post(reply_url(world), data)

    assert response.url == advice_url(world)
    assert Reply.objects.get().kind == ReplyKind.PARTLY
    assert "Der mangler penge." in officer_client.get(advice_url(world)).content.decode()


@pytest.mark.parametrize("missing", ["kind", "reason", "decided_by", "decided_on"])
def test_a_reply_without_its_reason_is_no_reply(world: World, officer_client: Client, missing: str) -> None:
    data = {"kind": "not", "reason": "Nej.", "decided_by": "Udvalget", "decided_on": "2024-05-21", missing: ""}

    page = officer_client.post(reply_url(world), data)

    assert list(page.context["form"].errors) == [missing]
    assert not Reply.objects.exists()


def test_two_replies_at_once_are_noticed(world: World, officer_client: Client, officer: User) -> None:
    ReplyFactory(recommendation=world.recommendation)
    mine = posted(officer_client, reply_url(world), reason="Min begrundelse.")
    reply_to_recommendation(
        world.recommendation,
        kind=ReplyKind.NOT,
        reason="Den andens.",
        decided_by="Udvalget",
        decided_on=dt.date(2024, 5, 22),
        by=officer,
    )

    page = officer_client.post(reply_url(world), mine)

    assert page.status_code == 409
    assert page.context["form"]["reason"].value() == "Min begrundelse."
    assert Reply.objects.get().reason == "Den andens."


def test_two_first_replies_at_once_are_noticed(world: World, officer_client: Client) -> None:
    mine = posted(officer_client, reply_url(world), kind="follow", reason="Min.", decided_by="Udvalget")
    ReplyFactory(recommendation=world.recommendation, reason="Den andens.")

    page = officer_client.post(reply_url(world), mine)

    assert page.status_code == 409
    assert Reply.objects.get().reason == "Den andens."


@pytest.mark.parametrize(
    ("name", "number"),
    [("main_points", 25), ("recommendations", 24), ("main_point_add", 22), ("recommendation_add", 16)],
)
@pytest.mark.parametrize("suppliers", [1, 3])
def test_the_number_of_queries_is_constant(
    officer_client: Client, django_assert_num_queries: DjangoAssertNumQueries, name: str, number: int, suppliers: int
) -> None:
    world = build(suppliers=suppliers)
    ReplyFactory(recommendation=world.recommendation)
    for _number in range(suppliers):
        InitiativeFactory(recommendation=world.recommendation)
        MainPointFactory(round=world.round)
    address = reverse(f"learnings:{name}", args=[world.round.pk])
    officer_client.get(address)  # fills caches
    with django_assert_num_queries(number):
        officer_client.get(address)
