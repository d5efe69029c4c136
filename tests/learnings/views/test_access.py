"""The rungs that every page shares: who gets in, who may change, what is not there, and which verbs are taken."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from learnings import urls
from tests.factories import AttachmentFactory, ReportVersionFactory, ResolutionFactory, WithholdingFactory
from tests.learnings.views.conftest import World

pytestmark = pytest.mark.django_db

Arguments = Callable[[World], list[int]]


def of_round(world: World) -> list[int]:
    return [world.round.pk]


def of_report(world: World) -> list[int]:
    return [world.version.report_id]


def of_supplier(world: World) -> list[int]:
    return [world.round.pk, world.version.report.supplier_id]


def of_question(world: World) -> list[int]:
    return [world.question.pk]


def of_excerpt(world: World) -> list[int]:
    return [world.excerpt.pk]


def of_answer(world: World) -> list[int]:
    return [world.answer.pk]


def of_point(world: World) -> list[int]:
    return [world.point.pk]


def of_recommendation(world: World) -> list[int]:
    return [world.recommendation.pk]


def of_withholding(world: World) -> list[int]:
    return [WithholdingFactory(report=world.version.report, question=world.question).pk]


def of_resolution(world: World) -> list[int]:
    return [ResolutionFactory(answer=world.answer).pk]


def of_attachment(world: World) -> list[int]:
    return [AttachmentFactory(version=ReportVersionFactory(report=world.version.report, number=99)).pk]


READ: dict[str, Arguments] = {
    "withholdings": of_round,
    "editions": of_round,
    "edition": of_report,
    "round_show": of_round,
    "round_questions": of_round,
    "round_export": of_round,
    "rehearsal": of_round,
    "report_show": of_report,
    "coding": of_round,
    "themes": of_round,
    "counting": of_round,
    "evaluation": of_round,
    "evaluation_export": of_round,
    "suggesting": of_round,
    "agreement": of_round,
    "coding_log": of_round,
    "exchange": of_round,
    "gathering": of_round,
    "tender_inputs": lambda world: [world.tender_input.tender_id],
    "main_points": of_round,
    "recommendations": of_round,
}
FORMS: dict[str, Arguments] = {
    "round_copy": of_round,
    "rehearsal_try": of_supplier,
    "report_extend": of_supplier,
    "report_send_back": of_report,
    "discussion_edit": of_report,
    "report_edit": of_report,
    "main_point_add": of_round,
    "main_point_edit": of_point,
    "recommendation_add": of_round,
    "recommendation_edit": of_recommendation,
    "reply_edit": of_recommendation,
    "theme_merge": lambda world: [world.theme.pk],
    "count_words": of_round,
    "reading": of_answer,
    "exchange_upload": of_round,
    "hand_on": of_recommendation,
}
ACTIONS: dict[str, Arguments] = {
    "round_publish": of_round,
    "round_withdraw": of_round,
    "report_publish": of_report,
    "report_withdraw": of_report,
    "withdrawal_undo": of_report,
    "found_redact": of_report,
    "finding_resolve": of_answer,
    "words_redact": of_answer,
    "resolution_reconsider": of_resolution,
    "withholding_decide": of_withholding,
    "round_move": of_round,
    "evaluation_statements": of_round,
    "evaluation_release": of_round,
    "report_start": of_supplier,
    "report_accept": of_report,
    "review_take_back": of_report,
    "extension_take_back": of_report,
    "question_move": of_question,
    "question_withdraw": of_question,
    "question_ask_again": of_question,
    "report_reopen": of_report,
    "report_discard": of_report,
    "excerpt_add": of_answer,
    "suggestion_judge": of_answer,
    "coding_undo": of_round,
    "exchange_confirm": of_round,
    "main_point_publish": of_point,
    "main_point_withdraw": of_point,
    "main_point_review": of_point,
    "tender_input_judge": lambda world: [world.tender_input.pk],
    "excerpt_strong": of_excerpt,
    "excerpt_remove": of_excerpt,
}
FILES: dict[str, Arguments] = {"exchange_download": of_round, "attachment": of_attachment}
ALL = READ | FORMS | ACTIONS | FILES


def address(name: str, world: World) -> str:
    return reverse(f"learnings:{name}", args=ALL[name](world))


def nowhere(name: str, world: World) -> str:
    return reverse(f"learnings:{name}", args=[10**9 for _argument in ALL[name](world)])


def verb(client: Client, name: str) -> Callable[..., object]:
    return client.post if name in ACTIONS else client.get


def test_every_address_is_in_the_table() -> None:
    assert {pattern.name for pattern in urls.urlpatterns} == set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_nobody_gets_in_without_signing_in(world: World, name: str) -> None:
    response = verb(Client(), name)(address(name, world))

    assert response.status_code == 302
    assert response.url.startswith("/konto/login/")


@pytest.mark.parametrize("name", ALL)
def test_a_suppliers_user_is_refused(world: World, supplier_client: Client, name: str) -> None:
    assert verb(supplier_client, name)(address(name, world)).status_code == 403


@pytest.mark.parametrize("name", READ)
def test_a_reader_reads(world: World, reader_client: Client, name: str) -> None:
    response = reader_client.get(address(name, world))

    assert response.status_code == 200
    assert b'<form method="post"' not in response.content


@pytest.mark.parametrize("name", FORMS | ACTIONS)
def test_a_reader_changes_nothing(world: World, reader_client: Client, name: str) -> None:
    assert verb(reader_client, name)(address(name, world)).status_code == 403
    assert reader_client.post(address(name, world)).status_code == 403


@pytest.mark.parametrize("name", ALL)
def test_what_is_not_there_is_not_found(world: World, officer_client: Client, name: str) -> None:
    assert verb(officer_client, name)(nowhere(name, world)).status_code == 404


@pytest.mark.parametrize("name", ACTIONS)
def test_no_link_changes_anything(world: World, officer_client: Client, name: str) -> None:
    assert officer_client.get(address(name, world)).status_code == 405


@pytest.mark.parametrize("name", READ)
def test_pages_to_read_take_nothing(world: World, officer_client: Client, name: str) -> None:
    assert officer_client.post(address(name, world)).status_code == 405


@pytest.mark.parametrize("name", FORMS)
def test_forms_take_no_other_verb(world: World, officer_client: Client, name: str) -> None:
    assert officer_client.delete(address(name, world)).status_code == 405


@pytest.mark.parametrize("name", (READ | FORMS).keys() - {"round_export", "evaluation_export"})
def test_no_page_has_a_script_or_style_of_its_own(world: World, officer_client: Client, name: str) -> None:
    page = officer_client.get(address(name, world), follow=True).content.decode()
    body = page.partition('<div class="learnings">')[2].partition("</main>")[0]

    assert body
    assert "<script>" not in body
    assert "style=" not in body


def test_addresses_need_their_numbers() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("learnings:round_show")
