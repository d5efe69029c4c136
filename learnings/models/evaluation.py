"""How suppliers rate the municipality: statements of a round, a supplier's ratings, and what is released of them together."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from learnings.enums import Agreement, Meaning
from learnings.models.reports import Part, PartQuerySet, ReportVersion
from learnings.models.rounds import Round
from records.querysets import RecordQuerySet


class EvaluationStatement(models.Model):
    """A statement about the municipality that suppliers agree or disagree with. The key is the same in every year."""

    round = models.ForeignKey(Round, verbose_name=_("round"), on_delete=models.PROTECT, related_name="statements")
    key = models.SlugField(
        _("key"), help_text=_("A short name that stays the same from year to year, for example svartider.")
    )
    wording = models.TextField(
        _("statement"), help_text=_("Something one can agree or disagree with: “We get an answer in time.”")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    predecessor = models.ForeignKey(
        "self",
        verbose_name=_("last year's statement"),
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

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement about the municipality")
        verbose_name_plural = _("statements about the municipality")
        ordering = ["round", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "key"],
                name="statement_key_once_per_round",
                violation_error_message=_("Another statement of the round already has this key. Choose another."),
            )
        ]

    def __str__(self) -> str:
        return self.wording

    @property
    def is_comparable(self) -> bool:
        """Tell whether it may be set beside last year's: there is such a statement, and it means the same."""
        return self.predecessor_id is not None and self.meaning != Meaning.OTHER


class Rating(Part):
    """What one supplier says to one statement, in one version of its report: frozen with it.

    Nobody but the supplier sees a rating by itself. It has no page, no register and no history in the back office: what
    the municipality may know comes through `learnings.queries.evaluation`.
    """

    version = models.ForeignKey(
        ReportVersion, verbose_name=_("version of a report"), on_delete=models.CASCADE, related_name="ratings"
    )
    statement = models.ForeignKey(
        EvaluationStatement, verbose_name=_("statement"), on_delete=models.PROTECT, related_name="ratings"
    )
    score = models.PositiveSmallIntegerField(_("answer"), choices=Agreement.choices, null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True, max_length=1000)

    wagtail_reference_index_ignore = True  # Wagtail's pages of where a record is used tell of no rating

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating of the municipality")
        verbose_name_plural = _("ratings of the municipality")
        ordering = ["version", "statement__order", "statement"]
        constraints = [
            models.UniqueConstraint(fields=["version", "statement"], name="rating_once_per_version_and_statement"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=1, score__lte=5), name="rating_from_1_to_5"
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class EvaluationRelease(models.Model):
    """The versions whose ratings are shown together. Append-only: the newest one of a round is what is shown."""

    round = models.ForeignKey(
        Round, verbose_name=_("round"), on_delete=models.PROTECT, related_name="evaluation_releases"
    )
    versions = models.ManyToManyField(
        ReportVersion, verbose_name=_("versions of reports"), blank=True, related_name="+"
    )
    asked = models.PositiveIntegerField(_("suppliers asked"))
    released_at = models.DateTimeField(_("brought together"), auto_now_add=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("brought together by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    wagtail_reference_index_ignore = True

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("release of an evaluation")
        verbose_name_plural = _("releases of evaluations")
        ordering = ["round", "-pk"]

    def __str__(self) -> str:
        return f"{self.round}: {self.released_at:%Y-%m-%d}"
