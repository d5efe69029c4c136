"""What the reports say together: main points, recommendations, replies and what came of them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from learnings.enums import InitiativeState, ReplyKind
from learnings.models.coding import Excerpt
from learnings.models.rounds import Question, Round
from records.querysets import RecordQuerySet


class MainPoint(models.Model):
    """A sentence of the case that rests on excerpts. How many suppliers stand behind it is counted, never typed."""

    round = models.ForeignKey(Round, verbose_name=_("round"), on_delete=models.PROTECT, related_name="main_points")
    question = models.ForeignKey(
        Question,
        verbose_name=_("question"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="main_points",
        help_text=_("Leave empty for a point that rests on answers to several questions."),
    )
    heading = models.CharField(_("heading"), max_length=200)
    text = models.TextField(_("text"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    excerpts = models.ManyToManyField(Excerpt, verbose_name=_("excerpts"), blank=True, related_name="main_points")

    history = HistoricalRecords(m2m_fields=[excerpts])
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("main point")
        verbose_name_plural = _("main points")
        ordering = ["round", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "heading"],
                name="main_point_heading_once_per_round",
                violation_error_message=_("The round already has a main point with this heading."),
            )
        ]

    def __str__(self) -> str:
        return self.heading


class Recommendation(models.Model):
    """What suppliers ask for, gathered across reports."""

    round = models.ForeignKey(Round, verbose_name=_("round"), on_delete=models.PROTECT, related_name="recommendations")
    heading = models.CharField(_("heading"), max_length=200)
    text = models.TextField(_("text"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    excerpts = models.ManyToManyField(Excerpt, verbose_name=_("excerpts"), blank=True, related_name="recommendations")

    history = HistoricalRecords(m2m_fields=[excerpts])
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["round", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "heading"],
                name="recommendation_heading_once_per_round",
                violation_error_message=_("The round already has a recommendation with this heading."),
            )
        ]

    def __str__(self) -> str:
        return self.heading


class Reply(models.Model):
    """The municipality's reasoned reply to a recommendation; earlier replies stay in its history."""

    recommendation = models.OneToOneField(
        Recommendation, verbose_name=_("recommendation"), on_delete=models.PROTECT, related_name="reply"
    )
    kind = models.CharField(_("reply"), max_length=10, choices=ReplyKind.choices)
    reason = models.TextField(_("reason"))
    decided_by = models.CharField(_("who decides"), max_length=200)
    decided_on = models.DateField(_("decided on"))

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply to a recommendation")
        verbose_name_plural = _("replies to recommendations")
        ordering = ["recommendation"]

    def __str__(self) -> str:
        return f"{self.recommendation}: {self.get_kind_display()}"


class Initiative(models.Model):
    """Something that is done because of a recommendation."""

    recommendation = models.ForeignKey(
        Recommendation, verbose_name=_("recommendation"), on_delete=models.PROTECT, related_name="initiatives"
    )
    heading = models.CharField(_("heading"), max_length=200)
    text = models.TextField(_("what is done"))
    responsible = models.CharField(_("responsible"), max_length=200, blank=True)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=InitiativeState.choices, default=InitiativeState.PLANNED
    )

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ["recommendation", "pk"]

    def __str__(self) -> str:
        return self.heading
