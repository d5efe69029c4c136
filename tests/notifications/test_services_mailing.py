"""Notices become mails: gathered, never more than one digest a day, never sent twice, never lost to a bad server."""

from __future__ import annotations

import datetime as dt
from smtplib import SMTPAuthenticationError, SMTPRecipientsRefused
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from accounts.models import User
from jobs.models import Job
from jobs.services import run
from notifications.enums import MAIL_JOB, MailState
from notifications.models import Mail, MailLog, Notice
from notifications.services import gather, mark_done, save_preference, send, snooze, wake
from notifications.services.mailing import AT_ONCE_GAP, _claim, _failed
from notifications.tasks import gather as gather_task
from notifications.tasks import wake as wake_task
from tests.factories import NoticeFactory

pytestmark = pytest.mark.django_db
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
NIGHT = dt.datetime(2024, 3, 1, 6, 59, tzinfo=COPENHAGEN)
MORNING = dt.datetime(2024, 3, 1, 7, 0, tzinfo=COPENHAGEN)
DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)


class Server:
    """A mail server that answers as told: the next errors first, then it takes what it gets."""

    errors: list[Exception] = []
    dies = False


class TestBackend(EmailBackend):
    __test__ = False

    def send_messages(self, messages: Any) -> int:
        if Server.errors:
            raise Server.errors.pop(0)
        sent = super().send_messages(messages)
        if Server.dies:
            raise KeyboardInterrupt
        return sent


@pytest.fixture(autouse=True)
def server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> type[Server]:
    settings.EMAIL_BACKEND = f"{__name__}.TestBackend"
    settings.PUBLIC_URL = "https://partnerskab.kommune.example"
    monkeypatch.setattr(Server, "errors", [])
    monkeypatch.setattr(Server, "dies", False)
    return Server


def note(user: User, at: dt.datetime = NIGHT, **fields: object) -> Notice:
    with time_machine.travel(at, tick=False):
        return NoticeFactory(recipient=user, **fields)


def work(at: dt.datetime) -> list[list[str]]:
    """Gather at a moment and run the jobs that came of it; return the recipients of what was sent."""
    before = len(mail.outbox)
    with time_machine.travel(at, tick=False):
        gather(now=at)
        for job in Job.objects.open().filter(kind=MAIL_JOB):
            run(job.pk)
    return [message.to for message in mail.outbox[before:]]


def at_once(user: User) -> None:
    save_preference(user, frequency="at_once", muted_kinds=())  # type: ignore[arg-type]


def test_the_days_reminders_come_once_in_the_morning(officer: User) -> None:
    note(officer, title="Opsig K-1", due_on=dt.date(2024, 3, 14))
    note(officer, title="Opsig K-2")
    assert work(NIGHT) == []
    assert work(MORNING) == [[officer.email]]
    note(officer, at=MORNING, title="Senere")
    assert work(MORNING + 2 * MINUTE) == []
    assert work(MORNING + DAY) == [[officer.email]]
    assert work(MORNING + 2 * DAY) == []
    assert ["K-1" in message.body for message in mail.outbox] == [True, False]


def test_a_server_that_was_down_in_the_morning_sends_when_it_is_up(officer: User) -> None:
    note(officer)
    assert work(MORNING.replace(hour=16)) == [[officer.email]]


def test_at_once_rests_a_minute_and_gathers_what_comes_meanwhile(officer: User) -> None:
    at_once(officer)
    note(officer, at=NIGHT)
    assert work(NIGHT + MINUTE / 2) == []
    note(officer, at=NIGHT + MINUTE / 2)
    assert work(NIGHT + 2 * MINUTE) == [[officer.email]]
    assert [notice.mail_id for notice in Notice.objects.all()] == [Mail.objects.get().pk] * 2


def test_a_flood_is_one_mail_and_the_rest_waits_a_while(officer: User) -> None:
    at_once(officer)
    for number in range(50):
        note(officer, title=f"Nr. {number}")
    assert len(work(NIGHT + MINUTE)) == 1
    for number in range(20):
        note(officer, at=NIGHT + 2 * MINUTE, title=f"Nr. {number}")
    assert work(NIGHT + 5 * MINUTE) == []
    assert len(work(NIGHT + AT_ONCE_GAP + 2 * MINUTE)) == 1


def test_off_is_off_but_for_what_must_be_heard(officer: User) -> None:
    save_preference(officer, frequency="off", muted_kinds=())  # type: ignore[arg-type]
    note(officer, title="Slået fra")
    assert work(MORNING) == []
    note(officer, kind="test.vigtig", title="Hør her")
    assert work(MORNING) == [[officer.email]]
    assert "Slået fra" not in mail.outbox[0].body


def test_a_muted_kind_is_left_out(officer: User) -> None:
    save_preference(officer, frequency="daily", muted_kinds=["test"])  # type: ignore[arg-type]
    note(officer)
    assert work(MORNING) == []


