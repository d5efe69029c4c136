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
    # A running job goes back to the queue when its worker died or its attempt failed and may be tried again.
    JobState.RUNNING: frozenset({JobState.DONE, JobState.FAILED, JobState.QUEUED}),
    JobState.DONE: frozenset(),
    JobState.FAILED: frozenset({JobState.QUEUED}),
}
