"""What two people read in the same answers, what was suggested and refused, and how counts are put in words."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from learnings.models.coding import Theme
from learnings.models.reports import Answer
from learnings.models.rounds import Round
from records.querysets import RecordQuerySet


class SecondReading(models.Model):
    """The themes that a second coder finds in an answer without seeing the first coding. Never counted as evidence."""

    answer = models.ForeignKey(
        Answer, verbose_name=_("answer"), on_delete=models.PROTECT, related_name="second_readings"
    )
    coder = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("second coder"), on_delete=models.PROTECT, related_name="+"
    )
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="second_readings")
    read_at = models.DateTimeField(_("read"), auto_now_add=True)

    history = HistoricalRecords(m2m_fields=[themes])
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("second reading")
        verbose_name_plural = _("second readings")
        ordering = ["answer", "coder"]
        constraints = [models.UniqueConstraint(fields=["answer", "coder"], name="second_reading_once_per_coder")]

    def __str__(self) -> str:
        return f"{self.answer}: {self.coder}"


class DismissedSuggestion(models.Model):
    """A passage that was suggested for a theme, and that somebody said does not belong there."""

    answer = models.ForeignKey(
        Answer, verbose_name=_("answer"), on_delete=models.PROTECT, related_name="dismissed_suggestions"
    )
    theme = models.ForeignKey(
        Theme, verbose_name=_("theme"), on_delete=models.CASCADE, related_name="dismissed_suggestions"
    )
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    dismissed_at = models.DateTimeField(_("dismissed"), auto_now_add=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("dismissed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("dismissed suggestion")
        verbose_name_plural = _("dismissed suggestions")
        ordering = ["theme", "answer", "start"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "theme", "start", "end"], name="suggestion_dismissed_once"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="dismissed_suggestion_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.answer.text[self.start : self.end]


class CountWords(models.Model):
    """From which shares the words “flere” and “de fleste” are used in a round. Without a row the usual ones hold."""

    round = models.OneToOneField(Round, verbose_name=_("round"), on_delete=models.CASCADE, related_name="count_words")
    several_from_percent = models.PositiveSmallIntegerField(
        _("“several” from (per cent)"),
        default=25,
        validators=[MinValueValidator(1), MaxValueValidator(99)],
        help_text=_("The share of the suppliers from which they are “flere”; fewer are “enkelte”."),
    )
    most_above_percent = models.PositiveSmallIntegerField(
        _("“most” above (per cent)"),
        default=50,
        validators=[MinValueValidator(50), MaxValueValidator(99)],
        help_text=_("The share that “de fleste” must be above; never below half."),
    )

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("words for counts")
        verbose_name_plural = _("words for counts")
        ordering = ["round"]
        constraints = [
            models.CheckConstraint(
                condition=Q(several_from_percent__gte=1) & Q(most_above_percent__lte=99, most_above_percent__gte=50),
                name="count_words_are_shares",
            ),
            models.CheckConstraint(
                condition=Q(several_from_percent__lte=F("most_above_percent")),
                name="count_words_are_in_order",
                violation_error_code="several_from_percent",
                violation_error_message=_("“Several” must begin below “most”. Choose a smaller share."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.several_from_percent} / {self.most_above_percent}"
