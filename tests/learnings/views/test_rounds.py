from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from learnings.enums import ReportState, RoundState
from learnings.models import Round
from learnings.queries import report_rows, theme_rows
from learnings.services import reopen_as_new_version, start_report
from tests.factories import QuestionFactory, RoundFactory, ThemeFactory, WishFactory
from tests.learnings.views.conftest import World, build
from tests.learnings.world import DUE, supplier_on, write

pytestmark = pytest.mark.django_db


def test_the_overview_says_who_has_answered_and_how_far_the_coding_is(world: World, officer_client: Client) -> None:
    missing = supplier_on(name="Ålborg Værksted")
    WishFactory(round=world.round, text="Hvordan går det?", decision__title="Erfaringsopsamlinger 2023")

    page = officer_client.get(reverse("learnings:round_show", args=[world.round.pk]))

    assert page.context["submitted"] == page.context["answers"] == page.context["coded"] == 2
    assert [row.supplier.name for row in page.context["rows"]][-1] == missing.name
    assert "Erfaringsopsamlinger 2023" in page.content.decode()


def test_an_empty_round_says_what_to_do(officer_client: Client) -> None:
    page = officer_client.get(reverse("learnings:round_show", args=[RoundFactory().pk])).content.decode()

    assert page.count("learnings-empty") == 2


def test_report_rows_tell_the_states_apart(world: World) -> None:
    missing, drafting = supplier_on(), supplier_on()
    write(start_report(world.round, drafting, by=None), kontakt="Et udkast.")
    reopen_as_new_version(world.version.report, by=None)

    states = {row.supplier.id: row.state for row in report_rows(world.round, today=DUE)}

    assert states == {
        world.version.report.supplier_id: ReportState.REOPENED,
        world.other_version.report.supplier_id: ReportState.SUBMITTED,
        missing.pk: ReportState.MISSING,
        drafting.pk: ReportState.DRAFT,
    }


def test_a_late_report_says_so(world: World, officer_client: Client) -> None:
    (row, _other) = report_rows(world.round, today=DUE)

    assert row.is_late  # the example round closed years ago


def test_themes_count_what_lies_below_them(world: World) -> None:
    above = ThemeFactory(code_book=world.round.code_book, name="Relation")
    world.theme.parent = above
    world.theme.save()

    assert [(row.theme, row.depth, row.suppliers, row.excerpts) for row in theme_rows(world.round)] == [
        (above, 0, 2, 2),
        (world.theme, 1, 2, 2),
    ]


@pytest.mark.parametrize("suppliers", [1, 3])
def test_the_overview_asks_the_database_as_often_for_one_as_for_three(
    officer_client: Client, django_assert_num_queries: DjangoAssertNumQueries, suppliers: int
) -> None:
    world = build(suppliers=suppliers)
    officer_client.get(reverse("learnings:round_show", args=[world.round.pk]))  # fills caches
    with django_assert_num_queries(20):
        officer_client.get(reverse("learnings:round_show", args=[world.round.pk]))


def test_a_round_is_opened_and_closed(officer_client: Client) -> None:
    this_round = QuestionFactory(round__state=RoundState.DRAFT).round
    address = reverse("learnings:round_move", args=[this_round.pk])

    response = officer_client.post(address, {"to": "open"})

    assert response.status_code == 302
    assert response.url == reverse("learnings:round_show", args=[this_round.pk])
    assert Round.objects.get().state == RoundState.OPEN
    officer_client.post(address, {"to": "closed"})
    assert Round.objects.get().state == RoundState.CLOSED


@pytest.mark.parametrize("to", ["closed", "nonsense", ""])
def test_a_move_that_is_not_legal_is_refused_with_a_sentence(officer_client: Client, to: str) -> None:
    this_round = QuestionFactory(round__state=RoundState.DRAFT).round

    response = officer_client.post(reverse("learnings:round_move", args=[this_round.pk]), {"to": to}, follow=True)

    assert Round.objects.get().state == RoundState.DRAFT
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_questions_stand_in_order_and_the_next_place_is_known(world: World, officer_client: Client) -> None:
    QuestionFactory(round=world.round, order=10_000, wording="Til sidst?", word_limit=1, is_required=False)

    page = officer_client.get(reverse("learnings:round_questions", args=[world.round.pk]))

    (section,) = page.context["sections"]
    assert [question.wording for question in section.questions] == ["Hvad gør en forskel?", "Til sidst?"]
    assert page.context["next_order"] == 10_001


def test_a_round_without_questions_says_so(officer_client: Client) -> None:
    page = officer_client.get(reverse("learnings:round_questions", args=[RoundFactory().pk])).content.decode()

    assert "learnings-empty" in page
