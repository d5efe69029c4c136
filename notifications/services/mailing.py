"""Gather notices into mails, and send each mail at most once.

A mail is a row before it is anything else. `send` writes that it is being sent, hands it to the mail server, and writes
how that went. When the worker dies in between, nobody can know whether the mail left: it counts as perhaps sent, and its
notices still wait on the person's page.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import defaultdict
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jobs.services import enqueue
from notifications.enums import MAIL_JOB, MAIL_MOVES, MailFrequency, MailKind, MailState, NoticeState
from notifications.kinds import kind_or_bare
from notifications.letters import Letter, compose
from notifications.models import Mail, MailLog, Notice
from notifications.queries import chosen_mail
from notifications.rules import mail_frequency

logger = logging.getLogger(__name__)

# No person is mailed at once more often than this: what comes meanwhile is gathered into the next.
AT_ONCE_GAP = dt.timedelta(minutes=15)
# A notice rests this long before it is mailed at once, so that several of one moment are one mail.
AT_ONCE_REST = dt.timedelta(minutes=1)
FIRST_PAUSE = dt.timedelta(minutes=2)
LONGEST_PAUSE = dt.timedelta(hours=1)
PERMANENT = range(500, 600)


def gather(*, now: dt.datetime) -> list[Mail]:
    """Make the mails that are due now, and ask for those to be sent that wait; return the new ones. Safe to run twice."""
    made = [mail for recipient, kind, codes in _due(now) if (mail := _make(recipient, kind, codes, now=now))]
    for mail_id in Mail.objects.due(now=now).values_list("pk", flat=True):
        enqueue(MAIL_JOB, str(mail_id), key=f"mail-{mail_id}", by=None)
    return made


def send(mail_id: int) -> None:
    """Compose a waiting mail and hand it to the mail server; does nothing for one that has been handed over before."""
    with translation.override(settings.LANGUAGE_CODE):
        claimed = _claim(mail_id)
        if claimed is None:
            return
        mail, letter = claimed
        try:
            letter.send()
        except (SMTPException, OSError) as error:
            _failed(mail, letter, error)
        else:
            _sent(mail, letter)


# --- which mails are due


def _due(now: dt.datetime) -> list[tuple[int, MailKind, set[str]]]:
    """Return whom to mail now, how, and of which kinds of notices."""
    wishes = _wishes()
    local = timezone.localtime(now)
    last = dict(
        Mail.objects.filter(recipient__in=wishes, created_at__gt=now - AT_ONCE_GAP)
        .values_list("recipient")
        .annotate(last=Max("created_at"))
        .order_by()
    )
    had_digest = set(Mail.objects.filter(kind=MailKind.DIGEST, day=local.date()).values_list("recipient_id", flat=True))
    due = []
    for recipient, kinds in sorted(wishes.items()):
        at_once, daily = kinds[MailFrequency.AT_ONCE], kinds[MailFrequency.DAILY]
        newest = max(at_once.values(), default=now)
        if at_once and recipient not in last and newest <= now - AT_ONCE_REST:
            due.append((recipient, MailKind.AT_ONCE, set(at_once)))
        if daily and recipient not in had_digest and local.hour >= settings.DIGEST_HOUR:
            due.append((recipient, MailKind.DIGEST, {*daily, *at_once}))
    return due


def _wishes() -> dict[int, dict[MailFrequency, dict[str, dt.datetime]]]:
    """Return by person and frequency the kinds that wait to be mailed of, each with the time of its newest notice."""
    unmailed = Notice.objects.unmailed().filter(recipient__is_active=True).order_by()
    newest = unmailed.values_list("recipient_id", "kind").annotate(newest=Max("created_at"))
    rows = list(newest)
    chosen = chosen_mail({recipient for recipient, _kind, _at in rows})
    wishes: dict[int, dict[MailFrequency, dict[str, dt.datetime]]] = defaultdict(lambda: defaultdict(dict))
    for recipient, code, at in rows:
        preference = chosen[recipient]
        frequency = mail_frequency(
            kind_or_bare(code), chosen=MailFrequency(preference.frequency), muted_kinds=preference.muted_kinds
        )
        if frequency != MailFrequency.OFF:
            wishes[recipient][frequency][code] = at
    return wishes


def _make(recipient_id: int, kind: MailKind, codes: set[str], *, now: dt.datetime) -> Mail | None:
    """Gather a person's waiting notices into one mail; None when another worker was first, or one waits already.

    A mail that could not be sent yet takes the new notices with it.
    """
    try:
        with transaction.atomic():
            waiting = Notice.objects.unmailed().filter(recipient=recipient_id, kind__in=codes).select_for_update()
            keys = [notice.pk for notice in waiting]
            if not keys:
                return None
            mail, is_new = Mail.objects.waiting().get_or_create(
                recipient_id=recipient_id,
                defaults={"kind": kind, "day": timezone.localdate(now), "try_at": now},
            )
            Notice.objects.filter(pk__in=keys).update(mail=mail)
            return mail if is_new else None
    except IntegrityError:
        return None  # the day's digest was made meanwhile


# --- sending one


@transaction.atomic
def _claim(mail_id: int) -> tuple[Mail, Letter] | None:
    """Write that the mail is being sent, and compose it; None when there is nothing to send."""
    mail = Mail.objects.select_for_update(of=("self",)).select_related("recipient").filter(pk=mail_id).first()
    if mail is None:
        return None
    if mail.state == MailState.SENDING:
        _log(mail, None, error=_("The program stopped while the mail was being sent. It may have arrived."))
        _move(mail, MailState.UNCERTAIN)
    if mail.state != MailState.WAITING:
        return None
    mail.notices.exclude(state=NoticeState.OPEN).update(mail=None)  # solved or put off while the mail waited
    notices = list(mail.notices.most_urgent_first())
    if not notices or not mail.recipient.is_active:
        _move(mail, MailState.NEEDLESS)
        return None
    letter = compose(mail, notices, today=timezone.localdate())
    mail.attempts += 1
    _move(mail, MailState.SENDING)
    return mail, letter


@transaction.atomic
def _sent(mail: Mail, letter: Letter) -> None:
    mail.sent_at = timezone.now()
    _log(mail, letter, sent_at=mail.sent_at)
    _move(mail, MailState.SENT)


@transaction.atomic
def _failed(mail: Mail, letter: Letter, error: Exception) -> None:
    """Log a failure, and let the mail wait for another try unless the address is refused for good."""
    logger.warning("mail %s could not be sent", mail.pk, exc_info=error)
    _log(mail, letter, error=f"{type(error).__name__}: {error}")
    if _is_permanent(error):
        _move(mail, MailState.REFUSED)
        return
    mail.try_at = timezone.now() + min(FIRST_PAUSE * 2 ** min(mail.attempts - 1, 10), LONGEST_PAUSE)
    try:
        with transaction.atomic():
            _move(mail, MailState.WAITING)
    except IntegrityError:
        # Another mail to the same person was made meanwhile: it takes the notices with it.
        mail.state = MailState.SENDING
        mail.notices.update(mail=Mail.objects.waiting().get(recipient=mail.recipient))
        _move(mail, MailState.NEEDLESS)


def _is_permanent(error: Exception) -> bool:
    """Tell whether the server refused the address or the text; a refused sender or password is ours to put right."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code in PERMANENT for code, _text in error.recipients.values())
    return isinstance(error, SMTPDataError) and error.smtp_code in PERMANENT


def _move(mail: Mail, state: MailState) -> None:
    if state not in MAIL_MOVES[MailState(mail.state)]:
        raise ValueError(f"mail {mail.pk} cannot go from {mail.state!r} to {state!r}")
    mail.state = state
    mail.save(update_fields=["state", "attempts", "try_at", "sent_at"])


def _log(mail: Mail, letter: Letter | None, *, sent_at: dt.datetime | None = None, error: str = "") -> None:
    MailLog.objects.create(
        mail=mail,
        kind=mail.kind,
        to=mail.recipient.email,
        subject=letter.subject if letter else "",
        body=letter.text if letter else "",
        sent_at=sent_at,
        error=error,
    )
