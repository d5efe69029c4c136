"""One's own reminders: works, redirects, another's 404, wrong verb 405, what is refused, number of queries."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from notifications.models import Notice, Preference
from tests.factories import NoticeFactory

LIST = "/admin/paamindelser/"


def address(name: str, notice: Notice) -> str:
    return reverse(f"notifications:{name}", args=[notice.pk])


def in_days(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def titles(client: Client, query: str = "") -> list[str]:
    return [notice.title for notice, _overdue in client.get(f"{LIST}{query}").context["rows"]]


def told(response: object) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]  # type: ignore[attr-defined]


def test_one_sees_ones_own_the_most_urgent_first(officer_client: Client, officer: User, reader: User) -> None:
    NoticeFactory(recipient=officer, title="Uden dag")
    NoticeFactory(recipient=officer, title="Snart", due_on=in_days(3))
    NoticeFactory(recipient=officer, title="Overskredet", due_on=in_days(-3))
    NoticeFactory(recipient=reader, title="En andens")
    page = officer_client.get(LIST)
    assert [(notice.title, overdue) for notice, overdue in page.context["rows"]] == [
        ("Overskredet", True),
        ("Snart", False),
        ("Uden dag", False),
    ]
    assert '"data-waiting": "3"' in page.content.decode()


def test_filters_stand_in_the_address(officer_client: Client, officer: User) -> None:
    NoticeFactory(recipient=officer, title="Almindelig")
    NoticeFactory(recipient=officer, title="Vigtig", kind="test.vigtig")
    NoticeFactory(recipient=officer, title="Udsat", state="snoozed", snoozed_until=in_days(3))
    NoticeFactory(recipient=officer, title="Udført", state="resolved", resolved_at=timezone.now(), resolved_by=officer)
    NoticeFactory(recipient=officer, title="Løst", state="resolved", resolved_at=timezone.now())
    assert titles(officer_client, "?slags=test.vigtig") == ["Vigtig"]
    assert titles(officer_client, "?tilstand=snoozed") == ["Udsat"]
    assert titles(officer_client, "?tilstand=resolved") == ["Løst", "Udført"]
    assert titles(officer_client, "?tilstand=vrøvl&slags=vrøvl&fortryd=²&p=x") == ["Almindelig", "Vigtig"]


def test_done_and_undone(officer_client: Client, officer: User) -> None:
    notice = NoticeFactory(recipient=officer)
    done = officer_client.post(address("done", notice), {"next": f"{LIST}?slags=test"})
    assert (done.status_code, done["Location"]) == (302, f"{LIST}?slags=test&fortryd={notice.pk}")
    assert officer_client.get(done["Location"]).context["undone"] == notice
    undone = officer_client.post(address("reopen", notice), {"next": done["Location"]})
    assert undone["Location"] == f"{LIST}?slags=test"
    assert titles(officer_client) == [notice.title]


@pytest.mark.parametrize(
    ("data", "days"), [({"days": "1"}, 1), ({"days": "7"}, 7), ({"until": in_days(20).isoformat()}, 20)]
)
def test_put_off(officer_client: Client, officer: User, data: dict[str, str], days: int) -> None:
    notice = NoticeFactory(recipient=officer)
    assert officer_client.post(address("snooze", notice), data).status_code == 302
    notice.refresh_from_db()
    assert (notice.state, notice.snoozed_until) == ("snoozed", in_days(days))


@pytest.mark.parametrize(
    "data", [{}, {"days": "8"}, {"until": "i morgen"}, {"until": in_days(0).isoformat()}, {"until": "9999-12-31"}]
)
def test_a_day_that_makes_no_sense_is_refused_in_words(
    officer_client: Client, officer: User, data: dict[str, str]
) -> None:
    notice = NoticeFactory(recipient=officer)
    response = officer_client.post(address("snooze", notice), data)
    assert response["Location"] == LIST
    assert len(told(response)) == 1
    notice.refresh_from_db()
    assert notice.state == "open"


def test_doing_it_twice_says_so(officer_client: Client, officer: User) -> None:
    notice = NoticeFactory(recipient=officer)
    officer_client.post(address("done", notice))
    assert "Udført" in told(officer_client.post(address("done", notice)))[0]


@pytest.mark.parametrize("name", ["done", "snooze", "reopen"])
def test_anothers_does_not_exist_and_get_changes_nothing(
    officer_client: Client, supplier_client: Client, officer: User, reader: User, name: str
) -> None:
    mine, others = NoticeFactory(recipient=officer), NoticeFactory(recipient=reader)
    assert officer_client.post(address(name, others), {"days": "1"}).status_code == 404
    assert officer_client.get(address(name, mine)).status_code == 405
    assert supplier_client.post(address(name, mine), {"days": "1"}).status_code == 403
    assert Client().post(address(name, mine)).status_code == 302
    assert set(Notice.objects.values_list("state", flat=True)) == {"open"}


def test_nobody_is_sent_to_another_site(officer_client: Client, officer: User) -> None:
    notice = NoticeFactory(recipient=officer)
    response = officer_client.post(address("done", notice), {"next": "https://andetsteds.example/"})
    assert response["Location"].startswith(LIST)


def test_the_choice_of_mail_is_kept(officer_client: Client, officer: User) -> None:
    assert officer_client.get(LIST).context["preference_form"].initial["frequency"] == "daily"
    for muted in (["test"], []):
        officer_client.post(reverse("notifications:preference"), {"frequency": "at_once", "muted_kinds": muted})
        chosen = Preference.objects.get(user=officer)
        assert (chosen.frequency, chosen.muted_kinds) == ("at_once", muted)


@pytest.mark.parametrize("data", [{"frequency": "hver time"}, {"frequency": "off", "muted_kinds": ["test.vigtig"]}, {}])
def test_a_choice_that_is_none_changes_nothing(officer_client: Client, data: dict[str, object]) -> None:
    response = officer_client.post(reverse("notifications:preference"), data)
    assert told(response)
    assert not Preference.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_queries_with_more_rows(
    officer_client: Client, officer: User, count: int, django_assert_num_queries: object
) -> None:
    for _number in range(count):
        NoticeFactory(recipient=officer, due_on=in_days(2))
    officer_client.get(LIST)
    with django_assert_num_queries(14):  # type: ignore[operator]
        officer_client.get(LIST)


def test_a_long_list_has_pages_that_keep_the_choice(officer_client: Client, officer: User) -> None:
    for number in range(51):
        NoticeFactory(recipient=officer, title=f"Nr. {number:02}")
    page = officer_client.get(f"{LIST}?slags=test&p=2")
    assert [notice.title for notice, _overdue in page.context["rows"]] == ["Nr. 50"]
    assert "?tilstand=open&amp;slags=test&amp;p=1" in page.content.decode()
