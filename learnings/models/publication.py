"""What a supplier asks to have kept out when its report is published, and what the municipality decides."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.rules import AnyUser
from learnings.enums import WithholdingDecision, WithholdingKind
from learnings.models.reports import ExperienceReport
from learnings.models.rounds import Question
from records.querysets import RecordQuerySet


class WithholdingQuerySet(RecordQuerySet["Withholding"]):
    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(report__in=ExperienceReport.objects.visible_to(user))

    def undecided(self) -> Self:
        return self.filter(decision="")

    def standing(self) -> Self:
        """Return those that keep something out: what is not decided yet is kept out, too."""
        return self.exclude(decision=WithholdingDecision.PUBLISHED)


class Withholding(models.Model):
    """A passage of an answer, or all of it, that the supplier calls a business secret or personal data.

    It holds the words and no span, so that it stands in a draft that is still written and in every later version.
    """

    report = models.ForeignKey(
        ExperienceReport, verbose_name=_("experience report"), on_delete=models.PROTECT, related_name="withholdings"
    )
    question = models.ForeignKey(Question, verbose_name=_("question"), on_delete=models.PROTECT, related_name="+")
    passage = models.TextField(
        _("passage"), blank=True, help_text=_("The words as they stand in the answer. Empty for the whole answer.")
    )
    kind = models.CharField(_("what it is"), max_length=10, choices=WithholdingKind.choices)
    reason = models.TextField(_("why it should be kept out"), max_length=1000)
    marked_at = models.DateTimeField(_("marked"), auto_now_add=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("marked by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decision = models.CharField(_("decision"), max_length=10, choices=WithholdingDecision.choices, blank=True)
    decision_reason = models.TextField(_("reason for the decision"), max_length=1000, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    history = HistoricalRecords()
    objects = WithholdingQuerySet.as_manager()

    class Meta:
        verbose_name = _("withholding")
        verbose_name_plural = _("withholdings")
        ordering = ["report", "question__order", "question", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | (~Q(decision="") & Q(decided_at__isnull=False) & ~Q(decision_reason="")),
                name="withholding_decision_has_reason",
                violation_error_code="decision_reason",
                violation_error_message=_("Say why, so that the supplier can understand the decision."),
            )
        ]

    def __str__(self) -> str:
        return self.passage or str(_("The whole answer"))
