"""Rounds, one a year, and the questions that suppliers answer in them."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from committees.models import Decision
from contracts.models import TargetGroup
from learnings.enums import ANSWERABLE, RoundState
from learnings.models.coding import CodeBook
from records.querysets import RecordQuerySet


class Round(models.Model):
    """One year's collection of experience reports."""

    year = models.PositiveSmallIntegerField(
        _("year"),
        unique=True,
        validators=[MinValueValidator(2000), MaxValueValidator(2100)],
        error_messages={"unique": _("There is already a round for this year.")},
    )
    title = models.CharField(_("title"), max_length=200)
    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("What suppliers read before the first question.")
    )
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"), help_text=_("The last day on which suppliers can hand in a report."))
    wishes = models.ManyToManyField(
        Decision,
        verbose_name=_("committee wishes"),
        blank=True,
        related_name="rounds",
        help_text=_("The decisions in which the committee said what it wants to hear about."),
    )
    code_book = models.ForeignKey(
        CodeBook,
        verbose_name=_("code book"),
        blank=True,  # `save_round` gives the round one of its own
        on_delete=models.PROTECT,
        related_name="rounds",
        help_text=_("The themes that answers are coded into. Rounds may share one, so that years can be compared."),
    )
    state = models.CharField(_("state"), max_length=10, choices=RoundState.choices, default=RoundState.DRAFT)

    history = HistoricalRecords(m2m_fields=[wishes])
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="round_closes_after_opening",
                violation_error_message=_("The round closes before it opens. Correct one of the dates."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_answerable(self) -> bool:
        return self.state in ANSWERABLE


class Question(models.Model):
    """A question of one round. The key is the same in every year, so that answers can be followed over time."""

    round = models.ForeignKey(Round, verbose_name=_("round"), on_delete=models.PROTECT, related_name="questions")
    key = models.SlugField(
        _("key"), help_text=_("A short name that stays the same from year to year, for example udvikling.")
    )
    wording = models.TextField(_("wording"))
    help_text = models.TextField(_("help text"), blank=True)
    target_group = models.ForeignKey(
        TargetGroup,
        verbose_name=_("target group"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="questions",
        help_text=_("Leave empty for a general question, which every supplier is asked."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    word_limit = models.PositiveSmallIntegerField(
        _("word limit"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    is_required = models.BooleanField(_("must be answered"), default=True)

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["round", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "key"],
                name="question_key_once_per_round",
                violation_error_message=_("Another question of the round already has this key. Choose another."),
            )
        ]

    def __str__(self) -> str:
        return self.wording
