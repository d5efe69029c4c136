from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from learnings.models import Excerpt, Theme
from tests.factories import RoundFactory, ThemeFactory
from tests.learnings.views.conftest import World, build
from tests.learnings.world import hand_in

pytestmark = pytest.mark.django_db


def coding_url(world: World) -> str:
    return reverse("learnings:coding", args=[world.round.pk])


def add_url(world: World) -> str:
    return reverse("learnings:excerpt_add", args=[world.answer.pk])


def add(client: Client, world: World, **fields: Any) -> Any:
    return client.post(add_url(world), {"theme": world.theme.pk, **fields})


def test_the_page_opens_on_an_answer_that_waits(world: World, officer_client: Client) -> None:
    world.point.excerpts.clear()
    world.recommendation.excerpts.clear()
    Excerpt.objects.filter(answer__version=world.other_version).delete()

    page = officer_client.get(coding_url(world))

    assert page.context["marked"].answer == world.other_version.answers.get()


def test_an_answer_is_chosen_by_address(world: World, officer_client: Client) -> None:
    page = officer_client.get(coding_url(world), {"answer": world.answer.pk, "theme": world.theme.pk})

    assert page.context["marked"].answer == world.answer
    assert page.context["form"]["theme"].value() == [str(world.theme.pk)]


def test_an_answer_of_another_round_is_not_found(world: World, officer_client: Client) -> None:
    assert officer_client.get(coding_url(world), {"answer": build().answer.pk}).status_code == 404


def test_a_round_without_answers_says_so(officer_client: Client) -> None:
    page = officer_client.get(reverse("learnings:coding", args=[RoundFactory().pk]))

    assert "learnings-empty" in page.content.decode()


def test_a_pasted_passage_is_coded(world: World, officer_client: Client, officer: User) -> None:
    response = add(officer_client, world, passage="gør en forskel", is_strong="on")

    excerpt = Excerpt.objects.get(start=22)
    assert response.url == f"{coding_url(world)}?answer={world.answer.pk}&theme={world.theme.pk}"
    assert (excerpt.passage, excerpt.is_strong, excerpt.coded_by) == ("gør en forskel", True, officer)


def test_a_marked_passage_is_coded_where_it_was_marked(world: World, officer_client: Client) -> None:
    add(officer_client, world, passage="en", start="26", end="28")

    assert Excerpt.objects.filter(answer=world.answer, start=26, end=28).exists()


def test_a_place_that_no_longer_says_the_passage_is_not_believed(world: World, officer_client: Client) -> None:
    add(officer_client, world, passage="kontaktperson", start="26", end="28")

    assert Excerpt.objects.filter(answer=world.answer, start=8, end=21).exists()


def test_a_passage_that_stands_twice_is_chosen_among(world: World, officer_client: Client) -> None:
    page = add(officer_client, world, passage="for")
    assert page.status_code == 302

    page = add(officer_client, world, passage="r")
    choices = [value for value, _label in page.context["form"].fields["place"].choices]
    assert len(choices) > 1
    assert not Excerpt.objects.filter(end=int(choices[1].split("-")[1])).exists()

    add(officer_client, world, passage="r", place=choices[1])
    assert Excerpt.objects.filter(end=int(choices[1].split("-")[1])).exists()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"passage": ""}, "passage"),
        ({"passage": "løs kontaktperson"}, "passage"),
        ({"passage": "fast", "theme": []}, "theme"),
        ({"passage": "fast", "theme": "999999"}, "theme"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    world: World, officer_client: Client, fields: dict[str, str], wrong: str
) -> None:
    page = add(officer_client, world, **fields)

    assert page.status_code == 200
    assert wrong in page.context["form"].errors
    assert Excerpt.objects.count() == 2


def test_a_theme_is_made_while_coding(world: World, officer_client: Client, officer: User) -> None:
    add(
        officer_client,
        world,
        passage="forskel",
        theme=[],
        new_theme="Virkning",
        new_parent=world.theme.pk,
        new_definition="Hvad det fører til.",
    )

    theme = Theme.objects.get(name="Virkning")
    assert (theme.parent, theme.code_book) == (world.theme, world.round.code_book)
    assert theme.definition == "Hvad det fører til."
    assert theme.history.get().history_user == officer
    assert theme.excerpts.get().passage == "forskel"


