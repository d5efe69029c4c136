"""Enqueue, lease, run and sweep jobs."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from dataclasses import dataclass

from celery import current_app
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from jobs.enums import JobState
from jobs.handlers import handler_for
from jobs.models import Job

logger = logging.getLogger(__name__)

QUEUE_PATIENCE = dt.timedelta(seconds=30)


class LostLeaseError(Exception):
    """Another worker holds the job now: this one must stop without writing."""


def enqueue(kind: str, subject_id: str, *, key: str, by: User | None) -> Job:
    """Write a job and dispatch it after commit; the same open work asked for twice is one job.

    Raises LookupError for a kind without a handler.
    """
    handler_for(kind)
    try:
        with transaction.atomic():
            job = Job.objects.create(kind=kind, subject_id=subject_id, key=key, created_by=by)
    except IntegrityError:
        return Job.objects.open().get(kind=kind, key=key)
    transaction.on_commit(lambda: dispatch(job.pk))
    return job


def dispatch(job_id: int) -> None:
    """Tell a worker about the job. A broker that does not answer is no error: the sweep tells again."""
    Job.objects.filter(pk=job_id).update(dispatched_at=timezone.now())
    try:
        current_app.send_task("jobs.run", args=[job_id])
    except Exception:
        logger.warning("job %s could not be dispatched; the sweep will", job_id, exc_info=True)


def run(job_id: int) -> bool:
    """Claim the job, do its work and record the outcome; return whether this call did it. Safe to call twice."""
    job = claim(job_id)
    if job is None:
        return False
    try:
        handler_for(job.kind)(job.subject_id, _Progress(job))
    except LostLeaseError:
        return False
    except ValidationError as error:
        return _fail(job, " ".join(error.messages), may_retry=False)
    except Exception as error:
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        return _fail(job, f"{type(error).__name__}: {error}", may_retry=True)
    return _finish(job)


def claim(job_id: int) -> Job | None:
    """Take the lease of a queued job, or of a running one whose lease has run out; None when somebody else has it."""
    now = timezone.now()
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=job_id).first()
        if job is None or not _is_free(job, now):
            return None
        if job.attempts >= settings.JOB_MAX_ATTEMPTS:
            job.state, job.finished_at = JobState.FAILED, now
            job.save(update_fields=["state", "finished_at"])
            return None
        job.state = JobState.RUNNING
        job.attempts += 1
        job.lease = uuid.uuid4()
        job.locked_until = now + dt.timedelta(seconds=settings.JOB_LEASE_SECONDS)
        job.progress = 0
        job.save(update_fields=["state", "attempts", "lease", "locked_until", "progress"])
    return job


def retry(job: Job, *, by: User) -> Job:
    """Start failed work over again as a new job."""
    return enqueue(job.kind, job.subject_id, key=job.key, by=by)


def sweep(*, now: dt.datetime | None = None) -> int:
    """Dispatch again what a crash or a lossy broker left behind; return how many jobs."""
    now = now or timezone.now()
    left_behind = Job.objects.left_behind(now=now, waiting_since=now - QUEUE_PATIENCE)
    ids = list(left_behind.values_list("pk", flat=True))
    for job_id in ids:
        dispatch(job_id)
    return len(ids)


def _is_free(job: Job, now: dt.datetime) -> bool:
    if job.state == JobState.QUEUED:
        return True
    return job.state == JobState.RUNNING and job.locked_until is not None and job.locked_until < now


def _finish(job: Job) -> bool:
    return _end(job, state=JobState.DONE, progress=100)


def _fail(job: Job, message: str, *, may_retry: bool) -> bool:
    again = may_retry and job.attempts < settings.JOB_MAX_ATTEMPTS
    return _end(job, state=JobState.QUEUED if again else JobState.FAILED, message=message)


def _end(job: Job, *, state: JobState, **fields: object) -> bool:
    finished_at = None if state == JobState.QUEUED else timezone.now()
    held = Job.objects.filter(pk=job.pk, lease=job.lease, state=JobState.RUNNING)
    return bool(held.update(state=state, lease=None, locked_until=None, finished_at=finished_at, **fields))


@dataclass(frozen=True)
class _Progress:
    job: Job

    def __call__(self, percent: int, message: str = "") -> None:
        until = timezone.now() + dt.timedelta(seconds=settings.JOB_LEASE_SECONDS)
        held = Job.objects.filter(pk=self.job.pk, lease=self.job.lease, state=JobState.RUNNING)
        if not held.update(progress=percent, message=message, locked_until=until):
            raise LostLeaseError(f"job {self.job.pk} was taken over")
