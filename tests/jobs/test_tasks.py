"""The tasks that Celery knows carry an id and call a service."""

from __future__ import annotations

import pytest
from django.conf import settings

from config import celery_app
from jobs import tasks
from jobs.enums import JobState
from jobs.models import Job
from jobs.services import enqueue

pytestmark = pytest.mark.django_db


def test_run_does_the_job(handle):
    done = []
    handle("test.work", lambda subject_id, progress: done.append(subject_id))
    job = enqueue("test.work", "7", key="seven", by=None)
    assert tasks.run(job.pk) is True
    assert done == ["7"]
    assert Job.objects.get().state == JobState.DONE


def test_sweep_says_how_many_it_told():
    assert tasks.sweep() == 0


def test_every_scheduled_task_exists():
    celery_app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert scheduled
    assert scheduled <= set(celery_app.tasks)


def test_a_lease_outlives_the_longest_task():
    assert settings.JOB_LEASE_SECONDS > settings.CELERY_TASK_TIME_LIMIT > settings.CELERY_TASK_SOFT_TIME_LIMIT