def test_a_kind_whose_room_is_gone_is_mailed_as_any(officer: User) -> None:
    note(officer, kind="nedlagt")
    assert work(MORNING) == [[officer.email]]


def test_nobody_is_mailed_of_what_is_solved_or_put_off_meanwhile(officer: User) -> None:
    done, later, still = (note(officer, title=title) for title in ("Løst", "Udsat", "Stadig"))
    gather(now=MORNING)
    mark_done(done, by=officer)
    snooze(later, until=MORNING.date() + DAY, today=MORNING.date(), by=officer)
    assert work(MORNING) == [[officer.email]]
    assert mail.outbox[0].subject == "Stadig"
    later.refresh_from_db()
    assert later.mail is None
    wake(today=MORNING.date() + DAY)
    assert work(MORNING + DAY) == [[officer.email]]
    assert still.pk != later.pk


def test_a_mail_with_nothing_left_to_say_is_not_sent(officer: User) -> None:
    notice = note(officer)
    gather(now=MORNING)
    mark_done(notice, by=officer)
    assert work(MORNING) == []
    assert Mail.objects.get().state == MailState.NEEDLESS


def test_nobody_who_was_switched_off_is_mailed(officer: User) -> None:
    note(officer)
    gather(now=MORNING)
    officer.is_active = False
    officer.save()
    note(officer)
    assert work(MORNING) == []


def test_what_was_put_off_is_mailed_again_when_it_wakes(officer: User) -> None:
    notice = note(officer)
    work(MORNING)
    snooze(notice, until=MORNING.date() + DAY, today=MORNING.date(), by=officer)
    wake(today=MORNING.date() + DAY)
    assert work(MORNING + DAY) == [[officer.email]]


# --- never twice, never lost


def test_sending_again_sends_nothing(officer: User) -> None:
    note(officer)
    work(MORNING)
    send(Mail.objects.get().pk)
    send(4711)
    assert len(mail.outbox) == 1
    (line,) = MailLog.objects.all()
    assert (line.to, line.error, line.sent_at is not None) == (officer.email, "", True)
    assert line.body == mail.outbox[0].body


def test_a_worker_that_dies_after_sending_never_sends_again(officer: User, server: type[Server]) -> None:
    note(officer)
    (made,) = gather(now=MORNING)
    server.dies = True
    with pytest.raises(KeyboardInterrupt):
        send(made.pk)
    server.dies = False
    send(made.pk)
    send(made.pk)
    made.refresh_from_db()
    assert (len(mail.outbox), made.state) == (1, MailState.UNCERTAIN)
    (line,) = MailLog.objects.all()
    assert (line.sent_at, bool(line.error)) == (None, True)


def test_a_server_that_is_away_is_tried_again_later_and_more_seldom(officer: User, server: type[Server]) -> None:
    note(officer, title="Vigtigt")
    server.errors = [ConnectionRefusedError("nej"), SMTPAuthenticationError(535, b"password")]
    assert work(MORNING) == []
    assert work(MORNING + MINUTE) == []
    assert Mail.objects.get().attempts == 1
    note(officer, at=MORNING + MINUTE, title="Kom imens")
    assert work(MORNING + 2 * MINUTE) == []
    assert work(MORNING + 4 * MINUTE) == []
    assert work(MORNING + 10 * MINUTE) == [[officer.email]]
    assert [line.error.split(":")[0] for line in MailLog.objects.order_by("pk")] == [
        "ConnectionRefusedError",
        "SMTPAuthenticationError",
        "",
    ]
    assert work(MORNING + 2 * DAY) == [[officer.email]]


def test_an_address_that_is_refused_is_not_tried_for_ever(officer: User, server: type[Server]) -> None:
    note(officer)
    server.errors = [SMTPRecipientsRefused({officer.email: (550, b"No such user")})]
    assert work(MORNING) == []
    assert Mail.objects.get().state == MailState.REFUSED
    assert work(MORNING + DAY) == []


def test_a_failed_mail_gives_way_to_a_newer_one(officer: User) -> None:
    note(officer)
    with time_machine.travel(MORNING, tick=False):
        (first,) = gather(now=MORNING)
    claimed = _claim(first.pk)
    assert claimed is not None
    note(officer, at=MORNING)
    (second,) = gather(now=MORNING + DAY)
    _failed(*claimed, OSError("nej"))
    assert set(Notice.objects.values_list("mail", flat=True)) == {second.pk}
    assert Mail.objects.get(pk=first.pk).state == MailState.NEEDLESS


def test_the_tasks_call_the_services(officer: User) -> None:
    note(officer)
    snooze(note(officer), until=MORNING.date(), today=NIGHT.date() - DAY, by=officer)
    with time_machine.travel(MORNING, tick=False):
        assert (wake_task(), gather_task(), gather_task()) == (1, 1, 0)
