"""What was decided on personal data that was found in an answer before it is published."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.rules import AnyUser
from learnings.enums import FindingDecision, FindingKind
from learnings.models.reports import Answer, ExperienceReport
from learnings.passages import Span
from records.querysets import RecordQuerySet


class ResolutionQuerySet(RecordQuerySet["Resolution"]):
    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(answer__version__report__in=ExperienceReport.objects.visible_to(user))


class Resolution(models.Model):
    """A decision on a place in an answer that was handed in, which never changes.

    It holds where the words stand and not the words: a CPR number is in the answer alone, and in no decision or history.
    """

    answer = models.ForeignKey(Answer, verbose_name=_("answer"), on_delete=models.PROTECT, related_name="resolutions")
    start = models.PositiveIntegerField(_("begins at"))
    end = models.PositiveIntegerField(_("ends before"))
    kind = models.CharField(_("what it is"), max_length=10, choices=FindingKind.choices)
    decision = models.CharField(_("decision"), max_length=10, choices=FindingDecision.choices)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    decided_at = models.DateTimeField(_("decided"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    history = HistoricalRecords()
    objects = ResolutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on personal data")
        verbose_name_plural = _("decisions on personal data")
        ordering = ["answer", "start", "end"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "start", "end"], name="resolution_once_per_place"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="resolution_has_words"),
            models.CheckConstraint(
                condition=~Q(decision=FindingDecision.STANDS) | ~Q(reason=""),
                name="resolution_stands_for_a_reason",
                violation_error_code="reason",
                violation_error_message=_("Say why it may stand."),
            ),
            models.CheckConstraint(
                condition=~Q(decision=FindingDecision.STANDS, kind=FindingKind.CPR),
                name="resolution_cpr_never_stands",
                violation_error_code="decision",
                violation_error_message=_(
                    "What looks like a CPR number is never published. Keep the words or the whole answer out."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_decision_display()}"

    @property
    def span(self) -> Span:
        return self.start, self.end
