"""What the municipality says of a report that was handed in, and what it talked over with the supplier."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from simple_history.models import HistoricalRecords

from learnings.enums import ReviewOutcome
from learnings.models.reports import ExperienceReport, ReportVersion
from learnings.models.rounds import Question
from records.history import ChildRecords
from records.querysets import RecordQuerySet


class Review(ClusterableModel):
    """A submitted version is accepted, or sent back with comments; taking it back deletes the row, and history keeps it."""

    version = models.OneToOneField(
        ReportVersion, verbose_name=_("version of a report"), on_delete=models.PROTECT, related_name="review"
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=ReviewOutcome.choices)
    message = models.TextField(_("message to the supplier"), blank=True)
    reviewed_at = models.DateTimeField(_("reviewed"), default=timezone.now)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of a report")
        verbose_name_plural = _("reviews of reports")
        ordering = ["-reviewed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_outcome_display()}"

    @property
    def is_acceptance(self) -> bool:
        return self.outcome == ReviewOutcome.ACCEPTED


class ReviewComment(models.Model):
    """What is to be changed in the answer to one question."""

    review = ParentalKey(
        Review, verbose_name=_("review of a report"), on_delete=models.CASCADE, related_name="comments"
    )
    question = models.ForeignKey(Question, verbose_name=_("question"), on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("comment"))

    history = ChildRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment on an answer")
        verbose_name_plural = _("comments on answers")
        ordering = ["review", "question__order", "question"]
        constraints = [
            models.UniqueConstraint(fields=["review", "question"], name="review_comments_once_per_question"),
            models.CheckConstraint(condition=~Q(text=""), name="review_comment_says_something"),
        ]

    def __str__(self) -> str:
        return self.text


class Discussion(models.Model):
    """The talk that the municipality has with a supplier about its report, and what the two agreed on."""

    report = models.OneToOneField(
        ExperienceReport, verbose_name=_("experience report"), on_delete=models.PROTECT, related_name="discussion"
    )
    held_on = models.DateField(_("discussed on"))
    participants = models.CharField(_("who took part"), max_length=300, blank=True)
    focus_points = models.TextField(_("focus points"), help_text=_("What you talked about, one point a line."))
    adjustments = models.TextField(
        _("adjustments agreed"),
        blank=True,
        help_text=_("What the supplier or the municipality does differently from now on, one point a line."),
    )

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("discussion of a report")
        verbose_name_plural = _("discussions of reports")
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return str(self.report)
