"""Two workers at the same moment, on a real database."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from notifications.models import Mail, MailLog, Notice
from notifications.services import Wanted, gather, mark_done, notify, send, sync_causes
from tests.factories import NoticeFactory, UserFactory
from tests.reachable import require_postgres

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
RACERS = 4
NOW = dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def on_postgres() -> None:
    require_postgres()


def race(work: Callable[[], Any]) -> list[Any]:
    """Do the same work in several threads that begin together; return what they answered."""
    gate, answers = threading.Barrier(RACERS), []

    def run() -> None:
        try:
            gate.wait(timeout=20)
            answers.append(work())
        except Exception as error:  # noqa: BLE001 -- handed to the test
            answers.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _racer in range(RACERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def test_one_cause_told_by_many_at_once_is_one_notice() -> None:
    user = UserFactory()
    told = race(lambda: notify(user, kind="test", title="Husk", url="/admin/", cause="test:1").pk)
    assert told == [Notice.objects.get().pk] * RACERS


def test_many_passes_at_once_write_each_cause_once() -> None:
    user = UserFactory()
    wanted = [Wanted(user.pk, "test", "Husk", "/admin/", f"frist:{number}") for number in range(200)]
    assert race(lambda: sync_causes("frist:", wanted)) == [None] * RACERS
    assert Notice.objects.unresolved().count() == 200


def test_many_workers_gather_one_mail_and_send_it_once() -> None:
    user = UserFactory()
    for _number in range(5):
        NoticeFactory(recipient=user)
    made = race(lambda: gather(now=NOW))
    assert [len(answer) for answer in sorted(made, key=len)] == [0] * (RACERS - 1) + [1]
    race(lambda: send(Mail.objects.get().pk))
    states = (Mail.objects.get().state, MailLog.objects.count(), len(mail.outbox))
    # A second worker cannot tell one that sends from one that died; what matters is that it never sends too.
    assert states[2] == 1
    assert states[0] in {"sent", "uncertain"}


def test_one_of_many_marks_it_as_done() -> None:
    user = UserFactory()
    notice = NoticeFactory(recipient=user)
    answers = race(lambda: mark_done(notice, by=user).state)
    assert answers.count("resolved") == 1
