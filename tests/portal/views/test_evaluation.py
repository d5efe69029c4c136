"""Rate the municipality in the portal: with and without JavaScript, two people, roles, and what stands frozen."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from learnings.models import EvaluationStatement, Rating
from learnings.services import DraftAnswer, save_draft_answers, submit_report
from suppliers.enums import MemberRole
from suppliers.services import add_member
from tests.conftest import client_for
from tests.factories import EvaluationStatementFactory, UserFactory
from tests.portal.conftest import Team


def page(own: Team) -> str:
    return f"/portal/{own.supplier.pk}/rapporter/{own.report.pk}/vurdering/"


def save(client: Client, own: Team, score: int | str = "", comment: str = "", *, revision: int = 0, **more: str):
    sent = {"score": score, "comment": comment, "revision": revision, **more}
    return client.post(f"{page(own)}{own.statement.pk}/", sent)


def form(own: Team, score: str, comment: str = "", *, revision: int = 0, was: tuple[str, str] = ("", "")):
    names = {"score": score, "comment": comment, "revision": str(revision), "was_score": was[0], "was_comment": was[1]}
    return {f"v{own.statement.pk}-{name}": value for name, value in names.items()}


def stored(own: Team) -> list[tuple[int | None, str, int]]:
    rows = Rating.objects.filter(version__report=own.report)
    return [(row.score, row.comment, row.revision) for row in rows]


@pytest.fixture
def unrated(own: Team) -> Team:
    Rating.objects.all().delete()
    return own


@pytest.fixture
def colleague(own: Team) -> Client:
    person = UserFactory(email="kim@nord.example", first_name="Kim", last_name="Nord")
    add_member(own.supplier, user=person, role=MemberRole.EDITOR, by=None)
    return client_for(person)


def test_a_rating_is_saved_while_it_is_given(unrated: Team, boss_client: Client):
    assert save(boss_client, unrated, 4).json()["revision"] == 1
    assert save(boss_client, unrated, 4, "Godt.", revision=1).json()["revision"] == 2
    assert save(boss_client, unrated, "", "Godt.", revision=2).status_code == 200
    assert stored(unrated) == [(None, "Godt.", 3)]


def test_the_same_sent_again_does_not_conflict_with_itself(unrated: Team, boss_client: Client):
    save(boss_client, unrated, 4, page="side-1")
    assert save(boss_client, unrated, 4, page="side-1").status_code == 200
    assert save(boss_client, unrated, 5, page="side-1").status_code == 200
    assert stored(unrated) == [(5, "", 2)]


def test_the_second_of_two_people_is_told_and_nothing_is_overwritten(
    unrated: Team, boss_client: Client, colleague: Client
):
    save(boss_client, unrated, 4, "Godt.")
    response = save(colleague, unrated, 2, "Skidt.")
    assert response.status_code == 409
    facts = response.json()
    assert (facts["text"], facts["reason"], facts["revision"]) == ("Godt.", "4", 1)
    assert "Enig" in facts["html"]
    assert "Godt." in facts["html"]
    assert stored(unrated) == [(4, "Godt.", 1)]


@pytest.mark.parametrize("wrong", [{"score": 6}, {"score": "meget"}, {"score": 3, "comment": "x" * 1001}])
def test_what_is_no_answer_is_refused_with_a_sentence(unrated: Team, boss_client: Client, wrong: dict):
    response = save(boss_client, unrated, **wrong)
    assert response.status_code == 422
    assert response.json()["message"].endswith(".")
    assert stored(unrated) == []


def test_the_page_saves_without_javascript(unrated: Team, boss_client: Client):
    response = boss_client.post(page(unrated), form(unrated, "2", "Vi venter for længe."))
    assert (response.status_code, response["Location"]) == (302, page(unrated))
    onwards = boss_client.post(page(unrated), form(unrated, "3", revision=1, was=("2", "Vi venter")) | {"next": "1"})
    assert onwards["Location"] == f"/portal/{unrated.supplier.pk}/rapporter/{unrated.report.pk}/"
    assert stored(unrated) == [(3, "", 2)]


def test_what_the_sender_did_not_touch_stays_as_a_colleague_left_it(
    unrated: Team, boss_client: Client, colleague: Client
):
    save(colleague, unrated, 5)
    assert boss_client.post(page(unrated), form(unrated, "")).status_code == 302
    assert stored(unrated) == [(5, "", 1)]


def test_a_conflict_without_javascript_shows_both(unrated: Team, boss_client: Client, colleague: Client):
    save(colleague, unrated, 5, "Fint.")
    response = boss_client.post(page(unrated), form(unrated, "1", "Nej."))
    text = response.content.decode()
    assert response.status_code == 200
    assert "Kim Nord" in text
    assert "Fint." in text
    assert "Nej." in text
    assert boss_client.post(page(unrated), form(unrated, "1", "Nej.", revision=1)).status_code == 302
    assert stored(unrated) == [(1, "Nej.", 2)]


def test_a_viewer_reads_and_does_not_rate(own: Team, viewer_client: Client):
    text = viewer_client.get(page(own)).content.decode()
    assert "Hurtigere svar til nord." in text
    assert "<textarea" not in text
    assert viewer_client.post(page(own), form(own, "1")).status_code == 403
    assert save(viewer_client, own, 1).status_code == 403


def test_ratings_are_handed_in_with_the_report_and_only_read_afterwards(own: Team, boss_client: Client):
    save_draft_answers(own.report, answers={own.question.pk: DraftAnswer("En fast kontakt.")}, by=own.boss.user)
    version = submit_report(own.report, by=own.boss.user)

    assert "<textarea" not in boss_client.get(page(own)).content.decode()
    frozen = boss_client.get(f"/portal/{own.supplier.pk}/rapporter/{own.report.pk}/version/{version.number}/")
    assert "Hurtigere svar til nord." in frozen.content.decode()
    assert save(boss_client, own, 1, revision=1).status_code == 422


def test_a_round_without_statements_has_no_such_page(unrated: Team, boss_client: Client):
    EvaluationStatement.objects.all().delete()
    assert boss_client.get(page(unrated)).status_code == 404
    report = boss_client.get(f"/portal/{unrated.supplier.pk}/rapporter/{unrated.report.pk}/").content.decode()
    assert "vurdering/" not in report


def test_the_page_asks_the_same_of_the_database_for_one_statement_and_for_four(own: Team, boss_client: Client):
    counts = []
    for _number in (1, 4):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert boss_client.get(page(own)).status_code == 200
        counts.append(len(queries))
        for _more in range(3):
            EvaluationStatementFactory(round=own.report.round)
    assert counts[0] == counts[1]


def test_the_municipality_reads_none_of_it(own: Team, officer_client: Client):
    """Nor where it reads the report, its versions, the overview or the search."""
    save_draft_answers(own.report, answers={own.question.pk: DraftAnswer("En fast kontakt.")}, by=own.boss.user)
    submit_report(own.report, by=own.boss.user)
    top = "/admin/erfaringsopsamling"
    pages = (
        f"{top}/rapporter/{own.report.pk}/",
        f"{top}/runder/{own.report.round_id}/",
        f"{top}/runder/{own.report.round_id}/vurdering/",
        f"{top}/runder/{own.report.round_id}/vurdering/hent/?format=csv",
        f"{top}/register/udsagn/inspect/{own.statement.pk}/",
    )
    for address in pages:
        response = officer_client.get(address)
        assert response.status_code == 200, address
        text = b"".join(response.streaming_content) if response.streaming else response.content
        assert b"Hurtigere svar" not in text, address
