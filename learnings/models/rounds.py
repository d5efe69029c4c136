"""Rounds, one a year, what committees wish to hear in them, and the questions that suppliers answer."""

from __future__ import annotations

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from simple_history.models import HistoricalRecords

from committees.models import Decision
from contracts.models import TargetGroup
from learnings.enums import ANSWERABLE, Meaning, RoundState
from learnings.models.coding import CodeBook
from records.history import ChildRecords
from records.querysets import RecordQuerySet


class Round(ClusterableModel):
    """One year's collection of experience reports; what committees wish to hear is edited and saved with it."""

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
    code_book = models.ForeignKey(
        CodeBook,
        verbose_name=_("code book"),
        blank=True,  # `save_round` gives the round one of its own
        on_delete=models.PROTECT,
        related_name="rounds",
        help_text=_("The themes that answers are coded into. Rounds may share one, so that years can be compared."),
    )
    state = models.CharField(_("state"), max_length=10, choices=RoundState.choices, default=RoundState.DRAFT)

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="round_closes_after_opening",
                violation_error_code="closes_on",
                violation_error_message=_("The round closes before it opens. Correct one of the dates."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_answerable(self) -> bool:
        return self.state in ANSWERABLE

    @property
    def is_draft(self) -> bool:
        return self.state == RoundState.DRAFT


class Wish(models.Model):
    """What a committee wants to hear about in a round, and the decision in which it said so."""

    round = ParentalKey(Round, verbose_name=_("round"), on_delete=models.CASCADE, related_name="wishes")
    decision = models.ForeignKey(
        Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="round_wishes"
    )
    text = models.TextField(_("what the committee wants to hear about"))

    history = ChildRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("committee wish")
        verbose_name_plural = _("committee wishes")
        ordering = ["round", "pk"]

    def __str__(self) -> str:
        return self.text


class QuestionQuerySet(RecordQuerySet["Question"]):
    def asked(self) -> Self:
        """Return the questions that are still asked: not those that were withdrawn after opening."""
        return self.filter(withdrawn_on__isnull=True)


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
    may_not_apply = models.BooleanField(
        _("may be marked as not relevant"),
        default=True,
        help_text=_("The supplier may say, with a reason, that the question does not apply."),
    )
    predecessor = models.ForeignKey(
        "self",
        verbose_name=_("last year's question"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="successors",
    )
    meaning = models.CharField(
        _("compared with last year"),
        max_length=10,
        choices=Meaning.choices,
        blank=True,
        help_text=_(
            "To be said when the wording is not last year's: answers are compared over time only when it means the same."
        ),
    )
    withdrawn_on = models.DateField(_("no longer asked since"), null=True, blank=True, editable=False)

    history = HistoricalRecords()
    objects = QuestionQuerySet.as_manager()

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

    @property
    def is_comparable(self) -> bool:
        """Tell whether answers may be set beside last year's: there is such a question, and it means the same."""
        return self.predecessor_id is not None and self.meaning != Meaning.OTHER
