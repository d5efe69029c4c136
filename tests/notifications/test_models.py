from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from notifications.models import MailLog, Notice
from notifications.models.mails import AppendOnlyError
from tests.factories import MailFactory, MailLogFactory, NoticeFactory, PreferenceFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_people_see_their_own_notices_alone(officer: User, reader: User) -> None:
    mine = NoticeFactory(recipient=officer)
    NoticeFactory(recipient=reader)
    assert list(Notice.objects.visible_to(officer)) == [mine]
    officer.is_active = False
    assert not Notice.objects.visible_to(officer)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "snoozed"},
        {"snoozed_until": "2024-01-01"},
        {"state": "resolved"},
        {"resolved_at": "2024-01-01T00:00:00Z"},
        {"url": "https://andetsteds.example/"},
    ],
)
def test_the_database_refuses_a_notice_that_contradicts_itself(fields: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeFactory(**fields)


@pytest.mark.parametrize("url", ["//andetsteds.example/", "javascript:alert(1)", "admin/"])
def test_an_address_outside_the_site_is_refused(url: str) -> None:
    with pytest.raises(ValidationError):
        NoticeFactory.build(url=url).clean_fields(exclude=["recipient"])


def test_one_notice_a_cause_one_digest_a_day_and_one_waiting_mail_a_person() -> None:
    notice = NoticeFactory()
    digest = MailFactory(recipient=notice.recipient, state="needless")
    for make, fields in (
        (NoticeFactory, {"cause": notice.cause}),
        (MailFactory, {"day": digest.day, "state": "needless"}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make(recipient=notice.recipient, **fields)
    MailFactory(recipient=notice.recipient, kind="at_once")
    with pytest.raises(IntegrityError), transaction.atomic():
        MailFactory(recipient=notice.recipient, kind="at_once")


def test_the_mail_log_is_append_only() -> None:
    line = MailLogFactory()
    for change in (line.save, line.delete, MailLog.objects.all().delete, lambda: MailLog.objects.update(to="x")):
        with pytest.raises(AppendOnlyError):
            change()


def test_a_line_of_the_log_is_either_sent_or_an_error() -> None:
    for fields in ({"error": "nej"}, {"sent_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            MailLogFactory(**fields)


def test_administrators_and_auditors_read_the_log(officer: User, reader: User) -> None:
    line = MailLogFactory()
    assert [list(MailLog.objects.visible_to(person)) for person in (officer, reader)] == [[], [line]]


@pytest.mark.parametrize("muted", [["test.vigtig"], ["ukendt"], "test", {"test": 1}])
def test_a_choice_cannot_mute_what_must_be_heard(muted: object) -> None:
    with pytest.raises(ValidationError):
        PreferenceFactory.build(user=UserFactory(), muted_kinds=muted).full_clean()
