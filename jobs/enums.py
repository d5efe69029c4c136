"""The states of a job and the moves between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


OPEN = frozenset({JobState.QUEUED, JobState.RUNNING})
MOVES = {
    JobState.QUEUED: frozenset({JobState.RUNNING}),
    # Back to the queue when the attempt failed and may be tried again. When its worker died it stays running, and the
    # next worker takes the lease.
    JobState.RUNNING: frozenset({JobState.DONE, JobState.FAILED, JobState.QUEUED}),
    JobState.DONE: frozenset(),
    JobState.FAILED: frozenset(),
}