def test_a_passage_is_given_several_themes_at_once(world: World, officer_client: Client) -> None:
    other = ThemeFactory(code_book=world.round.code_book, name="Virkning")

    response = add(officer_client, world, passage="forskel", theme=[world.theme.pk, other.pk])

    assert {row.theme for row in Excerpt.objects.filter(answer=world.answer, start=29)} == {world.theme, other}
    assert response.url.endswith(f"theme={world.theme.pk}&theme={other.pk}")


def test_answers_to_other_questions_are_counted_not_listed(world: World, officer_client: Client) -> None:
    page = officer_client.get(coding_url(world))

    (group,) = page.context["groups"]
    assert (group.answers, group.coded, len(group.rows)) == (2, 2, 2)


def test_no_theme_is_left_behind_when_the_passage_is_refused(world: World, officer_client: Client) -> None:
    add(officer_client, world, passage="findes ikke", new_theme="Virkning")

    assert not Theme.objects.filter(name="Virkning").exists()


def test_a_replaced_version_is_read_but_not_coded(world: World, officer_client: Client) -> None:
    hand_in(world.round, world.version.report.supplier, kontakt="Noget andet.")

    page = officer_client.get(coding_url(world), {"answer": world.answer.pk})
    assert "data-learnings-code" not in page.content.decode()
    refused = add(officer_client, world, passage="forskel")
    assert refused.context["form"].non_field_errors()


def test_a_quote_is_marked_strong_and_unmarked(world: World, officer_client: Client) -> None:
    address = reverse("learnings:excerpt_strong", args=[world.excerpt.pk])

    response = officer_client.post(address, {"next": coding_url(world)})
    assert response.url == coding_url(world)
    assert Excerpt.objects.get(pk=world.excerpt.pk).is_strong
    officer_client.post(address, {"next": "https://elsewhere.example/"})
    assert not Excerpt.objects.get(pk=world.excerpt.pk).is_strong


def test_evidence_in_use_is_not_removed(world: World, officer_client: Client) -> None:
    address = reverse("learnings:excerpt_remove", args=[world.excerpt.pk])

    refused = officer_client.post(address, follow=True)
    assert "Den samme hele vejen" in str(next(iter(refused.context["messages"])))

    world.point.excerpts.clear()
    world.recommendation.excerpts.clear()
    response = officer_client.post(address)
    assert response.url == f"{coding_url(world)}?answer={world.answer.pk}"
    assert not Excerpt.objects.filter(pk=world.excerpt.pk).exists()


def test_themes_show_their_excerpts_and_those_below(world: World, reader_client: Client) -> None:
    above = ThemeFactory(code_book=world.round.code_book, name="Relation")
    other = ThemeFactory(code_book=world.round.code_book, name="Tid")
    world.theme.parent = above
    world.theme.save()
    address = reverse("learnings:themes", args=[world.round.pk])

    def shown(**query: Any) -> list[tuple[str, int]]:
        groups = reader_client.get(address, query).context["groups"]
        return [(row.theme.name, len(excerpts)) for row, excerpts in groups]

    assert shown() == shown(theme=above.pk) == shown(theme=world.theme.pk) == [("Kontakt", 2)]
    assert shown(theme=other.pk) == []
    assert shown(theme="x") == [("Kontakt", 2)]


def test_outdated_excerpts_are_marked(world: World, reader_client: Client) -> None:
    hand_in(world.round, world.version.report.supplier, kontakt="Noget andet.")

    page = reader_client.get(reverse("learnings:themes", args=[world.round.pk]))

    ((row, excerpts),) = page.context["groups"]
    assert (row.suppliers, row.excerpts) == (1, 1)
    assert sorted(excerpt.is_outdated for excerpt in excerpts) == [False, True]


@pytest.mark.parametrize(("name", "number"), [("coding", 19), ("themes", 14)])
@pytest.mark.parametrize("suppliers", [1, 3])
def test_the_number_of_queries_is_constant(
    officer_client: Client, django_assert_num_queries: DjangoAssertNumQueries, name: str, number: int, suppliers: int
) -> None:
    world = build(suppliers=suppliers)
    address = reverse(f"learnings:{name}", args=[world.round.pk])
    officer_client.get(address)  # fills caches
    with django_assert_num_queries(number):
        officer_client.get(address)
