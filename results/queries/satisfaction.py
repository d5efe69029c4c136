"""Satisfaction: means by lot and service, with the number of answers where it is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from contracts.models import FrameworkAgreement, Lot, Service
from results.models import Delivery, Measure, MeasureVersion, Observation
from results.periods import Period
from results.queries.live import by_measure, one_definition_each


@dataclass(frozen=True)
class SatisfactionRow:
    """One lot and service; None as service is all services of the lot."""

    lot: Lot | None
    service: Service | None
    observations: tuple[Observation | None, ...]

    @property
    def responses(self) -> int | None:
        """The number of answers behind the means, the largest when statements differ; None when nobody knows ("–")."""
        known = [o.denominator for o in self.observations if o and o.denominator is not None]
        return max(known, default=None)


@dataclass(frozen=True)
class SatisfactionTable:
    measures: tuple[Measure, ...]
    period: Period
    rows: tuple[SatisfactionRow, ...]

    @property
    def observations(self) -> tuple[Observation, ...]:
        return tuple(observation for row in self.rows for observation in row.observations if observation)

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """The deliveries the figures come from, newest first."""
        found = {observation.delivery_id: observation.delivery for observation in self.observations}
        return tuple(sorted(found.values(), key=lambda delivery: (delivery.extracted_on, delivery.pk), reverse=True))

    @property
    def measure_versions(self) -> tuple[MeasureVersion, ...]:
        found = {observation.measure_version_id: observation.measure_version for observation in self.observations}
        order = {measure.pk: place for place, measure in enumerate(self.measures)}
        return tuple(sorted(found.values(), key=lambda version: (order[version.measure_id], version.pk)))

    @property
    def data_as_of(self) -> dt.date | None:
        return max((delivery.extracted_on for delivery in self.deliveries), default=None)

    @property
    def has_unvalidated(self) -> bool:
        return any(not delivery.is_validated for delivery in self.deliveries)


def satisfaction_table(
    measures: Sequence[Measure],
    *,
    period: Period,
    frameworks: Sequence[FrameworkAgreement] = (),
    lots: Sequence[Lot] = (),
    include_unvalidated: bool = False,
) -> SatisfactionTable:
    """Return means by lot and service of the frameworks or lots named (all lots when neither is), all suppliers together.

    Two queries, whatever the number of rows.
    """
    live = Observation.objects.live(include_unvalidated=include_unvalidated).of_period(period)
    means = live.filter(
        _within(frameworks, lots),
        measure_version__measure__in=list(measures),
        lot__isnull=False,
        supplier=None,
        benefit_group=None,
    )
    found = one_definition_each(means.with_names().newest_first())
    return SatisfactionTable(measures=tuple(measures), period=period, rows=_rows(found, measures))


def _within(frameworks: Sequence[FrameworkAgreement], lots: Sequence[Lot]) -> Q:
    if not frameworks and not lots:
        return Q()
    return Q(framework__in=list(frameworks)) | Q(lot__in=list(lots))


def _rows(found: list[Observation], measures: Sequence[Measure]) -> tuple[SatisfactionRow, ...]:
    grouped: dict[tuple[int | None, int | None], list[Observation]] = {}
    for observation in sorted(found, key=_place):
        grouped.setdefault((observation.lot_id, observation.service_id), []).append(observation)
    return tuple(
        SatisfactionRow(group[0].lot, group[0].service, by_measure(group, measures)) for group in grouped.values()
    )


def _place(observation: Observation) -> tuple[str, int, str, int]:
    lot, service = observation.lot, observation.service
    # the service that takes up most of the lot has no natural order; its name has
    return (
        lot.code if lot else "",
        lot.pk if lot else 0,
        service.name if service else "",
        service.pk if service else 0,
    )
