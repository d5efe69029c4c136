"""Hand a letter that is no reminder to the mail server, and log how that went."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.utils import timezone

from notifications.enums import MailKind
from notifications.letters import Letter
from notifications.models import MailLog

logger = logging.getLogger(__name__)


def hand_over(letter: Letter, *, log_text: str) -> str:
    """Send a letter to an address and return what went wrong; empty when nothing did.

    `log_text` is what the log keeps of it: without whatever only the recipient may read, such as a link that lets them in.
    Whoever calls sees to it that a letter which may have left is not sent again.
    """
    try:
        letter.send()
    except (SMTPException, OSError) as failure:
        logger.warning("the letter %s could not be sent", letter.message_id, exc_info=failure)
        error = f"{type(failure).__name__}: {failure}"
    else:
        error = ""
    MailLog.objects.create(
        kind=MailKind.LETTER,
        to=letter.to,
        subject=letter.subject,
        body=log_text,
        sent_at=None if error else timezone.now(),
        error=error,
    )
    return error
