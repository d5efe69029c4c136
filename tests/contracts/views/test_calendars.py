"""The calendar feed, read by a real iCalendar parser; and its secret address."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from accounts.models import User
from contracts.enums import OptionState
from contracts.models import CalendarFeed, Contract
from contracts.services import decide_option, save_contract
from contracts.views.calendars import addresses
from tests.factories import (
    CalendarFeedFactory,
    CommitteeMeetingFactory,
    ContractFactory,
    ContractOptionFactory,
    UserFactory,
)


@pytest.fixture(autouse=True)
def the_day(settings: Any) -> Any:
    settings.PUBLIC_URL = "https://partnerskab.kommune.example"
    with time_machine.travel(dt.datetime(2026, 1, 15, 9, tzinfo=dt.UTC), tick=False):
        yield


def with_option(**fields: Any) -> Contract:
    contract = ContractFactory(number="K-1", ends_on=dt.date(2026, 9, 30), supplier__name="Æbleø; A, B & C", **fields)
    ContractOptionFactory(contract=contract, number=1, decide_months_before=6)
    return save_contract(Contract.objects.get(pk=contract.pk), by=None)


def path_of(user: User, which: int = 1) -> str:
    feed = CalendarFeed.objects.filter(user=user).first() or CalendarFeedFactory(user=user)
    parts = urlsplit(addresses(feed)[which][1])
    return f"{parts.path}?{parts.query}"


def events(user: User, which: int = 1) -> dict[str, Any]:
    """Read the feed as a calendar program does: without signing in."""
    response = Client().get(path_of(user, which))
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    calendar = Calendar.from_ical(response.content)
    assert calendar.errors == []
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def test_the_feed_is_a_valid_calendar_of_whole_days(officer: User) -> None:
    contract = with_option()
    meeting = CommitteeMeetingFactory(held_on=dt.date(2026, 3, 14), agenda_deadline_on=dt.date(2026, 2, 28))
    option = contract.options.get()
    found = events(officer)
    uid = f"option-contractoption-{option.pk}@partnerskab.kommune.example"
    assert set(found) == {uid, f"expiry-contract-{contract.pk}@partnerskab.kommune.example"}
    event = found[uid]
    assert str(event["SUMMARY"]) == "Option 1: K-1 Æbleø; A, B & C"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (dt.date(2026, 3, 31), dt.date(2026, 4, 1))
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert str(event["URL"]).startswith("https://partnerskab.kommune.example/admin/")
    assert str(event["DESCRIPTION"]).splitlines()[:3] == [
        "Option 1 (12 md.) besluttes 6 måneder før udløbet 30. september 2026",
        "Begynd senest 30. december 2025",
        f"Sidste møde, der kan nå at beslutte: 14. marts 2026 ({meeting.committee}, dagsordensfrist 28. februar 2026)",
    ]


def test_lines_are_folded_and_end_as_the_standard_says(officer: User) -> None:
    with_option()
    content = Client().get(path_of(officer)).content
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in b"".join(lines)


def test_an_event_keeps_its_name_when_its_day_moves(officer: User) -> None:
    contract = with_option()
    expiry = f"expiry-contract-{contract.pk}@partnerskab.kommune.example"
    before = events(officer)[expiry]["DTSTART"].dt
    decide_option(contract.options.get(), state=OptionState.EXERCISED, decided_on=dt.date(2026, 1, 15), by=officer)
    after = events(officer)
    assert (before, after[expiry]["DTSTART"].dt) == (dt.date(2026, 9, 30), dt.date(2027, 9, 30))
    assert set(after) == {expiry}


def test_only_what_one_follows_up(officer: User, director: User) -> None:
    with_option(responsible=director)
    assert [len(events(person, 0)) for person in (officer, director)] == [0, 2]


def test_what_one_follows_up_rings_when_to_begin_and_the_morning_before(officer: User) -> None:
    contract = with_option(responsible=officer)
    event = events(officer, 0)[f"expiry-contract-{contract.pk}@partnerskab.kommune.example"]
    alarms = [(str(alarm["ACTION"]), alarm["TRIGGER"].dt, str(alarm["DESCRIPTION"])) for alarm in event.walk("VALARM")]
    assert alarms == [
        (
            "DISPLAY",
            dt.timedelta(days=-90, hours=9),
            "Begynd senest 2. juli 2026: Udløb: K-1 Æbleø; A, B & C",
        ),
        ("DISPLAY", dt.timedelta(days=-1, hours=9), "Udløb: K-1 Æbleø; A, B & C"),
    ]


def test_the_calendar_of_everything_and_what_has_passed_do_not_ring(officer: User) -> None:
    with_option(responsible=officer)
    assert [alarm for event in events(officer).values() for alarm in event.walk("VALARM")] == []
    with time_machine.travel(dt.datetime(2026, 4, 15, 9, tzinfo=dt.UTC), tick=False):
        late = [event for event in events(officer, 0).values() if event["DTSTART"].dt < dt.date(2026, 4, 15)]
        assert len(late) == 1
        assert late[0].walk("VALARM") == []


def test_a_suppliers_user_reads_nothing(supplier_user: User) -> None:
    with_option()
    assert events(supplier_user) == {}


def test_a_wrong_address_does_not_exist(officer: User) -> None:
    feed = CalendarFeedFactory(user=officer)
    right = reverse("calendar_feed", args=[feed.key, feed.signature])
    assert Client().get(right).status_code == 200
    other = CalendarFeedFactory(user=UserFactory())
    wrong = [
        reverse("calendar_feed", args=[feed.key, other.signature]),
        reverse("calendar_feed", args=[other.key, feed.signature]),
        reverse("calendar_feed", args=[feed.key, "x"]),
        reverse("calendar_feed", args=["00000000-0000-0000-0000-000000000001", feed.signature]),
    ]
    assert [Client().get(address).status_code for address in wrong] == [404] * 4
    assert Client().post(right).status_code == 405
    assert Client().head(right).status_code == 200


def test_who_has_left_reads_nothing(officer: User) -> None:
    path = path_of(officer)
    officer.is_active = False
    officer.save()
    assert Client().get(path).status_code == 404


def test_the_feed_is_kept_by_nobody_on_the_way(officer: User) -> None:
    response = Client().get(path_of(officer))
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def test_an_address_is_made_renewed_and_stopped(officer_client: Client, officer: User) -> None:
    renew, stop = reverse("contracts:calendar_renew"), reverse("contracts:calendar_revoke")
    assert officer_client.get("/admin/aftaler/frister/").context["feeds"] == []
    officer_client.post(renew)
    first = path_of(officer)
    assert Client().get(first).status_code == 200
    page = officer_client.get("/admin/aftaler/frister/").content.decode()
    assert f'value="https://partnerskab.kommune.example{first.rstrip("?")}"' in page
    officer_client.post(renew)
    second = path_of(officer)
    assert [Client().get(path).status_code for path in (first, second)] == [404, 200]
    officer_client.post(stop)
    assert Client().get(second).status_code == 404
    assert not CalendarFeed.objects.exists()
    assert [officer_client.get(address).status_code for address in (renew, stop)] == [405, 405]


def test_the_table_alone_does_not_give_the_address(officer: User, settings: Any) -> None:
    feed = CalendarFeedFactory(user=officer)
    before = feed.signature
    settings.SECRET_KEY = "another" * 10
    assert feed.signature != before


@pytest.mark.parametrize("count", [1, 3])
def test_the_feed_costs_the_same_queries(officer: User, count: int, django_assert_num_queries: Any) -> None:
    for number in range(count):
        ContractFactory(number=f"K-{number}", ends_on=dt.date(2026, 9, 30))
    path = path_of(officer)
    with django_assert_num_queries(18):
        Client().get(path)
