"""Tell people of things once, let them put them off, and stop when the matter is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.enums import NOTICE_MOVES, NoticeState
from notifications.kinds import kind_of
from notifications.models import Notice
from notifications.rules import LONGEST_SNOOZE

BATCH = 1000


@dataclass(frozen=True)
class Wanted:
    """A notice that ought to stand. `subject` is the content type's and the row's number."""

    recipient_id: int
    kind: str
    title: str
    url: str
    cause: str
    due_on: dt.date | None = None
    subject: tuple[int, int] | None = None

    def as_notice(self) -> Notice:
        content_type_id, object_id = self.subject or (None, None)
        return Notice(
            recipient_id=self.recipient_id,
            kind=self.kind,
            title=self.title,
            url=self.url,
            cause=self.cause,
            due_on=self.due_on,
            content_type_id=content_type_id,
            object_id=object_id,
        )


@transaction.atomic
def notify(
    user: User,
    *,
    kind: str,
    title: str,
    url: str,
    cause: str,
    subject: models.Model | None = None,
    due_on: dt.date | None = None,
) -> Notice:
    """Tell a person of something; the same cause told again is the same notice.

    One that the matter itself had ended opens again; one that the person marked as done stays done. Raises LookupError
    for a kind that nobody registered, ValidationError for an address outside the site.
    """
    points_at = None if subject is None else (ContentType.objects.get_for_model(subject).pk, subject.pk)
    wanted = Wanted(user.pk, kind, title, url, cause, due_on, points_at)
    _write_missing([wanted])
    _reopen_ended([wanted])
    return Notice.objects.get(recipient=user, cause=cause)


@transaction.atomic
def sync_causes(prefix: str, wanted: Iterable[Wanted]) -> None:
    """Make the notices whose cause begins with `prefix` be exactly the wanted ones, as far as people let them.

    Missing ones are written, those no longer wanted are done, and those that people put off or marked as done stay so.
    A fixed number of queries for each thousand. Raises ValueError when a wanted cause does not begin with `prefix`.
    """
    rows = list(wanted)
    if strangers := [row.cause for row in rows if not row.cause.startswith(prefix)]:
        raise ValueError(f"causes must begin with {prefix!r}, got {strangers[:3]!r}")
    known = {
        (recipient, cause): (pk, state)
        for pk, recipient, cause, state in Notice.objects.caused_by(prefix).values_list(
            "pk", "recipient_id", "cause", "state"
        )
    }
    keys = {(row.recipient_id, row.cause) for row in rows}
    _write_missing([row for row in rows if (row.recipient_id, row.cause) not in known])
    _reopen_ended([row for row in rows if known.get((row.recipient_id, row.cause), (0, ""))[1] == NoticeState.RESOLVED])
    _end([pk for key, (pk, state) in known.items() if key not in keys and state != NoticeState.RESOLVED])


@transaction.atomic
def resolve(*, cause: str) -> int:
    """End everybody's notices whose cause begins so, because the matter is done; return how many."""
    return _end(list(Notice.objects.caused_by(cause).unresolved().values_list("pk", flat=True)))


@transaction.atomic
def mark_done(notice: Notice, *, by: User) -> Notice:
    """Mark one's own notice as done. Raises ValidationError when it is done already."""
    notice = _own_locked(notice, by)
    _check_move(notice, NoticeState.RESOLVED)
    notice.state, notice.snoozed_until = NoticeState.RESOLVED, None
    notice.resolved_at, notice.resolved_by = timezone.now(), by
    notice.save(update_fields=["state", "snoozed_until", "resolved_at", "resolved_by"])
    return notice


@transaction.atomic
def snooze(notice: Notice, *, until: dt.date, today: dt.date, by: User) -> Notice:
    """Put one's own notice off until a day, on which it waits again and is mailed of again.

    Raises ValidationError for a day that is not ahead, is more than a year ahead, or lies after what it warns of.
    """
    notice = _own_locked(notice, by)
    _check_move(notice, NoticeState.SNOOZED)
    _check_snooze(notice, until=until, today=today)
    notice.state, notice.snoozed_until = NoticeState.SNOOZED, until
    notice.save(update_fields=["state", "snoozed_until"])
    return notice


@transaction.atomic
def reopen(notice: Notice, *, by: User) -> Notice:
    """Let one's own notice wait again: undoes `mark_done` and `snooze`. It is not mailed of again."""
    notice = _own_locked(notice, by)
    _check_move(notice, NoticeState.OPEN)
    notice.state, notice.snoozed_until = NoticeState.OPEN, None
    notice.resolved_at = notice.resolved_by = None
    notice.save(update_fields=["state", "snoozed_until", "resolved_at", "resolved_by"])
    return notice


@transaction.atomic
def wake(*, today: dt.date) -> int:
    """Let what was put off until today, or a day that nobody was here, wait again; return how many."""
    asleep = Notice.objects.in_state(NoticeState.SNOOZED).filter(snoozed_until__lte=today)
    return asleep.update(state=NoticeState.OPEN, snoozed_until=None, mail=None)


def _write_missing(rows: list[Wanted]) -> None:
    for row in rows:
        kind_of(row.kind)
    notices = [row.as_notice() for row in rows]
    for notice in notices:
        notice.clean_fields(exclude=["recipient", "content_type", "state"])
    # Whoever else writes the same cause at the same moment has told of it.
    Notice.objects.bulk_create(notices, ignore_conflicts=True, batch_size=BATCH)


def _reopen_ended(rows: list[Wanted]) -> None:
    """Open again what the matter itself had ended, and has now taken back."""
    wanted = {(row.recipient_id, row.cause) for row in rows}
    causes = sorted({cause for _recipient, cause in wanted})
    for start in range(0, len(causes), BATCH):
        ended = Notice.objects.in_state(NoticeState.RESOLVED).filter(
            resolved_by__isnull=True, cause__in=causes[start : start + BATCH]
        )
        keys = [pk for pk, *key in ended.values_list("pk", "recipient_id", "cause") if tuple(key) in wanted]
        Notice.objects.filter(pk__in=keys).update(state=NoticeState.OPEN, resolved_at=None)


def _end(keys: list[int]) -> int:
    ended = 0
    for start in range(0, len(keys), BATCH):
        still = Notice.objects.unresolved().filter(pk__in=keys[start : start + BATCH])
        ended += still.update(state=NoticeState.RESOLVED, snoozed_until=None, resolved_at=timezone.now())
    return ended


def _own_locked(notice: Notice, by: User) -> Notice:
    if notice.recipient_id != by.pk:
        raise PermissionDenied(f"notice {notice.pk} is for user {notice.recipient_id}, not for {by.pk}")
    return Notice.objects.select_for_update().get(pk=notice.pk)


def _check_move(notice: Notice, state: NoticeState) -> None:
    if state not in NOTICE_MOVES[NoticeState(notice.state)]:
        text = _("“%(title)s” is already in the state “%(state)s”. Load the page again to see how it stands.")
        raise ValidationError(text % {"title": notice.title, "state": notice.get_state_display()})


def _check_snooze(notice: Notice, *, until: dt.date, today: dt.date) -> None:
    if until <= today:
        raise ValidationError({"until": _("A reminder can only be put off until a later day than today.")})
    if until > today + LONGEST_SNOOZE:
        raise ValidationError({"until": _("A reminder can be put off for a year at most. Choose an earlier day.")})
    if notice.due_on is not None and today <= notice.due_on < until:
        text = _("The deadline is %(due)s. Put the reminder off until that day at the latest.")
        raise ValidationError({"until": text % {"due": formats.date_format(notice.due_on)}})
