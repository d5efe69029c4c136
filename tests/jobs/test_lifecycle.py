"""Workers come, die and return in every order: no job is lost, none is done twice, and no move is unheard of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django.db.models import F
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from jobs import handlers, services
from jobs.enums import MOVES, OPEN, JobState
from jobs.models import Job

KIND = "test.lifecycle"
LONG = dt.timedelta(hours=1)


@dataclass
class Expected:
    """What we think of one row."""

    key: str
    state: str = JobState.QUEUED
    attempts: int = 0
    lease: object = None
    is_late: bool = False
    times_done: int = 0
    seen: list[str] = field(default_factory=lambda: [JobState.QUEUED])

    def move(self, state: str, **changes: object) -> None:
        self.state = state
        self.seen.append(state)
        for name, value in changes.items():
            setattr(self, name, value)


NUMBERS = st.integers(0, 5)


def pick(things: list, number: int):
    """Newest first, so that small numbers mean what just happened."""
    return things[-1 - number % len(things)]


class Lifecycle(RuleBasedStateMachine):
    """Rules pick jobs and claims by number, so that every one of them has something to do."""

    def __init__(self) -> None:
        super().__init__()
        Job.objects.all().delete()
        self.expected: dict[int, Expected] = {}
        self.claims: list[Job] = []

    def has_open_jobs(self) -> bool:
        return bool(self.open_jobs())

    def has_claims(self) -> bool:
        return bool(self.claims)

    def has_running_jobs(self) -> bool:
        return any(row.state == JobState.RUNNING and not row.is_late for row in self.expected.values())

    def open_jobs(self) -> list[int]:
        return [pk for pk, row in self.expected.items() if row.state in OPEN]

    @rule(key=st.sampled_from("ab"))
    def enqueue(self, key):
        job = services.enqueue(KIND, key, key=key, by=None)
        same_and_open = [pk for pk in self.open_jobs() if self.expected[pk].key == key]
        assert same_and_open in ([], [job.pk])
        self.expected.setdefault(job.pk, Expected(key))

    @precondition(has_open_jobs)
    @rule(number=NUMBERS)
    def claim(self, number):
        pk = pick(self.open_jobs(), number)
        row = self.expected[pk]
        claimed = services.claim(pk)
        if row.state == JobState.QUEUED or (row.is_late and row.attempts < settings.JOB_MAX_ATTEMPTS):
            row.move(JobState.RUNNING, attempts=row.attempts + 1, lease=claimed.lease, is_late=False)
            self.claims.append(claimed)
            return
        assert claimed is None
        if row.is_late:
            row.move(JobState.FAILED, lease=None, is_late=False)

    @precondition(has_claims)
    @rule(number=NUMBERS, percent=st.integers(0, 100))
    def progress(self, number, percent):
        claimed = pick(self.claims, number)
        row = self.expected[claimed.pk]
        if row.lease == claimed.lease:
            services.LeaseProgress(claimed)(percent)
            row.is_late = False
        else:
            with pytest.raises(services.LostLeaseError):
                services.LeaseProgress(claimed)(percent)

    @precondition(has_claims)
    @rule(number=NUMBERS)
    def finish(self, number):
        claimed = pick(self.claims, number)
        row = self.expected[claimed.pk]
        is_holder = row.lease == claimed.lease
        assert services.finish(claimed) is is_holder
        if is_holder:
            row.move(JobState.DONE, lease=None, is_late=False, times_done=row.times_done + 1)

    @precondition(has_claims)
    @rule(number=NUMBERS, may_retry=st.booleans())
    def fail(self, number, may_retry):
        claimed = pick(self.claims, number)
        row = self.expected[claimed.pk]
        is_holder = row.lease == claimed.lease
        assert services.fail(claimed, "Nej", may_retry=may_retry) is is_holder
        if is_holder:
            again = may_retry and row.attempts < settings.JOB_MAX_ATTEMPTS
            row.move(JobState.QUEUED if again else JobState.FAILED, lease=None, is_late=False)

    @precondition(has_running_jobs)
    @rule()
    def leases_run_out(self):
        Job.objects.filter(state=JobState.RUNNING).update(locked_until=F("locked_until") - LONG)
        for row in self.expected.values():
            row.is_late = row.state == JobState.RUNNING

    @precondition(has_running_jobs)
    @rule(number=NUMBERS)
    def another_worker_takes_over(self, number):
        self.leases_run_out()
        self.claim(number)

    @precondition(has_open_jobs)
    @rule()
    def sweep(self):
        now = timezone.now()
        told_long_ago = now - services.SENT_PATIENCE - dt.timedelta(seconds=1)
        Job.objects.update(created_at=told_long_ago)
        Job.objects.filter(dispatched_at__isnull=False).update(dispatched_at=told_long_ago)
        left = [row for row in self.expected.values() if row.state == JobState.QUEUED or row.is_late]
        assert services.sweep(now=now) == len(left)

    @invariant()
    def rows_are_as_expected(self):
        rows = {row[0]: row[1:] for row in Job.objects.values_list("pk", "key", "state", "attempts", "lease")}
        assert rows == {pk: (row.key, row.state, row.attempts, row.lease) for pk, row in self.expected.items()}

    @invariant()
    def no_work_is_done_twice(self):
        assert all(row.times_done == (row.state == JobState.DONE) for row in self.expected.values())

    @invariant()
    def only_known_moves_are_made(self):
        for row in self.expected.values():
            for before, after in zip(row.seen, row.seen[1:], strict=False):
                # The next worker takes the lease of a dead one: running stays running.
                assert after in MOVES[JobState(before)] or before == after == JobState.RUNNING

    def teardown(self):
        """Let one good worker follow the sweep: then every job is over."""
        self.leases_run_out()
        self.sweep()
        for pk in Job.objects.filter(dispatched_at__isnull=False).values_list("pk", flat=True):
            services.run(pk)
        assert not Job.objects.open().exists()
        assert Job.objects.count() == len(self.expected)


@pytest.mark.slow
@pytest.mark.django_db
def test_no_job_is_lost_and_none_done_twice(handle):
    handle(KIND, lambda subject_id, progress: None)
    assert handlers.handler_for(KIND)
    run_state_machine_as_test(
        Lifecycle,
        settings=hypothesis_settings(
            max_examples=40, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
