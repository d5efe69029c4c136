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
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test

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


class Lifecycle(RuleBasedStateMachine):
    asked = Bundle("asked")
    claims = Bundle("claims")

    def __init__(self) -> None:
        super().__init__()
        Job.objects.all().delete()
        self.expected: dict[int, Expected] = {}

    @rule(target=asked, key=st.sampled_from("abc"))
    def enqueue(self, key):
        job = services.enqueue(KIND, key, key=key, by=None)
        is_open = [pk for pk, row in self.expected.items() if row.key == key and row.state in OPEN]
        assert is_open in ([], [job.pk])
        self.expected.setdefault(job.pk, Expected(key))
        return job.pk

    @rule(target=claims, pk=asked)
    def claim(self, pk):
        row = self.expected[pk]
        claimed = services.claim(pk)
        if row.state == JobState.QUEUED or (row.is_late and row.attempts < settings.JOB_MAX_ATTEMPTS):
            row.move(JobState.RUNNING, attempts=row.attempts + 1, lease=claimed.lease, is_late=False)
            return claimed
        assert claimed is None
        if row.is_late:
            row.move(JobState.FAILED, lease=None, is_late=False)
        return multiple()

    @rule(claimed=claims, percent=st.integers(0, 100))
    def progress(self, claimed, percent):
        row = self.expected[claimed.pk]
        if row.lease == claimed.lease:
            services.LeaseProgress(claimed)(percent)
            row.is_late = False
        else:
            with pytest.raises(services.LostLeaseError):
                services.LeaseProgress(claimed)(percent)

    @rule(claimed=claims)
    def finish(self, claimed):
        row = self.expected[claimed.pk]
        is_holder = row.lease == claimed.lease
        assert services.finish(claimed) is is_holder
        if is_holder:
            row.move(JobState.DONE, lease=None, is_late=False, times_done=row.times_done + 1)

    @rule(claimed=claims, may_retry=st.booleans())
    def fail(self, claimed, may_retry):
        row = self.expected[claimed.pk]
        is_holder = row.lease == claimed.lease
        assert services.fail(claimed, "Nej", may_retry=may_retry) is is_holder
        if is_holder:
            again = may_retry and row.attempts < settings.JOB_MAX_ATTEMPTS
            row.move(JobState.QUEUED if again else JobState.FAILED, lease=None, is_late=False)

    @rule(pk=asked)
    def run(self, pk):
        row = self.expected[pk]
        may_start = row.state == JobState.QUEUED or (row.is_late and row.attempts < settings.JOB_MAX_ATTEMPTS)
        assert services.run(pk) is may_start
        if may_start:
            row.move(JobState.RUNNING, attempts=row.attempts + 1)
            row.move(JobState.DONE, lease=None, is_late=False, times_done=row.times_done + 1)
        elif row.is_late:
            row.move(JobState.FAILED, lease=None, is_late=False)

    @rule()
    def leases_run_out(self):
        Job.objects.filter(state=JobState.RUNNING).update(locked_until=F("locked_until") - LONG)
        for row in self.expected.values():
            row.is_late = row.state == JobState.RUNNING

    @rule()
    def sweep(self):
        later = timezone.now() + services.SENT_PATIENCE + dt.timedelta(seconds=1)
        # Only leases of this moment count: those that are still good then are not swept.
        Job.objects.filter(state=JobState.RUNNING, locked_until__gt=timezone.now()).update(locked_until=later + LONG)
        left = [row for row in self.expected.values() if row.state == JobState.QUEUED or row.is_late]
        assert services.sweep(now=later) == len(left)
        Job.objects.filter(state=JobState.RUNNING, locked_until__gt=later).update(
            locked_until=timezone.now() + dt.timedelta(seconds=settings.JOB_LEASE_SECONDS)
        )

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
        for _round in range(settings.JOB_MAX_ATTEMPTS + 1):
            self.leases_run_out()
            services.sweep(now=timezone.now() + services.SENT_PATIENCE)
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
            max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
