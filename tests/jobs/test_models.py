from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError
from django.utils import timezone

from jobs.enums import JobState
from jobs.models import Job
from tests.factories import JobFactory

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2024, 5, 21, 12, 0, tzinfo=dt.UTC)
LONG_AGO = NOW - dt.timedelta(minutes=30)
JUST_NOW = NOW - dt.timedelta(seconds=1)


def job(*, created_at: dt.datetime = LONG_AGO, **fields: object) -> Job:
    made = JobFactory(**fields)
    Job.objects.filter(pk=made.pk).update(created_at=created_at)
    made.refresh_from_db()
    return made


def running(*, locked_until: dt.datetime, **fields: object) -> Job:
    return job(state="running", lease=uuid.uuid4(), locked_until=locked_until, **fields)


def left_behind() -> list[Job]:
    jobs = Job.objects.left_behind(
        now=NOW, unsent_since=NOW - dt.timedelta(seconds=10), sent_since=NOW - dt.timedelta(minutes=2)
    )
    return list(jobs.order_by("pk"))


def test_a_job_reads_as_its_kind_and_subject():
    assert str(job(kind="documents.render", subject_id="7")) == "documents.render 7"


@pytest.mark.parametrize(("state", "is_open"), [("queued", True), ("done", False), ("failed", False)])
def test_open_is_waiting_or_running(state, is_open):
    made = job(state=state)
    assert made.is_open is is_open
    assert Job.objects.open().contains(made) is is_open


def test_a_running_job_is_open():
    made = running(locked_until=timezone.now())
    assert made.is_open
    assert Job.objects.open().contains(made)


def test_only_one_open_job_has_a_key():
    job(kind="a", key="1")
    job(kind="b", key="1")
    with pytest.raises(IntegrityError):
        job(kind="a", key="1")


def test_a_key_is_free_again_when_its_job_is_over():
    job(kind="a", key="1", state="done")
    job(kind="a", key="1", state="failed")
    job(kind="a", key="1")
    assert Job.objects.count() == 3


@pytest.mark.parametrize("percent", [101, -1])
def test_progress_is_a_percentage(percent):
    with pytest.raises(IntegrityError):
        job(progress=percent)


@pytest.mark.parametrize("fields", [{}, {"lease": uuid.UUID(int=1)}, {"locked_until": NOW}])
def test_a_running_job_has_a_lease(fields):
    with pytest.raises(IntegrityError):
        job(state="running", **fields)


@pytest.mark.parametrize(
    ("fields", "is_free"),
    [
        ({"state": JobState.QUEUED}, True),
        ({"state": JobState.RUNNING, "locked_until": JUST_NOW}, True),
        ({"state": JobState.RUNNING, "locked_until": NOW}, False),
        ({"state": JobState.DONE}, False),
        ({"state": JobState.FAILED}, False),
    ],
)
def test_free_is_waiting_or_left_by_its_worker(fields, is_free):
    assert Job(**fields).is_free(now=NOW) is is_free


def test_a_job_that_no_worker_was_told_of_is_left_behind():
    forgotten = job(created_at=LONG_AGO)
    job(created_at=JUST_NOW)
    assert left_behind() == [forgotten]


def test_a_job_that_no_worker_took_is_left_behind():
    lost = job(dispatched_at=LONG_AGO)
    job(dispatched_at=NOW - dt.timedelta(seconds=60))
    assert left_behind() == [lost]


def test_a_job_of_a_dead_worker_is_left_behind():
    dead = running(locked_until=JUST_NOW)
    running(locked_until=NOW + dt.timedelta(seconds=1))
    assert left_behind() == [dead]


def test_a_job_of_a_dead_worker_is_not_told_again_at_once():
    running(locked_until=JUST_NOW, dispatched_at=JUST_NOW)
    told_long_ago = running(locked_until=JUST_NOW, dispatched_at=LONG_AGO)
    assert left_behind() == [told_long_ago]


@pytest.mark.parametrize("state", ["done", "failed"])
def test_a_job_that_is_over_is_never_left_behind(state):
    job(state=state)
    job(state=state, dispatched_at=LONG_AGO)
    assert left_behind() == []


def test_a_job_is_held_by_whom_its_lease_names():
    made = running(locked_until=NOW)
    assert Job.objects.held_by(made).get() == made
    made.lease = uuid.uuid4()
    assert not Job.objects.held_by(made).exists()
