"""What suppliers answer. A submitted version and its answers are frozen: an edit is a new version with its author."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import User
from accounts.rules import AnyUser, is_municipal
from learnings.enums import ReviewOutcome
from learnings.models.rounds import Question, Round
from records.querysets import RecordQuerySet
from suppliers.models import Supplier


class FrozenError(Exception):
    """Somebody's code tried to change a submitted version or one of its answers."""


class ExperienceReportQuerySet(RecordQuerySet["ExperienceReport"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Return everything for the municipality, and for a supplier's people their own, also under names since merged."""
        if is_municipal(user):
            return self.all()
        return self.filter(supplier__in=Supplier.objects.visible_to(user).values("pk"))

    def of_supplier(self, supplier: Supplier) -> Self:
        """Return the reports of a supplier, also those begun under a name that has since been merged into it."""
        return self.filter(supplier__in=Supplier.objects.family_of(supplier))


class ExperienceReport(models.Model):
    """A supplier's report in a round: one, however many lots the supplier has contracts in."""

    round = models.ForeignKey(Round, verbose_name=_("round"), on_delete=models.PROTECT, related_name="reports")
    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), on_delete=models.PROTECT, related_name="experience_reports"
    )
    extended_to = models.DateField(
        _("extended to"), null=True, blank=True, help_text=_("The supplier's own last day, instead of the round's.")
    )
    extension_reason = models.CharField(_("reason for the extension"), max_length=300, blank=True)

    history = HistoricalRecords()
    objects = ExperienceReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("experience report")
        verbose_name_plural = _("experience reports")
        ordering = ["round", "supplier__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "supplier"],
                name="report_once_per_round_and_supplier",
                violation_error_message=_("The supplier already has a report in this round."),
            ),
            models.CheckConstraint(
                condition=Q(extended_to__isnull=True, extension_reason="")
                | (Q(extended_to__isnull=False) & ~Q(extension_reason="")),
                name="report_extension_has_reason",
                violation_error_code="extension_reason",
                violation_error_message=_("Say why the supplier gets more time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier}, {self.round}"

    def get_absolute_url(self) -> str:
        return reverse("learnings:report_show", args=[self.pk])

    @property
    def due_on(self) -> dt.date:
        """Return the supplier's last day: its own when it got an extension, else the round's."""
        return self.extended_to or self.round.closes_on

    def is_late(self, version: ReportVersion) -> bool:
        """Tell whether a version was submitted after the supplier's last day."""
        return version.submitted_at is not None and timezone.localdate(version.submitted_at) > self.due_on


class FreezingQuerySet(RecordQuerySet[Any]):
    """Rows that no bulk write may change once their version is submitted."""

    submitted_lookup = "submitted_at__isnull"

    def update(self, **kwargs: Any) -> int:
        self._refuse_frozen()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse_frozen()
        return super().delete()

    def _refuse_frozen(self) -> None:
        if self.order_by().filter(**{self.submitted_lookup: False}).exists():
            raise FrozenError("a submitted version and its answers are never changed; make a new version")


class ReportVersionQuerySet(FreezingQuerySet):
    def submitted(self) -> Self:
        return self.filter(submitted_at__isnull=False)

    def drafts(self) -> Self:
        return self.filter(submitted_at__isnull=True)

    def newest(self) -> Self:
        """Return the newest submitted version of each report: the one that counts."""
        later = ReportVersion.objects.submitted().filter(report=OuterRef("report"), number__gt=OuterRef("number"))
        return self.submitted().filter(~Exists(later))

    def count_saving(self, draft: ReportVersion) -> None:
        """Count that a draft was saved once more; one query, which is its own guard. Raises FrozenError when it is none."""
        drafts = self.filter(pk=draft.pk).drafts()
        draft.revision += 1
        if not super(FreezingQuerySet, drafts).update(revision=draft.revision):
            raise FrozenError(f"version {draft.pk} is no draft")

    def accepted(self) -> Self:
        """Return the versions that the municipality has accepted; a report has one at most."""
        return self.filter(review__outcome=ReviewOutcome.ACCEPTED)


class ReportVersion(models.Model):
    """A report as it stood: a draft until it is submitted, then frozen for ever. Append-only, so without history."""

    report = models.ForeignKey(
        ExperienceReport, verbose_name=_("experience report"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("version"))
    revision = models.PositiveIntegerField(
        _("revision"),
        default=0,
        help_text=_("Counts the savings of a draft, so that nobody overwrites another's text."),
    )
    handed_in_by = models.CharField(
        _("handed in by"),
        max_length=150,
        blank=True,
        help_text=_("The person at the supplier who answers for the report."),
    )
    note = models.CharField(
        _("note"), max_length=300, blank=True, help_text=_("How the answers came in, or why there is a new version.")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("submitted by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = ReportVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a report")
        verbose_name_plural = _("versions of a report")
        ordering = ["report", "number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_version_number_unique"),
            models.UniqueConstraint(
                fields=["report"], condition=Q(submitted_at__isnull=True), name="report_has_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(submitted_by__isnull=True) | Q(submitted_at__isnull=False),
                name="report_version_submitter_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}, version {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        refuse_if_submitted(self.pk)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        refuse_if_submitted(self.pk)
        return super().delete(*args, **kwargs)

    @property
    def is_submitted(self) -> bool:
        return self.submitted_at is not None

    @property
    def is_accepted(self) -> bool:
        """Tell whether the municipality has accepted this version; a query, unless the review is fetched."""
        review = getattr(self, "review", None)
        return review is not None and review.is_acceptance


class PartQuerySet(FreezingQuerySet):
    submitted_lookup = "version__submitted_at__isnull"

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        parts = list(objs)
        for version_id in {part.version_id for part in parts}:
            refuse_if_submitted(version_id)
        return super().bulk_create(parts, *args, **kwargs)


class Part(models.Model):
    """What is saved by itself in a version, and frozen with it. Declare `version`.

    `revision` counts its savings, so that two people may write in one report, and `saved_from` is the key of the page that
    saved last, so that a page whose answer got lost may send it again.
    """

    version_id: int
    revision = models.PositiveIntegerField(_("revision"), default=0)
    saved_at = models.DateTimeField(_("saved"), null=True, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("saved by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    saved_from = models.CharField(_("page that saved"), max_length=40, blank=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, is_proved_draft: bool = False, **kwargs: Any) -> None:
        """Save it unless its version is submitted, which `count_saving` has proved when it was called just before."""
        if not is_proved_draft:
            refuse_if_submitted(self.version_id)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        refuse_if_submitted(self.version_id)
        return super().delete(*args, **kwargs)

    def count_saving(self, *, page: str = "", by: User | None) -> None:
        """Note that it is saved once more, now, and from where; the caller saves it."""
        self.revision += 1
        self.saved_at, self.saved_by, self.saved_from = timezone.now(), by, page

    def is_changed_since(self, revision: int, *, page: str) -> bool:
        """Tell whether somebody else has saved it since a page read that revision: a page never conflicts with itself."""
        return revision != self.revision and not (page and page == self.saved_from)


class AnswerQuerySet(PartQuerySet):
    def counting(self) -> Self:
        """Return the answers of the newest submitted version of each report."""
        return self.filter(version__in=ReportVersion.objects.newest())

    def with_text(self) -> Self:
        return self.exclude(text="")


class Answer(Part):
    """An answer to a question in one version: a text, or why the question does not apply. Neither: not answered yet."""

    version = models.ForeignKey(
        ReportVersion, verbose_name=_("version of a report"), on_delete=models.CASCADE, related_name="answers"
    )
    question = models.ForeignKey(Question, verbose_name=_("question"), on_delete=models.PROTECT, related_name="answers")
    wording = models.TextField(_("wording"), help_text=_("The question as it read when it was answered."))
    text = models.TextField(_("answer"), blank=True)
    not_applicable_reason = models.CharField(_("why it does not apply"), max_length=500, blank=True)

    history = HistoricalRecords(excluded_fields=["wording", "saved_at", "saved_by", "saved_from"])
    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["version", "question__order", "question"]
        constraints = [
            models.UniqueConstraint(fields=["version", "question"], name="answer_once_per_version_and_question"),
            models.CheckConstraint(
                condition=Q(text="") | Q(not_applicable_reason=""), name="answer_text_or_not_applicable"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.question}"

    @property
    def said(self) -> str:
        """What the supplier says to the question: the text, or why the question does not apply."""
        return self.text or self.not_applicable_reason

    @property
    def is_answered(self) -> bool:
        return bool(self.said)


def refuse_if_submitted(version_id: int | None) -> None:
    """Raise FrozenError when a version is submitted; one query."""
    # The row in the database decides, not the object in memory: submitting is the last change that passes.
    if version_id and ReportVersion.objects.submitted().filter(pk=version_id).exists():
        raise FrozenError(f"version {version_id} is submitted and never changes; make a new version")
