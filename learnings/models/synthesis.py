"""What the reports say together: main points, recommendations, replies and what came of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from contracts.models import Lot, TargetGroup, Tender
from learnings.enums import Addressee, InitiativeState, ReplyKind, TenderInputState
from learnings.models.coding import Excerpt, Theme
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
    lot = models.ForeignKey(
        Lot,
        verbose_name=_("only for the lot"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Then only suppliers with a contract in the lot are counted."),
    )
    target_group = models.ForeignKey(
        TargetGroup,
        verbose_name=_("only for the target group"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Then only suppliers whose lots serve the target group are counted."),
    )
    heading = models.CharField(_("heading"), max_length=200)
    text = models.TextField(_("text"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="main_points")
    excerpts = models.ManyToManyField(Excerpt, verbose_name=_("excerpts"), blank=True, related_name="main_points")
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    history = HistoricalRecords(m2m_fields=[themes, excerpts])
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
            ),
            models.CheckConstraint(
                condition=Q(lot__isnull=True) | Q(target_group__isnull=True),
                name="main_point_has_one_scope",
                violation_error_message=_("Choose a lot or a target group, not both."),
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | Q(published_at__isnull=False),
                name="main_point_publisher_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.heading

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class EvidenceReview(models.Model):
    """Somebody has looked at what a main point rests on: what was counted then, to tell what has changed since.

    Append-only, so without history; the newest one counts.
    """

    main_point = models.ForeignKey(
        MainPoint, verbose_name=_("main point"), on_delete=models.CASCADE, related_name="reviews"
    )
    evidence = models.JSONField(
        _("evidence"), help_text=_("Keys of the suppliers counted, of those among whom they are, and of the excerpts.")
    )
    reviewed_at = models.DateTimeField(_("looked through"), auto_now_add=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("looked through by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of evidence")
        verbose_name_plural = _("reviews of evidence")
        ordering = ["main_point", "pk"]

    def __str__(self) -> str:
        return f"{self.main_point}, {self.reviewed_at:%Y-%m-%d}"


class Recommendation(models.Model):
    """What suppliers ask for, gathered across reports."""

    round = models.ForeignKey(Round, verbose_name=_("round"), on_delete=models.PROTECT, related_name="recommendations")
    heading = models.CharField(_("heading"), max_length=200)
    text = models.TextField(_("text"))
    addressee = models.CharField(
        _("addressed to"), max_length=10, choices=Addressee.choices, default=Addressee.OWN_DEPARTMENT
    )
    addressee_name = models.CharField(
        _("which department or committee"), max_length=200, blank=True, help_text=_("Leave empty for your own.")
    )
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
            ),
            models.CheckConstraint(
                condition=Q(addressee=Addressee.OWN_DEPARTMENT) | ~Q(addressee_name=""),
                name="recommendation_names_other_addressee",
                violation_error_code="addressee_name",
                violation_error_message=_("Write which department or committee the recommendation is addressed to."),
            ),
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
    ends_on = models.DateField(_("to be done by"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=InitiativeState.choices, default=InitiativeState.PLANNED
    )

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ["recommendation", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="initiative_ends_after_start",
                violation_error_code="ends_on",
                violation_error_message=_("The initiative ends before it starts. Correct one of the dates."),
            )
        ]

    def __str__(self) -> str:
        return self.heading


class TenderInput(models.Model):
    """A recommendation handed on to a tender, where it is ticked as used, or as not used with the reason."""

    tender = models.ForeignKey(
        Tender, verbose_name=_("tender"), on_delete=models.PROTECT, related_name="learnings_inputs"
    )
    recommendation = models.ForeignKey(
        Recommendation, verbose_name=_("recommendation"), on_delete=models.PROTECT, related_name="tender_inputs"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=TenderInputState.choices, default=TenderInputState.WAITING
    )
    note = models.TextField(
        _("where it is used, or why not"), blank=True, help_text=_("Must be written when it is not used.")
    )

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("input to a tender")
        verbose_name_plural = _("inputs to tenders")
        ordering = ["tender", "recommendation__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tender", "recommendation"],
                name="tender_input_once_per_tender",
                violation_error_message=_("The recommendation is already handed on to this tender."),
            ),
            models.CheckConstraint(
                condition=~Q(state=TenderInputState.NOT_USED) | ~Q(note=""),
                name="tender_input_not_used_has_reason",
                violation_error_code="note",
                violation_error_message=_("Write why the recommendation is not used."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation}: {self.tender}"
