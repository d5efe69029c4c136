"""Framework agreements and the lots that suppliers win separately."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from contracts.models.vocabulary import Service, TargetGroup
from records.querysets import RecordQuerySet


class FrameworkAgreement(models.Model):
    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    starts_on = models.DateField(_("start"))
    ends_on = models.DateField(_("end"), null=True, blank=True)
    ceiling_dkk = models.DecimalField(
        _("ceiling in DKK"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("The most that may be bought under the framework."),
    )
    notice_months = models.PositiveSmallIntegerField(_("notice in months"), null=True, blank=True)
    f2_case_number = models.CharField(_("case number in F2"), max_length=40, blank=True)
    edoc_case_number = models.CharField(_("case number in eDoc"), max_length=40, blank=True)
    note = models.TextField(_("note"), blank=True)

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("framework agreement")
        verbose_name_plural = _("framework agreements")
        ordering = ["-starts_on", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="framework_ends_after_start",
                violation_error_message=_("The framework ends before it starts. Correct one of the dates."),
            ),
            models.CheckConstraint(
                condition=Q(ceiling_dkk__isnull=True) | Q(ceiling_dkk__gte=0),
                name="framework_ceiling_not_negative",
                violation_error_message=_("The ceiling cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Lot(models.Model):
    code = models.SlugField(_("code"), unique=True)
    framework = models.ForeignKey(
        FrameworkAgreement, verbose_name=_("framework agreement"), on_delete=models.PROTECT, related_name="lots"
    )
    name = models.CharField(_("name"), max_length=200)
    target_groups = models.ManyToManyField(
        TargetGroup, verbose_name=_("target groups"), blank=True, related_name="lots"
    )
    services = models.ManyToManyField(Service, verbose_name=_("services"), blank=True, related_name="lots")

    history = HistoricalRecords(m2m_fields=[target_groups, services])
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
