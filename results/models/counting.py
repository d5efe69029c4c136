"""How figures are counted from the registers: code groups, codes and rules, as rows that people may read and change."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from records.querysets import RecordQuerySet
from results.enums import Confidence, CountedBy, PersonRule, Population


class CodeGroup(models.Model):
    """Codes of the register that count alike."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("code group")
        verbose_name_plural = _("code groups")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class RegisterCode(models.Model):
    """One code of the weekly register and the group it counts in."""

    code = models.CharField(
        _("code"),
        max_length=10,
        unique=True,
        validators=[
            RegexValidator(
                r"^[1-9][0-9]*$", _("Write the number as in the register, without spaces and leading zeros.")
            )
        ],
    )
    label = models.CharField(_("label"), max_length=200)
    group = models.ForeignKey(CodeGroup, verbose_name=_("group"), on_delete=models.PROTECT, related_name="codes")
    confidence = models.CharField(
        _("confidence"),
        max_length=10,
        choices=Confidence.choices,
        default=Confidence.HIGH,
        help_text=_("How sure the label is. Hold the list against the one that comes with the extract."),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("register code")
        verbose_name_plural = _("register codes")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


class CountingRule(models.Model):
    """One version of how a measure is counted from the registers. Figures of two versions are never compared."""

    measure_code = models.CharField(_("measure's code"), max_length=50)
    version = models.CharField(_("version"), max_length=50)
    name = models.CharField(_("name"), max_length=200)
    column_label = models.CharField(_("table head"), max_length=120, help_text=_("Stands above the column in tables."))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_used = models.BooleanField(
        _("counted"), default=True, help_text=_("Switch off a version that new counts should not use.")
    )
    population = models.CharField(
        _("population"), max_length=20, choices=Population.choices, default=Population.ENDED_IN_PERIOD
    )
    counted_by = models.CharField(_("outcome is read in"), max_length=20, choices=CountedBy.choices)
    window_months = models.PositiveSmallIntegerField(
        _("follow-up window in months"),
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("Calendar months after the course ended. A day that the month lacks becomes its last day."),
    )
    yes_groups = models.ManyToManyField(
        CodeGroup, verbose_name=_("groups that are an outcome"), blank=True, related_name="+"
    )
    employed_groups = models.ManyToManyField(
        CodeGroup,
        verbose_name=_("groups that are an outcome with a branch of work"),
        blank=True,
        related_name="+",
        help_text=_("Only when the person has a branch of work in the month of that week's Thursday."),
    )
    blank_with_work = models.BooleanField(
        _("a blank with a branch of work is an outcome"),
        default=False,
        help_text=_("A blank alone means no benefit, not work."),
    )
    censored_groups = models.ManyToManyField(
        CodeGroup, verbose_name=_("groups that leave the population"), blank=True, related_name="+"
    )
    person_rule = models.CharField(_("for a person decides"), max_length=20, choices=PersonRule.choices)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    history = HistoricalRecords(m2m_fields=[yes_groups, employed_groups, censored_groups])
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("counting rule")
        verbose_name_plural = _("counting rules")
        ordering = ["order", "measure_code", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure_code", "version"],
                name="counting_rule_once",
                violation_error_message=_("The measure already has a rule with this version."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="counting_rule_valid_to_after_from",
                violation_error_code="valid_to",
                violation_error_message=_("The version ends before it starts. Correct one of the dates."),
            ),
            models.CheckConstraint(
                condition=Q(counted_by="register_week") | Q(blank_with_work=False),
                name="counting_rule_plan_without_codes",
                violation_error_code="blank_with_work",
                violation_error_message=_("A rule about the plan's date does not read the register."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.version}"
