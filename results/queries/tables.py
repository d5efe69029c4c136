"""Results tables: rows by benefit group or supplier, a column for each measure, the source's own total."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from contracts.models import FrameworkAgreement, Lot
from results.enums import Breakdown, TotalKind, Unit
from results.models import BenefitGroup, Delivery, Measure, MeasureVersion, Observation
from results.periods import Period
from results.queries.live import by_measure, live_observations, one_definition_each
from suppliers.models import Supplier

# what a source writes in the note of a total of unique persons, in Danish or English
DECLARES_UNIQUE = re.compile(r"\bunik|\bunique", re.IGNORECASE)


@dataclass(frozen=True)
class ResultsRow:
    """One row: a figure for each measure of the table, None where there is none ("–")."""

    label: str
    code: str
    observations: tuple[Observation | None, ...]

    @property
    def base(self) -> int | None:
        """The base that all figures of the row share; None when they differ or none has one."""
        bases = {observation.denominator for observation in self.observations if observation}
        return bases.pop() if len(bases) == 1 else None


@dataclass(frozen=True)
class GroupSum:
    """The rows of one column added up: sums over what is known, None when nothing is."""

    base: int | None
    outcomes: int | None
    parts: tuple[Observation, ...]


@dataclass(frozen=True)
class ResultsTable:
    """What a table prints, and what it rests on. `total_kinds` has one entry for each measure, None without a total."""

    measures: tuple[Measure, ...]
    period: Period
    by: Breakdown
    framework: FrameworkAgreement | None
    lot: Lot | None
    rows: tuple[ResultsRow, ...]
    total: ResultsRow | None
    total_kinds: tuple[TotalKind | None, ...]
    sum_of_groups: tuple[GroupSum, ...]

    @property
    def total_kind(self) -> TotalKind | None:
        """The kind of the total row as a whole: the least orderly of its columns."""
        for kind in (TotalKind.UNDECLARED, TotalKind.UNIQUE_PERSONS, TotalKind.SUM_OF_GROUPS):
            if kind in self.total_kinds:
                return kind
        return None

    @property
    def observations(self) -> tuple[Observation, ...]:
        """Every figure of the table, rows first, then the total."""
        rows = (*self.rows, self.total) if self.total else self.rows
        return tuple(observation for row in rows for observation in row.observations if observation)

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """The deliveries the figures come from, newest first."""
        found = {observation.delivery_id: observation.delivery for observation in self.observations}
        return tuple(sorted(found.values(), key=lambda delivery: (delivery.extracted_on, delivery.pk), reverse=True))

    @property
    def measure_versions(self) -> tuple[MeasureVersion, ...]:
        """The definitions used, in the order of the measures."""
        found = {observation.measure_version_id: observation.measure_version for observation in self.observations}
        order = {measure.pk: place for place, measure in enumerate(self.measures)}
        return tuple(sorted(found.values(), key=lambda version: (order[version.measure_id], version.pk)))

    @property
    def data_as_of(self) -> dt.date | None:
        """The day the newest figures were drawn from their source."""
        return max((delivery.extracted_on for delivery in self.deliveries), default=None)

    @property
    def unit(self) -> Unit | None:
        """What is counted; None when there are no figures, or the columns count different things."""
        units = {observation.unit for observation in self.observations}
        return Unit(units.pop()) if len(units) == 1 else None

    @property
    def has_unvalidated(self) -> bool:
        return any(not delivery.is_validated for delivery in self.deliveries)


def results_table(
    measures: Sequence[Measure],
    *,
    period: Period,
    framework: FrameworkAgreement | None = None,
    lot: Lot | None = None,
    by: Breakdown,
    include_unvalidated: bool = False,
) -> ResultsTable:
    """Return the table of the measures, from the newest live figures of exactly this period, framework and lot.

    Rows are those that have a figure: benefit groups in their order (a composite stands for its parts), suppliers by
    name. The total is the source's own. Four queries, whatever the number of rows.
    """
    by = Breakdown(by)
    live = live_observations(
        measures, period=period, framework=framework, lot=lot, include_unvalidated=include_unvalidated
    )
    found = one_definition_each(live.filter(_shape(by), service=None))
    rows = _rows(found, measures, by)
    total = _total(found, measures)
    sums = tuple(_sum(row.observations[column] for row in rows) for column in range(len(measures)))
    return ResultsTable(
        measures=tuple(measures),
        period=period,
        by=by,
        framework=framework,
        lot=lot,
        rows=rows,
        total=total,
        total_kinds=tuple(map(total_kind, total.observations if total else [None] * len(measures), sums)),
        sum_of_groups=sums,
    )


def total_kind(total: Observation | None, parts: GroupSum) -> TotalKind | None:
    """Tell what a total is, held against the sum of the rows; None without a total or without rows."""
    if total is None or not parts.parts:
        return None
    if (total.denominator, total.outcomes) == (parts.base, parts.outcomes):
        return TotalKind.SUM_OF_GROUPS
    declared = total.measure_version.totals_are_unique_persons or bool(DECLARES_UNIQUE.search(total.note))
    return TotalKind.UNIQUE_PERSONS if declared else TotalKind.UNDECLARED


def _shape(by: Breakdown) -> Q:
    if by == Breakdown.SUPPLIER:
        return Q(benefit_group=None)
    return Q(supplier=None)


def _rows(found: list[Observation], measures: Sequence[Measure], by: Breakdown) -> tuple[ResultsRow, ...]:
    grouped: dict[BenefitGroup | Supplier, list[Observation]] = {}
    for observation in found:
        if value := getattr(observation, by.value):
            grouped.setdefault(value, []).append(observation)
    return tuple(_row(value, grouped[value], measures) for value in _in_order(grouped, by))


def _in_order(values: Iterable[BenefitGroup | Supplier], by: Breakdown) -> list[BenefitGroup | Supplier]:
    if by == Breakdown.SUPPLIER:
        return sorted(values, key=lambda supplier: (supplier.name.casefold(), supplier.pk))
    groups = _outermost([value for value in values if isinstance(value, BenefitGroup)])
    groups.sort(key=lambda group: (group.order, group.name, group.pk))
    return list[BenefitGroup | Supplier](groups)


def _outermost(groups: Sequence[BenefitGroup]) -> list[BenefitGroup]:
    """Leave out the groups that are part of another one here, so that nobody stands in two rows."""
    ids = {group.pk for group in groups}
    contained = set(
        BenefitGroup.parts.through.objects.filter(from_benefitgroup_id__in=ids).values_list(
            "to_benefitgroup_id", flat=True
        )
    )
    return [group for group in groups if group.pk not in contained]


def _row(value: BenefitGroup | Supplier, observations: list[Observation], measures: Sequence[Measure]) -> ResultsRow:
    """A figure of a supplier that was merged since stays a row of its own: it was counted of that one alone."""
    label, code = (value.name_then_and_now, value.cvr) if isinstance(value, Supplier) else (value.name, value.code)
    return ResultsRow(label=label, code=code, observations=by_measure(observations, measures))


def _total(found: list[Observation], measures: Sequence[Measure]) -> ResultsRow | None:
    totals = [
        observation for observation in found if observation.supplier_id is None and observation.benefit_group_id is None
    ]
    return ResultsRow(label="I alt", code="*", observations=by_measure(totals, measures)) if totals else None


def _sum(column: Iterable[Observation | None]) -> GroupSum:
    parts = tuple(observation for observation in column if observation)
    bases = [part.denominator for part in parts if part.denominator is not None]
    outcomes = [part.outcomes for part in parts if part.outcomes is not None]
    return GroupSum(sum(bases) if bases else None, sum(outcomes) if outcomes else None, parts)
