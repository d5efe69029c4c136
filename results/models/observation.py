"""One aggregated figure of a delivery. Written once, never changed."""

from __future__ import annotations

from typing import Any, NoReturn, Self

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from contracts.models import FrameworkAgreement, Lot, Service
from records.querysets import RecordQuerySet
from results.enums import Unit
from results.models.delivery import Delivery
from results.models.vocabulary import BenefitGroup, MeasureVersion
from results.periods import Period
from suppliers.models import Supplier

DIMENSIONS = ("framework", "lot", "supplier", "benefit_group", "service")


class AppendOnlyError(TypeError):
    """Somebody tried to change or remove an observation: import a delivery that supersedes instead."""


class ObservationQuerySet(RecordQuerySet["Observation"]):
    def live(self, *, include_unvalidated: bool = False) -> Self:
        """Return the figures of live deliveries; see `DeliveryQuerySet.live`, which queries."""
        return self.filter(delivery__in=Delivery.objects.live(include_unvalidated=include_unvalidated))

    def of_period(self, period: Period) -> Self:
        return self.filter(period_start=period.start, period_end=period.end)

    def newest_first(self) -> Self:
        return self.order_by("-delivery__extracted_on", "-delivery__imported_at", "-delivery_id", "pk")

    def with_names(self) -> Self:
        """Fetch everything that a row prints in the same query."""
        return self.select_related("delivery", "measure_version__measure", *DIMENSIONS, "supplier__merged_into")

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"observations are append-only; asked to update {sorted(kwargs)}")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("observations are append-only; withdraw their delivery instead")


class Observation(models.Model):
    """Dimensions that are null mean "all"; a null number means that nobody knows it, never 0."""

    delivery = models.ForeignKey(
        Delivery, verbose_name=_("delivery"), on_delete=models.PROTECT, related_name="observations"
    )
    measure_version = models.ForeignKey(
        MeasureVersion, verbose_name=_("measure version"), on_delete=models.PROTECT, related_name="observations"
    )
    unit = models.CharField(_("unit"), max_length=10, choices=Unit.choices)
    period_start = models.DateField(_("period from"))
    period_end = models.DateField(_("period to"))
    framework = models.ForeignKey(
        FrameworkAgreement,
        verbose_name=_("framework agreement"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="observations",
    )
    lot = models.ForeignKey(
        Lot, verbose_name=_("lot"), null=True, blank=True, on_delete=models.PROTECT, related_name="observations"
    )
    supplier = models.ForeignKey(
        Supplier,
        verbose_name=_("supplier"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="observations",
    )
    benefit_group = models.ForeignKey(
        BenefitGroup,
        verbose_name=_("benefit group"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="observations",
    )
    service = models.ForeignKey(
        Service, verbose_name=_("service"), null=True, blank=True, on_delete=models.PROTECT, related_name="observations"
    )
    denominator = models.PositiveIntegerField(_("base"), null=True, blank=True)
    outcomes = models.PositiveIntegerField(_("outcomes"), null=True, blank=True)
    pending = models.PositiveIntegerField(_("not yet measurable"), null=True, blank=True)
    censored = models.PositiveIntegerField(_("left the population"), null=True, blank=True)
    not_found = models.PositiveIntegerField(_("not found in the register"), null=True, blank=True)
    mean = models.DecimalField(_("mean"), max_digits=10, decimal_places=4, null=True, blank=True)
    standard_deviation = models.DecimalField(
        _("standard deviation"), max_digits=10, decimal_places=4, null=True, blank=True
    )
    note = models.CharField(_("note"), max_length=500, blank=True)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                F("delivery"),
                F("measure_version"),
                F("unit"),
                F("period_start"),
                F("period_end"),
                *(Coalesce(F(dimension), Value(0)) for dimension in DIMENSIONS),
                name="observation_once_per_delivery",
                violation_error_message=_("The delivery already has this figure."),
            ),
            models.CheckConstraint(condition=Q(period_end__gte=F("period_start")), name="observation_period_in_order"),
            models.CheckConstraint(
                condition=Q(outcomes__isnull=True) | Q(denominator__isnull=False, outcomes__lte=F("denominator")),
                name="observation_outcomes_within_base",
                violation_error_message=_("There are more outcomes than the base they are part of."),
            ),
            models.CheckConstraint(
                condition=Q(denominator__isnull=False) | Q(mean__isnull=False), name="observation_says_something"
            ),
            models.CheckConstraint(
                condition=Q(standard_deviation__isnull=True) | Q(mean__isnull=False, standard_deviation__gte=0),
                name="observation_deviation_is_of_a_mean",
            ),
            models.CheckConstraint(
                condition=Q(lot__isnull=True) | Q(framework__isnull=False), name="observation_lot_has_framework"
            ),
        ]
        indexes = [
            models.Index(fields=["measure_version", "period_start", "period_end"], name="observation_by_period"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_version}, {self.period.label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(f"observation {self.pk} is written once and never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"observation {self.pk} cannot be removed; withdraw its delivery instead")

    @property
    def period(self) -> Period:
        return Period(self.period_start, self.period_end)

    @property
    def whom(self) -> str:
        """What the figure is about: framework, lot, supplier, benefit group and service, those that are given."""
        return " · ".join(str(value) for name in DIMENSIONS if (value := getattr(self, name)))

    @property
    def dimension_ids_today(self) -> tuple[int | None, ...]:
        """The same ids, with the supplier that stands for the figure's today; see `Supplier.survivor`."""
        supplier_id = self.supplier.survivor_id if self.supplier else None
        return (self.framework_id, self.lot_id, supplier_id, self.benefit_group_id, self.service_id)

    @property
    def dimension_ids(self) -> tuple[int | None, ...]:
        """Ids of framework, lot, supplier, benefit group and service, in that order; None is "all"."""
        return (self.framework_id, self.lot_id, self.supplier_id, self.benefit_group_id, self.service_id)
