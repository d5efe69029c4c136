from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from jobs import services
from jobs.enums import JobState
from jobs.models import Job
from jobs.services import LeaseProgress, LostLeaseError, claim, enqueue, fail, finish, retry, run, sweep
from tests.factories import JobFactory, UserFactory

pytestmark = pytest.mark.django_db

KIND = "test.work"


@pytest.fixture
def done(handle):
    """Subjects whose work was done, in order."""
    subjects: list[str] = []
    handle(KIND, lambda subject_id, progress: subjects.append(subject_id))
    return subjects


def make_late(job: Job) -> None:
    """Let the lease of a job run out."""
    Job.objects.filter(pk=job.pk).update(locked_until=timezone.now() - dt.timedelta(seconds=1))


def values(job: Job, *fields: str) -> tuple[object, ...]:
    return Job.objects.values_list(*fields).get(pk=job.pk)


# --- asking for work


def test_enqueue_writes_a_waiting_job(done):
    officer = UserFactory()
    job = enqueue(KIND, "7", key="seven", by=officer)
    assert values(job, "kind", "subject_id", "key", "created_by", "state", "attempts") == (
        KIND, "7", "seven", officer.pk, JobState.QUEUED, 0
    )  # fmt: skip


def test_enqueue_tells_a_worker_after_commit(done, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = enqueue(KIND, "7", key="seven", by=None)
        assert values(job, "dispatched_at") == (None,)
    (dispatched_at,) = values(job, "dispatched_at")
    assert dispatched_at is not None


def test_enqueue_refuses_a_kind_without_a_handler(done):
    with pytest.raises(LookupError, match=r"no handler for jobs of kind 'test.unknown'"):
        enqueue("test.unknown", "7", key="seven", by=None)
    assert Job.objects.count() == 0


def test_the_same_open_work_is_one_job(done, django_capture_on_commit_callbacks):
    first = enqueue(KIND, "7", key="seven", by=None)
    with django_capture_on_commit_callbacks() as callbacks:
        assert enqueue(KIND, "7", key="seven", by=UserFactory()) == first
    assert callbacks == []
    assert Job.objects.count() == 1


def test_the_same_work_again_is_a_new_job_when_the_first_is_over(done):
    first = enqueue(KIND, "7", key="seven", by=None)
    run(first.pk)
    assert enqueue(KIND, "7", key="seven", by=None) != first


def test_work_asked_for_in_what_is_rolled_back_was_never_asked_for(done, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        with transaction.atomic():
            enqueue(KIND, "7", key="seven", by=None)
            transaction.set_rollback(True)
        # The transaction around it goes on, on PostgreSQL too.
        assert Job.objects.count() == 0
    assert callbacks == []


def test_a_transaction_goes_on_after_the_same_work_was_asked_for(done):
    with transaction.atomic():
        enqueue(KIND, "7", key="seven", by=None)
        enqueue(KIND, "7", key="seven", by=None)
        enqueue(KIND, "8", key="eight", by=None)
    assert Job.objects.count() == 2


def test_retry_asks_for_failed_work_anew(done):
    officer = UserFactory()
    failed = JobFactory(kind=KIND, subject_id="7", key="seven", state="failed", attempts=3)
    again = retry(failed, by=officer)
    assert again != failed
    assert values(again, "kind", "subject_id", "key", "state", "attempts", "created_by") == (
        KIND, "7", "seven", JobState.QUEUED, 0, officer.pk
    )  # fmt: skip


# --- doing it


def test_run_does_the_work_once(done):
    job = enqueue(KIND, "7", key="seven", by=None)
    assert run(job.pk) is True
    assert run(job.pk) is False
    assert done == ["7"]
    assert values(job, "state", "progress", "attempts", "lease", "locked_until") == (JobState.DONE, 100, 1, None, None)
    (finished_at,) = values(job, "finished_at")
    assert finished_at is not None


def test_run_of_a_job_that_is_not_there_does_nothing(done):
    assert run(0) is False


def test_run_leaves_a_job_that_another_worker_has(done):
    job = enqueue(KIND, "7", key="seven", by=None)
    claim(job.pk)
    assert run(job.pk) is False
    assert done == []


def test_run_takes_over_from_a_dead_worker(done):
    job = enqueue(KIND, "7", key="seven", by=None)
    claim(job.pk)
    make_late(job)
    assert run(job.pk) is True
    assert done == ["7"]
    assert values(job, "state", "attempts") == (JobState.DONE, 2)


def test_progress_is_seen_while_the_work_runs(handle):
    seen = []

    def work(subject_id, progress):
        progress(40, "Halvvejs")
        seen.append(Job.objects.values_list("state", "progress", "message").get())

    handle(KIND, work)
    run(enqueue(KIND, "7", key="seven", by=None).pk)
    assert seen == [(JobState.RUNNING, 40, "Halvvejs")]


def test_wrong_input_is_told_and_not_tried_again(handle):
    def work(subject_id, progress):
        raise ValidationError(["Tabel 1 mangler en kilde.", "Tabel 2 mangler en kilde."])

    handle(KIND, work)
    job = enqueue(KIND, "7", key="seven", by=None)
    assert run(job.pk) is True
    assert values(job, "state", "message", "attempts") == (
        JobState.FAILED, "Tabel 1 mangler en kilde. Tabel 2 mangler en kilde.", 1
    )  # fmt: skip


def test_a_fault_is_tried_again_and_then_given_up(handle, settings, caplog):
    def work(subject_id, progress):
        raise RuntimeError("disk full at /var/secret")

    settings.JOB_MAX_ATTEMPTS = 2
    handle(KIND, work)
    job = enqueue(KIND, "7", key="seven", by=None)
    run(job.pk)
    assert values(job, "state", "attempts", "lease", "finished_at") == (JobState.QUEUED, 1, None, None)
    run(job.pk)
    state, attempts, message, finished_at = values(job, "state", "attempts", "message", "finished_at")
    assert (state, attempts) == (JobState.FAILED, 2)
    assert finished_at is not None
    # What is shown names the job, not the inside of the program; the log has the cause.
    assert str(job.pk) in message
    assert "secret" not in message
    assert caplog.text.count("RuntimeError: disk full") == 2


def test_a_job_whose_app_is_gone_fails(done, settings, caplog):
    settings.JOB_MAX_ATTEMPTS = 1
    job = JobFactory(kind="test.gone")
    assert run(job.pk) is True
    assert values(job, "state") == (JobState.FAILED,)
    assert "no handler for jobs of kind 'test.gone'" in caplog.text


def test_a_worker_that_lost_its_lease_writes_nothing(handle):
    taken = []

    def slow(subject_id, progress):
        make_late(Job.objects.get())
        taken.append(claim(Job.objects.get().pk))
        progress(50)

    handle(KIND, slow)
    job = enqueue(KIND, "7", key="seven", by=None)
    assert run(job.pk) is False
    assert values(job, "state", "lease", "progress") == (JobState.RUNNING, taken[0].lease, 0)


@pytest.mark.parametrize("end", [finish, lambda job: fail(job, "Nej", may_retry=True)], ids=["finish", "fail"])
def test_a_late_worker_cannot_end_what_another_holds(done, end):
    late = claim(enqueue(KIND, "7", key="seven", by=None).pk)
    make_late(late)
    now_with = claim(late.pk)
    assert end(late) is False
    assert values(late, "state", "lease") == (JobState.RUNNING, now_with.lease)
    assert end(now_with) is True


def test_claim_gives_a_lease_of_the_configured_length(done, settings):
    settings.JOB_LEASE_SECONDS = 100
    job = enqueue(KIND, "7", key="seven", by=None)
    before = timezone.now()
    claimed = claim(job.pk)
    after = timezone.now()
    state, attempts, lease, locked_until = values(job, "state", "attempts", "lease", "locked_until")
    assert (state, attempts, lease) == (JobState.RUNNING, 1, claimed.lease)
    assert before <= locked_until - dt.timedelta(seconds=100) <= after


def test_claim_forgets_what_the_last_attempt_said(done):
    job = JobFactory(kind=KIND, progress=80, message="Noget gik galt", dispatched_at=timezone.now())
    claim(job.pk)
    assert values(job, "progress", "message", "dispatched_at") == (0, "", None)


def test_work_that_kills_its_workers_is_given_up(done, settings):
    settings.JOB_MAX_ATTEMPTS = 2
    job = enqueue(KIND, "7", key="seven", by=None)
    for _attempt in range(2):
        assert claim(job.pk) is not None
        make_late(job)
    assert claim(job.pk) is None
    state, lease, finished_at, message = values(job, "state", "lease", "finished_at", "message")
    assert (state, lease) == (JobState.FAILED, None)
    assert finished_at is not None
    assert message


def test_progress_renews_the_lease(done):
    job = claim(enqueue(KIND, "7", key="seven", by=None).pk)
    make_late(job)
    LeaseProgress(job)(10)
    assert claim(job.pk) is None


def test_progress_without_the_lease_is_an_error(done):
    job = claim(enqueue(KIND, "7", key="seven", by=None).pk)
    job.lease = uuid.uuid4()
    with pytest.raises(LostLeaseError):
        LeaseProgress(job)(10)


# --- sweeping up


def test_sweep_tells_of_what_was_left_behind(done):
    waiting = enqueue(KIND, "1", key="waiting", by=None)
    held = claim(enqueue(KIND, "2", key="held", by=None).pk)
    dead = claim(enqueue(KIND, "3", key="dead", by=None).pk)
    over = enqueue(KIND, "4", key="over", by=None)
    run(over.pk)
    make_late(dead)
    assert sweep(now=timezone.now() + services.UNSENT_PATIENCE) == 2
    told = Job.objects.filter(dispatched_at__isnull=False)
    assert set(told.values_list("pk", flat=True)) == {waiting.pk, dead.pk}
    assert held.pk not in told


def test_sweep_does_not_tell_twice_at_once(done):
    enqueue(KIND, "1", key="waiting", by=None)
    soon = timezone.now() + services.UNSENT_PATIENCE
    assert sweep(now=soon) == 1
    assert sweep(now=soon) == 0
    assert sweep(now=soon + services.SENT_PATIENCE) == 1


def test_sweep_of_nothing_tells_nobody(done):
    assert sweep() == 0
