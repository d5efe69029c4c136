"""The states of notices and mails, and the moves between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MAIL_JOB = "notifications.mail"


class NoticeState(models.TextChoices):
    OPEN = "open", _("Waiting")
    SNOOZED = "snoozed", _("Put off")
    RESOLVED = "resolved", pgettext_lazy("reminder", "Done")


UNRESOLVED = frozenset({NoticeState.OPEN, NoticeState.SNOOZED})
NOTICE_MOVES = {
    NoticeState.OPEN: frozenset({NoticeState.SNOOZED, NoticeState.RESOLVED}),
    NoticeState.SNOOZED: frozenset({NoticeState.OPEN, NoticeState.SNOOZED, NoticeState.RESOLVED}),
    # Undone by the person, or by the matter itself when it comes back.
    NoticeState.RESOLVED: frozenset({NoticeState.OPEN}),
}


class MailFrequency(models.TextChoices):
    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Gathered, once a day")
    OFF = "off", _("Never")


class MailKind(models.TextChoices):
    AT_ONCE = "at_once", _("At once")
    DIGEST = "digest", _("The day's reminders")
    # To an address, of which nobody is known to have it: an invitation.
    LETTER = "letter", pgettext_lazy("mail", "Letter")


class MailState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    # The worker died between handing the mail over and saying so: it may have left, so it is never sent again.
    UNCERTAIN = "uncertain", _("Perhaps sent")
    REFUSED = "refused", _("Refused")
    NEEDLESS = "needless", _("Not needed any longer")


MAIL_MOVES = {
    MailState.WAITING: frozenset({MailState.SENDING, MailState.NEEDLESS}),
    MailState.SENDING: frozenset(
        {MailState.SENT, MailState.WAITING, MailState.UNCERTAIN, MailState.REFUSED, MailState.NEEDLESS}
    ),
    MailState.SENT: frozenset(),
    MailState.UNCERTAIN: frozenset(),
    MailState.REFUSED: frozenset(),
    MailState.NEEDLESS: frozenset(),
}
