from __future__ import annotations

import datetime as dt
from email import message_from_string
from email.policy import default
from typing import Any

import pytest
from django.core import mail

from accounts.models import User
from notifications.letters import LONGEST_SUBJECT, compose, subject_of
from tests.factories import MailFactory, NoticeFactory

TODAY = dt.date(2024, 3, 1)
MARCH, MAY = dt.date(2024, 3, 14), dt.date(2024, 5, 1)


@pytest.mark.parametrize(
    ("rows", "subject"),
    [
        ([("Opsig K-1", MARCH)], "Opsig K-1 (senest 14. marts 2024)"),
        ([("Opsig K-1", None)], "Opsig K-1"),
        ([("Opsig K-1", dt.date(2024, 2, 29))], "Opsig K-1 (overskredet siden 29. februar 2024)"),
        (
            [("Opsig K-1", MARCH), ("Option", MAY)],
            "2 påmindelser: Opsig K-1 m.m., den første senest 14. marts 2024",
        ),
        ([("A", None), ("B", None)], "2 påmindelser: A"),
        ([("Opsig\r\nBcc: alle@x.example", None)], "Opsig Bcc: alle@x.example"),
    ],
)
def test_the_subject_says_what_and_by_when(rows: list[tuple[str, dt.date | None]], subject: str) -> None:
    assert subject_of([NoticeFactory.build(title=title, due_on=due) for title, due in rows], today=TODAY) == subject


def test_a_subject_is_never_too_long() -> None:
    assert len(subject_of([NoticeFactory.build(title="å" * 250, due_on=MARCH)], today=TODAY)) == LONGEST_SUBJECT


@pytest.mark.django_db
def test_a_letter_in_both_forms(officer: User, settings: Any) -> None:
    settings.PUBLIC_URL = "https://partnerskab.kommune.example"
    settings.DEFAULT_FROM_EMAIL = "Partnerskab <noreply@kommune.example>"
    made = MailFactory(recipient=officer)
    notice = NoticeFactory(title="Opsig <K-1>", url="/admin/kontrakter/1/?a=1&b=2", due_on=MARCH)
    letter = compose(made, [notice], today=TODAY)
    assert letter.text == (
        "Hej Kim\n\nOpsig <K-1>\nSenest 14. marts 2024 · Prøve\n"
        "https://partnerskab.kommune.example/admin/kontrakter/1/?a=1&b=2\n\n"
        "Alle dine påmindelser, og hvordan du vil have mail om dem:\n"
        "https://partnerskab.kommune.example/admin/paamindelser/\n\n"
    )
    assert "Opsig &lt;K-1&gt;" in letter.html
    letter.send()
    parsed = message_from_string(mail.outbox[0].message().as_string(), policy=default)
    assert parsed["Message-ID"] == letter.message_id
    assert letter.message_id.endswith("@kommune.example>")
    assert [part.get_content_type() for part in parsed.walk()] == ["multipart/alternative", "text/plain", "text/html"]


@pytest.mark.django_db
def test_who_has_no_back_office_is_not_sent_there(supplier_user: User) -> None:
    assert "paamindelser" not in compose(MailFactory(recipient=supplier_user), [NoticeFactory()], today=TODAY).text
