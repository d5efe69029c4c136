from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees.models import Committee, CommitteeMeeting, Decision
from tests.factories import CommitteeFactory, CommitteeMeetingFactory, DecisionFactory, DecisionPointFactory

LISTS = ["committee", "committeemeeting", "decision"]


@pytest.mark.parametrize("register", LISTS)
def test_register_opens_for_officer_and_reader(
    officer_client: Client, reader_client: Client, supplier_client: Client, register: str
) -> None:
    DecisionPointFactory()
    address = reverse(f"{register}:index")
    assert [client.get(address).status_code for client in (officer_client, reader_client)] == [200, 200]
    assert supplier_client.get(address).status_code == 403


@pytest.mark.parametrize("register", LISTS)
@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries(officer_client: Client, register: str, rows: int) -> None:
    for _row in range(rows):
        DecisionPointFactory()
    with CaptureQueriesContext(connection) as queries:
        response = officer_client.get(reverse(f"{register}:index_results"))
    assert len(response.context["object_list"]) == rows
    assert len(queries) == 8


def test_committee_is_made(officer_client: Client) -> None:
    data = {"name": "Beskæftigelsesudvalget", "administration": "Forvaltningen", "code": "bu"}
    assert officer_client.post(reverse("committee:add"), data).status_code == 302
    assert Committee.objects.get().code == "bu"


def test_meeting_after_its_deadline_is_made_and_before_it_refused(officer_client: Client) -> None:
    data = {"committee": CommitteeFactory().pk, "held_on": "2024-08-12", "agenda_deadline_on": "2024-08-20"}
    refused = officer_client.post(reverse("committeemeeting:add"), data)
    assert (refused.status_code, CommitteeMeeting.objects.count()) == (200, 0)
    data["agenda_deadline_on"] = "2024-07-29"
    assert officer_client.post(reverse("committeemeeting:add"), data).status_code == 302
    assert CommitteeMeeting.objects.get().agenda_deadline_on == dt.date(2024, 7, 29)


def test_meeting_twice_a_day_is_told_in_a_sentence(officer_client: Client) -> None:
    meeting = CommitteeMeetingFactory()
    data = {
        "committee": meeting.committee.pk,
        "held_on": meeting.held_on.isoformat(),
        "agenda_deadline_on": meeting.agenda_deadline_on.isoformat(),
    }
    response = officer_client.post(reverse("committeemeeting:add"), data)
    assert list(response.context["form"].errors) == ["held_on"]


def test_decision_is_found_by_committee(officer_client: Client) -> None:
    mine, _other = DecisionFactory(title="Min"), DecisionFactory(title="Anden")
    address = f"{reverse('decision:index')}?meeting__committee={mine.meeting.committee.pk}"
    assert list(officer_client.get(address).context["object_list"]) == [mine]


def test_decision_shows_its_points_to_the_reader(reader_client: Client) -> None:
    point = DecisionPointFactory(number=1, text="Borgernes tilfredshed")
    page = reader_client.get(reverse("decision:inspect", args=[point.decision.pk])).content.decode()
    assert "1. Borgernes tilfredshed" in page


def test_points_are_numbered_by_their_place() -> None:
    point = DecisionPointFactory.build(number=3)
    assert point.position == 2
    point.position = 0
    assert point.number == 1


@pytest.mark.parametrize("chooser", ["committee_chooser", "committee_meeting_chooser", "decision_chooser"])
def test_chooser_lists_and_hands_over(officer_client: Client, supplier_client: Client, chooser: str) -> None:
    decision = DecisionPointFactory().decision
    record = {
        "committee_chooser": decision.meeting.committee,
        "committee_meeting_chooser": decision.meeting,
        "decision_chooser": decision,
    }[chooser]
    assert str(record) in officer_client.get(reverse(f"{chooser}:choose_results")).content.decode()
    chosen = officer_client.get(reverse(f"{chooser}:chosen", args=[record.pk])).json()["result"]
    assert (chosen["id"], chosen["title"]) == (str(record.pk), str(record))
    assert supplier_client.get(reverse(f"{chooser}:choose")).status_code == 403


@pytest.mark.django_db
def test_decisions_keep_their_points_history() -> None:
    decision = DecisionPointFactory().decision
    assert Decision.objects.get().points.get().history.get().decision_id == decision.pk
