"""What a mail says: plain text, and the same as simple HTML. Links are absolute; the subject says what, and by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.rules import is_municipal
from notifications.models import Mail, Notice

LONGEST_SUBJECT = 200


@dataclass(frozen=True)
class Line:
    title: str
    url: str
    due: str
    kind: str


@dataclass(frozen=True)
class Letter:
    """A mail ready to be handed over. Its Message-ID stays the same however often it is tried."""

    to: str
    subject: str
    text: str
    html: str
    message_id: str

    def send(self) -> None:
        message = EmailMultiAlternatives(
            self.subject,
            self.text,
            to=[self.to],
            headers={"Message-ID": self.message_id, "Auto-Submitted": "auto-generated"},
        )
        message.attach_alternative(self.html, "text/html")
        message.send()


def compose(mail: Mail, notices: Sequence[Notice], *, today: dt.date) -> Letter:
    """Write a mail about the given notices, the most urgent first, as they stand on a day."""
    context = {
        "name": mail.recipient.get_short_name(),
        "lines": [_line(notice, today) for notice in notices],
        "page": absolute(reverse("notifications:list")) if is_municipal(mail.recipient) else "",
    }
    return Letter(
        to=mail.recipient.email,
        subject=subject_of(notices, today=today),
        text=render_to_string("notifications/mail.txt", context),
        html=render_to_string("notifications/mail.html", context),
        message_id=message_id(f"{mail.pk}-{mail.created_at:%Y%m%d%H%M%S}"),
    )


def message_id(name: str) -> str:
    """Return the Message-ID of a mail with a name of its own: the same however often it is tried."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"
    return f"<partnerskab-{name}@{domain}>"


def subject_of(notices: Sequence[Notice], *, today: dt.date) -> str:
    """Return the subject line: what it is about and by when, never longer than a mail program shows."""
    first = " ".join(notices[0].title.split())
    dated = [notice.due_on for notice in notices if notice.due_on is not None]
    due = formats.date_format(min(dated)) if dated else ""
    if len(notices) == 1:
        text = f"{first} ({_when(notices[0], today)})" if due else first
    else:
        count = len(notices)
        text = ngettext("%(count)d reminder: %(title)s", "%(count)d reminders: %(title)s", count)
        text = text % {"count": count, "title": first}
        text = _("%(text)s and more, the first by %(due)s") % {"text": text, "due": due} if due else text
    return text if len(text) <= LONGEST_SUBJECT else f"{text[: LONGEST_SUBJECT - 1]}…"


def _when(notice: Notice, today: dt.date) -> str:
    """Return by when something is due, or since when it is overdue; nothing without a day."""
    if notice.due_on is None:
        return ""
    text = _("overdue since %(due)s") if notice.is_overdue(today=today) else _("by %(due)s")
    return text % {"due": formats.date_format(notice.due_on)}


def absolute(path: str) -> str:
    return urljoin(settings.PUBLIC_URL, path)


def _line(notice: Notice, today: dt.date) -> Line:
    return Line(
        title=" ".join(notice.title.split()),
        url=absolute(notice.url),
        due=capfirst(_when(notice, today)),
        kind=notice.kind_label,
    )
