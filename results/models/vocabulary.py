"""What is measured, by which definition, and for whom."""

from __future__ import annotations

from collections import defaultdict

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from records.querysets import RecordQuerySet
from results.enums import MeasureKind


class BenefitGroupQuerySet(RecordQuerySet["BenefitGroup"]):
    def parts_of_composites(self) -> dict[int, frozenset[int]]:
        """Return what each composite group consists of, by id; one query."""
        parts: dict[int, set[int]] = defaultdict(set)
        links = BenefitGroup.parts.through.objects.values_list("from_benefitgroup_id", "to_benefitgroup_id")
        for whole, part in links:
            parts[whole].add(part)
        return {whole: frozenset(children) for whole, children in parts.items()}


class BenefitGroup(models.Model):
    """What citizens live on. A composite group is the sum of its parts, as "sick-listed" is of two benefits."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(
        _("short name"), max_length=40, blank=True, help_text=_("Used in narrow tables and pictures.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("Rows of a table stand in this order."))
    parts = models.ManyToManyField(
        "self", verbose_name=_("consists of"), symmetrical=False, blank=True, related_name="composites"
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    history = HistoricalRecords(m2m_fields=[parts])
    objects = BenefitGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("benefit group")
        verbose_name_plural = _("benefit groups")
        ordering = ["order", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="benefit_group_valid_to_after_from",
                violation_error_code="valid_to",
                violation_error_message=_("The group ends before it starts. Correct one of the dates."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        return self.short_name or self.name


class Measure(models.Model):
    """A result that is followed; how it is counted is said by its versions."""

    code = models.CharField(_("code"), max_length=50, unique=True)
    name = models.CharField(_("name"), max_length=200)
    column_label = models.CharField(_("table head"), max_length=120, help_text=_("Stands above the column in tables."))
    kind = models.CharField(_("kind"), max_length=10, choices=MeasureKind.choices, default=MeasureKind.SHARE)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class MeasureVersion(models.Model):
    """One definition of a measure. Figures of two versions are never compared."""

    measure = models.ForeignKey(Measure, verbose_name=_("measure"), on_delete=models.PROTECT, related_name="versions")
    code = models.CharField(_("version"), max_length=50)
    window = models.CharField(
        _("follow-up window"), max_length=300, help_text=_("When the outcome is looked for, e.g. two months after.")
    )
    population = models.CharField(_("population"), max_length=300, help_text=_("Who is counted in the base."))
    counts = models.CharField(_("what counts"), max_length=300, help_text=_("What counts as an outcome."))
    method_note = models.TextField(
        _("method note"), blank=True, help_text=_("Printed in documents that use the figures.")
    )
    counts_unripe_as_no_outcome = models.BooleanField(
        _("unripe courses count as no outcome"),
        default=False,
        help_text=_("Otherwise courses whose window has not passed stay out of the base."),
    )
    totals_are_unique_persons = models.BooleanField(
        _("totals count unique persons"),
        default=False,
        help_text=_("A person in several groups counts once in the total, which may then be less than the sum."),
    )
    fewest_answers = models.PositiveIntegerField(
        _("fewest answers behind a mean"),
        null=True,
        blank=True,
        help_text=_(
            "Only for means whose source gives no number of answers: what the source itself vouches that each of them rests on. "
            "While it is empty, such a mean does not leave the municipality."
        ),
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure version")
        verbose_name_plural = _("measure versions")
        ordering = ["measure__order", "measure__name", "-valid_from", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "code"],
                name="measure_version_code_unique",
                violation_error_message=_("The measure already has a version with this code."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="measure_version_valid_to_after_from",
                violation_error_code="valid_to",
                violation_error_message=_("The version ends before it starts. Correct one of the dates."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}, {self.code}"
