"""Enqueue, lease, run and sweep jobs."""

from __future__ import annotations

import datetime as dt
import functools
import logging
import uuid
from dataclasses import dataclass

from celery import current_app
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from jobs.enums import JobState
from jobs.handlers import handler_for
from jobs.models import Job

logger = logging.getLogger(__name__)

# How long a job waits before the sweep tells a worker again: at all, and when a worker has been told.
UNSENT_PATIENCE = dt.timedelta(seconds=10)
SENT_PATIENCE = dt.timedelta(minutes=2)
# A request that asks for work waits no longer than this for a broker that does not answer.
BROKER_PATIENCE_SECONDS = 2
BROKER_OPTIONS = {
    "max_retries": 0,
    **dict.fromkeys(
        ("socket_timeout", "socket_connect_timeout", "read_timeout", "write_timeout"), BROKER_PATIENCE_SECONDS
    ),
}


class LostLeaseError(Exception):
    """Another worker holds the job now: this one must stop without writing."""


def enqueue(kind: str, subject_id: str, *, key: str, by: User | None) -> Job:
    """Write a job and dispatch it after commit; the same open work asked for twice is one job.

    Raises LookupError for a kind without a handler.
    """
    handler_for(kind)
    fields = {"subject_id": subject_id, "created_by": by}
    with transaction.atomic():
        try:
            job, is_new = Job.objects.open().get_or_create(kind=kind, key=key, defaults=fields)
        except IntegrityError:
            # The open job that was in the way ended before it could be read.
            job, is_new = Job.objects.open().get_or_create(kind=kind, key=key, defaults=fields)
        if is_new:
            # Robust: the row is there, so whoever asked must not be told that asking failed.
            transaction.on_commit(functools.partial(dispatch, job.pk), robust=True)
    return job


def dispatch(job_id: int) -> bool:
    """Tell a worker about the job and return whether the broker took the message; if not, the sweep tells again."""
    waiting = Job.objects.open().filter(pk=job_id)
    waiting.update(dispatched_at=timezone.now())
    try:
        _send(job_id)
    except Exception:
        logger.warning("job %s could not be dispatched; the sweep will", job_id, exc_info=True)
        waiting.update(dispatched_at=None)
        return False
    return True


def _send(job_id: int) -> None:
    # A connection of its own: those of Celery's pool try for ever when the broker is away.
    with current_app.connection_for_write(
        connect_timeout=BROKER_PATIENCE_SECONDS, transport_options=BROKER_OPTIONS
    ) as connection:
        current_app.send_task("jobs.run", args=[job_id], connection=connection, retry=False)


def run(job_id: int) -> bool:
    """Claim the job, do its work and record the outcome; return whether this call did it. Safe to call twice."""
    job = claim(job_id)
    if job is None:
        return False
    try:
        handler_for(job.kind)(job.subject_id, LeaseProgress(job))
    except LostLeaseError:
        return False
    except ValidationError as error:
        return fail(job, " ".join(error.messages), may_retry=False)
    except Exception:
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        message = _("The work failed. The cause is in the log under job %(id)s.") % {"id": job.pk}
        return fail(job, message, may_retry=True)
    return finish(job)


@transaction.atomic
def claim(job_id: int) -> Job | None:
    """Take the lease of a waiting job, or of a running one whose lease has run out; None when somebody else has it.

    A job whose workers died too often fails instead.
    """
    job = Job.objects.select_for_update().filter(pk=job_id).first()
    if job is None or not job.is_free(now=timezone.now()):
        return None
    if job.state == JobState.RUNNING and job.attempts >= settings.JOB_MAX_ATTEMPTS:
        _end(job, state=JobState.FAILED, message=_("The work stopped without an answer every time that it was tried."))
        return None
    job.state = JobState.RUNNING
    job.attempts += 1
    job.lease = uuid.uuid4()
    job.locked_until = _lease_end()
    job.dispatched_at = None
    job.progress, job.message = 0, ""
    job.save(
        update_fields=["state", "attempts", "lease", "locked_until", "dispatched_at", "progress", "message"],
    )
    return job


def finish(job: Job) -> bool:
    """Record that the claimed job is done; False, and nothing written, when another worker holds it now."""
    return _end(job, state=JobState.DONE, progress=100)


def fail(job: Job, message: str, *, may_retry: bool) -> bool:
    """Record that the attempt failed, for good or to be tried again; False when another worker holds the job now."""
    again = may_retry and job.attempts < settings.JOB_MAX_ATTEMPTS
    return _end(job, state=JobState.QUEUED if again else JobState.FAILED, message=message)


def retry(job: Job, *, by: User) -> Job:
    """Start failed work over again as a new job."""
    return enqueue(job.kind, job.subject_id, key=job.key, by=by)


def sweep(*, now: dt.datetime | None = None) -> int:
    """Dispatch again what a crash or a lossy broker left behind; return how many jobs the broker took."""
    now = now or timezone.now()
    left_behind = Job.objects.left_behind(
        now=now, unsent_since=now - UNSENT_PATIENCE, sent_since=now - SENT_PATIENCE
    ).order_by("created_at", "pk")
    told = 0
    for job_id in left_behind.values_list("pk", flat=True):
        if not dispatch(job_id):
            break  # the broker is away: each further job would only wait for it too
        told += 1
    return told


def _end(job: Job, *, state: JobState, **fields: object) -> bool:
    """Give the lease up; return False, and write nothing, when somebody else holds it."""
    finished_at = None if state == JobState.QUEUED else timezone.now()
    return bool(
        Job.objects.held_by(job).update(
            state=state, lease=None, locked_until=None, dispatched_at=None, finished_at=finished_at, **fields
        )
    )


def _lease_end() -> dt.datetime:
    return timezone.now() + dt.timedelta(seconds=settings.JOB_LEASE_SECONDS)


@dataclass(frozen=True)
class LeaseProgress:
    """How a handler reports progress; each report renews the lease. Raises LostLeaseError when it is lost."""

    job: Job

    def __call__(self, percent: int, message: str = "") -> None:
        held = Job.objects.held_by(self.job)
        if not held.update(progress=percent, message=message, locked_until=_lease_end()):
            raise LostLeaseError(f"job {self.job.pk} was taken over")
