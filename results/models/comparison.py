"""What stands beside figures that are compared: the supplier's own comment, breaks made by law, and figures from outside."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from contracts.models import FrameworkAgreement, Lot
from records.querysets import RecordQuerySet
from results.models.vocabulary import BenefitGroup, Measure
from results.periods import Period
from suppliers.models import Supplier


class PeriodQuerySet(RecordQuerySet):
    def of_period(self, period: Period) -> Self:
        return self.filter(period_start=period.start, period_end=period.end)


class ResultComment(models.Model):
    """What a supplier says of its own result: printed beside the figure. One for each measure, period and scope."""

    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), on_delete=models.PROTECT, related_name="result_comments"
    )
    measure = models.ForeignKey(Measure, verbose_name=_("measure"), on_delete=models.PROTECT, related_name="comments")
    period_start = models.DateField(_("period from"))
    period_end = models.DateField(_("period to"))
    framework = models.ForeignKey(
        FrameworkAgreement,
        verbose_name=_("framework agreement"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    lot = models.ForeignKey(
        Lot, verbose_name=_("lot"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(_("comment"), max_length=2000)
    is_on_behalf = models.BooleanField(
        _("written by the municipality"),
        default=False,
        help_text=_("The supplier has said it, and somebody in the municipality has written it down."),
    )
    said_by = models.CharField(
        _("said by"), max_length=200, blank=True, help_text=_("Who at the supplier, and where: a mail, a meeting.")
    )
    written_at = models.DateTimeField(_("written"), auto_now=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    history = HistoricalRecords()
    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("supplier's comment")
        verbose_name_plural = _("suppliers' comments")
        ordering = ["-period_end", "supplier__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                F("supplier"),
                F("measure"),
                F("period_start"),
                F("period_end"),
                Coalesce(F("framework"), Value(0)),
                Coalesce(F("lot"), Value(0)),
                name="result_comment_once",
                violation_error_message=_("The supplier already has a comment on this figure."),
            ),
            models.CheckConstraint(condition=Q(period_end__gte=F("period_start")), name="result_comment_in_order"),
            models.CheckConstraint(condition=~Q(text=""), name="result_comment_says_something"),
            models.CheckConstraint(
                condition=Q(lot__isnull=True) | Q(framework__isnull=False), name="result_comment_lot_has_framework"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier}: {self.measure}, {self.period.label}"

    @property
    def period(self) -> Period:
        return Period(self.period_start, self.period_end)


class SeriesBreak(models.Model):
    """A law or a register that changes what figures mean from a day: those before and after are not compared in silence."""

    takes_effect_on = models.DateField(_("takes effect"))
    name = models.CharField(_("name"), max_length=200, help_text=_("“New system of cash benefits”"))
    explanation = models.TextField(
        _("explanation"), help_text=_("What changes for the figures, in a sentence. Printed below them.")
    )
    source = models.CharField(_("source"), max_length=200, blank=True, help_text=_("The act, or who has told it."))
    measures = models.ManyToManyField(
        Measure, verbose_name=_("measures"), blank=True, related_name="breaks", help_text=_("None: all of them.")
    )
    benefit_groups = models.ManyToManyField(
        BenefitGroup,
        verbose_name=_("benefit groups"),
        blank=True,
        related_name="breaks",
        help_text=_("None: all of them."),
    )

    history = HistoricalRecords(m2m_fields=[measures, benefit_groups])
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("break in the series")
        verbose_name_plural = _("breaks in the series")
        ordering = ["-takes_effect_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["takes_effect_on", "name"],
                name="series_break_once",
                violation_error_message=_("The break is already there."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class OutsideFigure(models.Model):
    """A share from jobindsats or another source: context beside our figures, never what a supplier is held against."""

    measure = models.ForeignKey(
        Measure,
        verbose_name=_("measure"),
        on_delete=models.PROTECT,
        related_name="outside_figures",
        help_text=_("The measure it is shown beside."),
    )
    area = models.CharField(
        _("area"), max_length=120, help_text=_("The municipality, the cluster or the country: “Hele landet”.")
    )
    benefit_group = models.ForeignKey(
        BenefitGroup,
        verbose_name=_("benefit group"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="outside_figures",
    )
    period_start = models.DateField(_("period from"))
    period_end = models.DateField(_("period to"))
    share_percent = models.DecimalField(_("share in per cent"), max_digits=5, decimal_places=2)
    what = models.CharField(
        _("what it counts"),
        max_length=200,
        help_text=_("How it differs from ours: “Job 3 måneder efter afsluttet forløb”."),
    )
    source = models.CharField(_("source"), max_length=200, help_text=_("“jobindsats.dk, tabel y07b15”"))
    retrieved_on = models.DateField(_("retrieved on"))
    note = models.CharField(_("note"), max_length=500, blank=True)

    history = HistoricalRecords()
    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure from outside")
        verbose_name_plural = _("figures from outside")
        ordering = ["-period_end", "measure__order", "area", "pk"]
        constraints = [
            models.UniqueConstraint(
                F("measure"),
                F("area"),
                F("period_start"),
                F("period_end"),
                F("what"),
                Coalesce(F("benefit_group"), Value(0)),
                name="outside_figure_once",
                violation_error_message=_(
                    "There is already such a figure for the area and the period. Correct that one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")),
                name="outside_figure_in_order",
                violation_error_code="period_end",
                violation_error_message=_("The period ends before it starts. Correct one of the dates."),
            ),
            models.CheckConstraint(
                condition=Q(share_percent__gte=0, share_percent__lte=100),
                name="outside_figure_is_a_share",
                violation_error_code="share_percent",
                violation_error_message=_("A share lies from 0 to 100 per cent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what}, {self.area}, {self.period.label}"

    @property
    def period(self) -> Period:
        return Period(self.period_start, self.period_end)

    @property
    def share(self) -> float:
        return float(self.share_percent / Decimal(100))
