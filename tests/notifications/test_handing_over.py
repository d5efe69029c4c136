from __future__ import annotations

import pytest
from django.core import mail

from notifications.letters import Letter, message_id
from notifications.models import MailLog
from notifications.services import hand_over

pytestmark = pytest.mark.django_db

LETTER = Letter("ny@firma.example", "Emne", "Med link", "<p>Med link</p>", message_id("brev-1"))


def test_a_letter_is_sent_and_logged_without_what_only_the_recipient_reads():
    assert hand_over(LETTER, log_text="Uden link") == ""
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["ny@firma.example"], "Emne", "Med link")
    assert sent.extra_headers["Message-ID"] == "<partnerskab-brev-1@localhost>"
    row = MailLog.objects.get()
    assert (row.to, row.body, row.kind, row.mail, row.error) == ("ny@firma.example", "Uden link", "letter", None, "")
    assert row.sent_at is not None


def test_a_mail_server_that_is_away_is_told_and_logged(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    error = hand_over(LETTER, log_text="Uden link")
    assert error.startswith("ConnectionRefusedError")
    row = MailLog.objects.get()
    assert (row.error, row.sent_at) == (error, None)
