"""Write a report in the portal: sections, saving one answer, two people, roles, and when it takes no answers."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learnings.enums import RoundState
from learnings.models import Answer, Question
from learnings.services import send_back, submit_report
from suppliers.enums import MemberRole
from suppliers.services import add_member
from tests.conftest import client_for
from tests.factories import DiscussionFactory, QuestionFactory, RoundFactory, UserFactory
from tests.portal.conftest import LAST_YEAR, Team


def save(client: Client, own: Team, text: str = "", *, revision: int = 0, page: str = "", **more: str):
    address = f"/portal/{own.supplier.pk}/rapporter/{own.report.pk}/svar/{own.question.pk}/"
    return client.post(address, {"text": text, "reason": "", "revision": revision, "page": page, **more})


def section(own: Team) -> str:
    return f"/portal/{own.supplier.pk}/rapporter/{own.report.pk}/afsnit/alle/"


def stored(own: Team) -> tuple[str, str, int]:
    answer = Answer.objects.get(version__report=own.report)
    return answer.text, answer.not_applicable_reason, answer.revision


@pytest.fixture
def colleague(own: Team) -> Client:
    person = UserFactory(email="kim@nord.example", first_name="Kim", last_name="Nord")
    add_member(own.supplier, user=person, role=MemberRole.EDITOR, by=None)
    return client_for(person)


def test_one_answer_is_saved_with_one_entry_in_history(own: Team, boss_client: Client):
    answer = save(boss_client, own, "Først.").json()
    assert answer["revision"] == 1
    assert save(boss_client, own, "Først, og så mere.", revision=1).json()["revision"] == 2
    assert stored(own) == ("Først, og så mere.", "", 2)
    history = Answer.objects.get(version__report=own.report).history.all()
    assert [(row.text, row.history_user) for row in history] == [
        ("Først, og så mere.", own.boss.user),
        ("Først.", own.boss.user),
    ]


def test_a_save_that_is_sent_again_does_not_conflict_with_itself(own: Team, boss_client: Client):
    """The first was carried out and its reply got lost; meanwhile more was written, and it has the old revision."""
    save(boss_client, own, "Først.", page="side-1")
    assert save(boss_client, own, "Først.", page="side-1").status_code == 200
    assert save(boss_client, own, "Først, og mere.", page="side-1").status_code == 200
    assert stored(own) == ("Først, og mere.", "", 2)


def test_the_second_of_two_is_told_who_and_nothing_is_overwritten(own: Team, boss_client: Client, colleague: Client):
    save(colleague, own, "Kims tekst.", page="kim")
    response = save(boss_client, own, "Min tekst.", page="chef")
    assert response.status_code == 409
    told = response.json()
    assert (told["text"], told["revision"]) == ("Kims tekst.", 1)
    assert "Kim Nord" in told["html"]
    assert "<del>Kims</del>" in told["html"]
    assert stored(own) == ("Kims tekst.", "", 1)
    assert save(boss_client, own, "Min tekst.", revision=1, page="chef").status_code == 200


def test_two_people_may_save_different_answers(own: Team, boss_client: Client, colleague: Client):
    other = QuestionFactory(round=own.report.round, key="tid")
    save(colleague, own, "Kims tekst.")
    address = f"/portal/{own.supplier.pk}/rapporter/{own.report.pk}/svar/{other.pk}/"
    assert boss_client.post(address, {"text": "Et år.", "revision": 0}).status_code == 200


def test_a_section_is_saved_without_javascript_and_keeps_both_texts(own: Team, boss_client: Client, colleague: Client):
    key = f"s{own.question.pk}"
    sent = {f"{key}-text": "Min tekst.", f"{key}-reason": "", f"{key}-revision": "0", f"{key}-page": ""}
    save(colleague, own, "Kims tekst.")
    page = boss_client.post(section(own), sent).content.decode()
    assert "Kim Nord gemte dette svar" in page
    assert "Kims tekst." in page
    assert "Min tekst.</textarea>" in page
    assert f'name="{key}-revision" value="1"' in page
    response = boss_client.post(section(own), sent | {f"{key}-revision": "1"})
    assert response.status_code == 302
    assert stored(own) == ("Min tekst.", "", 2)


def test_what_another_changed_and_oneself_did_not_is_no_conflict(own: Team, boss_client: Client, colleague: Client):
    key = f"s{own.question.pk}"
    save(boss_client, own, "Min tekst.")
    save(colleague, own, "Kims tekst.", revision=1)
    sent = {f"{key}-text": "Min tekst.", f"{key}-reason": "", f"{key}-revision": "1", f"{key}-page": ""}
    assert boss_client.post(section(own), sent).status_code == 302
    assert stored(own)[0] == "Kims tekst."


def test_a_question_that_is_not_relevant_is_answered_by_a_reason(own: Team, boss_client: Client):
    assert save(boss_client, own, reason="Vi har ingen borgere endnu.").status_code == 200
    assert stored(own) == ("", "Vi har ingen borgere endnu.", 1)
    both = save(boss_client, own, "Og et svar.", reason="Vi har ingen.", revision=1)
    assert both.status_code == 422
    assert "både et svar og en begrundelse" in both.json()["message"] or both.json()["message"]


@pytest.mark.parametrize("sent", [{"revision": "x"}, {"revision": 0, "text": "a" * 20_001}])
def test_what_cannot_be_saved_is_refused_with_a_sentence(own: Team, boss_client: Client, sent: dict):
    address = f"/portal/{own.supplier.pk}/rapporter/{own.report.pk}/svar/{own.question.pk}/"
    response = boss_client.post(address, sent)
    assert response.status_code == 422
    assert response.json()["message"]
    assert not Answer.objects.filter(version__report=own.report).exists()


def test_a_viewer_reads_and_writes_nothing(own: Team, viewer_client: Client):
    assert save(viewer_client, own, "Må ikke.").status_code == 403
    page = viewer_client.get(section(own)).content.decode()
    assert "<textarea" not in page
    assert viewer_client.post(section(own), {}).status_code == 403


def test_a_question_of_another_round_is_not_answered_here(own: Team, boss_client: Client):
    foreign: Question = QuestionFactory(round=RoundFactory())
    address = f"/portal/{own.supplier.pk}/rapporter/{own.report.pk}/svar/{foreign.pk}/"
    assert boss_client.post(address, {"text": "Hej", "revision": 0}).status_code == 422


def test_a_report_that_is_handed_in_or_a_round_that_is_closed_takes_no_answers(own: Team, boss_client: Client):
    save(boss_client, own, "Færdig.")
    submit_report(own.report, by=None)
    refused = save(boss_client, own, "En rettelse.", revision=1)
    assert (refused.status_code, "indsendt" in refused.json()["message"]) == (422, True)
    assert "<textarea" not in boss_client.get(section(own)).content.decode()


def test_a_closed_round_takes_no_answers(own: Team, boss_client: Client):
    own.report.round.state = RoundState.CLOSED
    own.report.round.save()
    assert save(boss_client, own, "For sent.").status_code == 422
    assert "<textarea" not in boss_client.get(section(own)).content.decode()


def test_last_years_answer_stands_beside_the_question(own: Team, boss_client: Client):
    page = boss_client.get(section(own)).content.decode()
    assert f"Jeres svar i {LAST_YEAR}" in page
    assert "En fast kontakt nord." in page


def test_the_front_page_and_the_list_lead_to_the_report(own: Team, boss_client: Client):
    link = f'href="/portal/{own.supplier.pk}/rapporter/{own.report.pk}/"'
    for address in ("", "rapporter/"):
        assert link in boss_client.get(f"/portal/{own.supplier.pk}/{address}").content.decode()


def test_a_report_is_begun_by_those_who_write(own: Team, boss_client: Client, viewer_client: Client):
    own.report.versions.drafts().get().delete()
    own.report.delete()
    address = f"/portal/{own.supplier.pk}/rapporter/runde/{own.question.round_id}/begynd/"
    assert "Begynd indberetningen" in boss_client.get(f"/portal/{own.supplier.pk}/").content.decode()
    assert viewer_client.post(address).status_code == 403
    assert boss_client.post(address).status_code == 302
    assert own.supplier.experience_reports.filter(round=own.question.round).count() == 1


def test_a_round_that_asks_nothing_of_the_supplier_is_not_begun(own: Team, boss_client: Client):
    foreign = RoundFactory(state=RoundState.DRAFT, year=LAST_YEAR - 1)
    assert boss_client.post(f"/portal/{own.supplier.pk}/rapporter/runde/{foreign.pk}/begynd/").status_code == 404


def test_a_section_asks_as_much_with_three_questions_as_with_one(own: Team, boss_client: Client):
    save(boss_client, own, "Et svar.")
    counts = []
    for _number in range(2):
        with CaptureQueriesContext(connection) as queries:
            boss_client.get(section(own))
        counts.append(len(queries))
        for key in ("tid", "sted"):
            QuestionFactory(round=own.report.round, key=key) if not own.report.round.questions.filter(key=key) else None
    assert counts[0] == counts[1]


def test_a_save_asks_a_fixed_number_of_times(own: Team, boss_client: Client):
    save(boss_client, own, "Først.")
    for number in range(10):
        QuestionFactory(round=own.report.round, key=f"flere-{number}")
    with CaptureQueriesContext(connection) as queries:
        save(boss_client, own, "Mere.", revision=1)
    assert len(queries) == 13  # two of them are the savepoint


def test_what_the_municipality_wants_changed_stands_at_its_question(own: Team, boss_client: Client):
    save(boss_client, own, "For kort.")
    submit_report(own.report, by=None)
    send_back(own.report, comments={own.question: "Skriv også hvordan."}, message="Næsten i mål.", by=None)
    assert "Næsten i mål." in boss_client.get(f"/portal/{own.supplier.pk}/rapporter/{own.report.pk}/").content.decode()
    assert "Skriv også hvordan." in boss_client.get(section(own)).content.decode()
    revision = Answer.objects.get(version__number=2, version__report=own.report).revision
    assert save(boss_client, own, "Meget længere.", revision=revision).status_code == 200


def test_more_time_opens_a_closed_round_for_one_supplier(own: Team, boss_client: Client):
    own.report.round.state = RoundState.CLOSED
    own.report.round.save()
    own.report.extended_to, own.report.extension_reason = timezone.localdate(), "Sygdom."
    own.report.save()
    assert save(boss_client, own, "Tids nok.").status_code == 200


def test_what_was_talked_over_stands_in_the_next_report(own: Team, boss_client: Client):
    DiscussionFactory(report=own.submitted.report, adjustments="Kommunen svarer inden to dage.")
    page = boss_client.get(f"/portal/{own.supplier.pk}/rapporter/{own.report.pk}/").content.decode()
    assert "Kommunen svarer inden to dage." in page


def test_a_report_that_is_handed_in_is_no_task_any_more(own: Team, boss_client: Client):
    front = f"/portal/{own.supplier.pk}/"
    assert boss_client.get(front).content.decode().count('class="portal-what"') == 2
    save(boss_client, own, "Færdig.")
    submit_report(own.report, by=None)
    assert boss_client.get(front).content.decode().count('class="portal-what"') == 1
