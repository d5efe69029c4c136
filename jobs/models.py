"""Work that must not be lost is a row first; a Celery task only carries its id."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobs.enums import OPEN, JobState


class JobQuerySet(models.QuerySet["Job"]):
    def open(self) -> JobQuerySet:
        return self.filter(state__in=OPEN)

    def left_behind(self, *, now: dt.datetime, unsent_since: dt.datetime, sent_since: dt.datetime) -> JobQuerySet:
        """Return jobs whose worker died, and waiting ones that no worker was told of or has taken for a while."""
        dead = Q(state=JobState.RUNNING, locked_until__lt=now, dispatched_at__isnull=True)
        unsent = Q(state=JobState.QUEUED, dispatched_at__isnull=True, created_at__lt=unsent_since)
        unanswered = Q(dispatched_at__lt=sent_since) & (
            Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, locked_until__lt=now)
        )
        return self.filter(dead | unsent | unanswered)

    def held_by(self, job: Job) -> JobQuerySet:
        """Return the row of `job` while it still has the lease that `job` was claimed with."""
        return self.filter(pk=job.pk, lease=job.lease, state=JobState.RUNNING)


class Job(models.Model):
    """One piece of work: its cause, its lease and how far it has come."""

    kind = models.CharField(_("kind"), max_length=60)
    key = models.CharField(_("key"), max_length=200, help_text=_("The same work asked for twice has the same key."))
    subject_id = models.CharField(_("subject"), max_length=60)
    state = models.CharField(_("state"), max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease = models.UUIDField(null=True, editable=False)
    locked_until = models.DateTimeField(_("locked until"), null=True, blank=True)
    progress = models.PositiveSmallIntegerField(_("progress in percent"), default=0)
    message = models.TextField(_("message"), blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("created by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    dispatched_at = models.DateTimeField(_("dispatched"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], condition=Q(state__in=sorted(OPEN)), name="job_open_once"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="job_progress_percent"),
            models.CheckConstraint(
                condition=~Q(state=JobState.RUNNING) | Q(lease__isnull=False, locked_until__isnull=False),
                name="job_running_has_lease",
            ),
        ]
        indexes = [models.Index(fields=["state", "locked_until"]), models.Index(fields=["kind", "subject_id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def is_free(self, *, now: dt.datetime) -> bool:
        """Tell whether a worker may take it: it waits, or its worker's lease has run out."""
        if self.state == JobState.RUNNING:
            return self.locked_until is not None and self.locked_until < now
        return self.state == JobState.QUEUED
