"""Themes, and the passages of answers that are coded into them."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from learnings.enums import Counted
from learnings.passages import stands_in
from records.querysets import RecordQuerySet


class CodeBook(models.Model):  # type: ignore[django-manager-missing]  # of the clusterable rounds
    """A tree of themes that one round, or several years' rounds, are coded with."""

    name = models.CharField(
        _("name"),
        max_length=120,
        unique=True,
        error_messages={"unique": _("There is already a code book with this name.")},
    )

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("code book")
        verbose_name_plural = _("code books")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Theme(models.Model):
    code_book = models.ForeignKey(
        CodeBook, verbose_name=_("code book"), on_delete=models.PROTECT, related_name="themes"
    )
    parent = models.ForeignKey(
        "self", verbose_name=_("under"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    name = models.CharField(_("name"), max_length=120)
    definition = models.TextField(
        _("definition"), blank=True, help_text=_("What belongs to the theme and what does not.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["code_book", "order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["code_book", "name"],
                name="theme_name_once_per_code_book",
                violation_error_message=_("The code book already has a theme with this name."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="theme_not_its_own_parent",
                violation_error_code="parent",
                violation_error_message=_("A theme cannot stand under itself. Choose another theme, or none."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ExcerptQuerySet(RecordQuerySet["Excerpt"]):
    def of_round(self, round_id: int) -> Self:
        return self.filter(answer__version__report__round=round_id)

    def with_newest(self) -> Self:
        """Add `newest_text`: what the supplier's newest submitted version answers to the same question, or None; and
        `is_accepted`: whether that version is accepted."""
        from learnings.models.reports import Answer, ReportVersion

        same = Answer.objects.filter(
            Exists(ReportVersion.objects.newest().filter(pk=OuterRef("version"))),
            version__report=OuterRef("answer__version__report"),
            question=OuterRef("answer__question"),
        )
        accepted = ReportVersion.objects.newest().accepted().filter(report=OuterRef("answer__version__report"))
        return self.annotate(newest_text=models.Subquery(same.values("text")[:1]), is_accepted=Exists(accepted))


class Excerpt(models.Model):
    """A passage of a submitted answer under a theme.

    Only the span is stored. Submitted answers never change, so the passage cannot drift from what the supplier wrote.
    """

    answer = models.ForeignKey(
        "learnings.Answer", verbose_name=_("answer"), on_delete=models.PROTECT, related_name="excerpts"
    )
    start = models.PositiveIntegerField(_("start"), help_text=_("Characters before the passage."))
    end = models.PositiveIntegerField(_("end"))
    theme = models.ForeignKey(Theme, verbose_name=_("theme"), on_delete=models.PROTECT, related_name="excerpts")
    is_strong = models.BooleanField(_("strong quote"), default=False)
    was_suggested = models.BooleanField(
        _("accepted suggestion"), default=False, help_text=_("Found by the program, and accepted by a person.")
    )
    coded_at = models.DateTimeField(_("coded"), auto_now_add=True)
    coded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("coded by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    history = HistoricalRecords()
    objects = ExcerptQuerySet.as_manager()

    class Meta:
        verbose_name = _("excerpt")
        verbose_name_plural = _("excerpts")
        ordering = ["answer", "start", "end", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="excerpt_is_not_empty"),
            models.UniqueConstraint(
                fields=["answer", "theme", "start", "end"],
                name="excerpt_once_per_theme_and_span",
                violation_error_message=_("This passage is already coded under the theme."),
            ),
        ]

    def __str__(self) -> str:
        return self.passage

    @property
    def passage(self) -> str:
        return self.answer.text[self.start : self.end]

    def counts(self, counted: Counted) -> bool:
        """Tell whether the passage is evidence: the newest version says it, and is accepted where only those count; needs
        `with_newest()`."""
        is_among: bool = counted == Counted.HANDED_IN or self.is_accepted  # type: ignore[attr-defined]
        return is_among and not self.is_outdated

    @property
    def is_outdated(self) -> bool:
        """Tell whether the supplier's newest version no longer says this; needs `with_newest()`."""
        newest_text: str | None = self.newest_text  # type: ignore[attr-defined]
        passage = self.passage
        # Most answers stay as they were: the search that overlooks white space is for those that did not.
        return newest_text is None or (passage not in newest_text and not stands_in(newest_text, passage))
