"""Which sections a committee's papers have. Configurable, since committees differ and change their minds."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from simple_history.models import HistoricalRecords

from cases.enums import PaperKind
from committees.models import Committee
from records.history import ChildRecords
from records.querysets import RecordQuerySet


class CaseTemplate(ClusterableModel):
    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=PaperKind.choices)
    committee = models.ForeignKey(
        Committee,
        verbose_name=_("committee"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="templates",
        help_text=_("Leave empty for a template that every committee may use."),
    )

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("case template")
        verbose_name_plural = _("case templates")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def has_numbered_chapters(self) -> bool:
        return self.kind == PaperKind.FACT_SHEET


class TemplateSection(models.Model):
    sort_order_field = "order"  # where the section was dragged to in the template's form

    template = ParentalKey(
        CaseTemplate, verbose_name=_("case template"), on_delete=models.CASCADE, related_name="sections"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0, editable=False)
    key = models.SlugField(_("key"), help_text=_("Stays the same when the heading is changed."))
    heading = models.CharField(_("heading"), max_length=120)
    help_text = models.CharField(_("help text"), max_length=300, blank=True)
    is_required = models.BooleanField(_("required"), default=True)
    is_after_meeting = models.BooleanField(
        _("only after the meeting"),
        default=False,
        help_text=_("For the decision, which nobody knows before the meeting."),
    )

    history = ChildRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["template", "order", "pk"]
        verbose_name = _("section of a template")
        verbose_name_plural = _("sections of a template")
        constraints = [
            models.UniqueConstraint(
                fields=["template", "key"],
                name="template_section_key_unique",
                violation_error_message=_("Two sections of the template have the same key."),
            )
        ]

    def __str__(self) -> str:
        return self.heading
