"""One measure over time: the same definition, scope and kind of period, supplier by supplier."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from results.comparison import fetching
from results.comparison.assembling import group_label, outermost, sum_of
from results.comparison.model import Comparison, Question
from results.comparison.sight import Sight, sight_of
from results.models import Observation
from results.periods import Period
from suppliers.models import Supplier


@dataclass(frozen=True)
class SeriesPoint:
    """A supplier's sum over its benefit groups in one period; hidden with any part of it."""

    period: Period
    base: int
    outcomes: int
    definition: str
    is_base_hidden: bool
    is_hidden: bool


@dataclass(frozen=True)
class SupplierSeries:
    label: str
    supplier: Supplier
    points: tuple[SeriesPoint, ...]
    is_own: bool


@dataclass(frozen=True)
class TimeLine:
    """The periods in order, the suppliers by name, and the breaks made by law with the period that they fall in."""

    periods: tuple[Period, ...]
    series: tuple[SupplierSeries, ...]
    breaks: tuple[tuple[Period, str], ...]
    group: str


def time_line(found: Comparison, *, only: Supplier | None = None) -> TimeLine:
    """Return the figures of all periods of the same kind and unit as those compared; eight queries.

    `only` leaves out other suppliers. Definitions may change along the way: each point names its own.
    """
    question = found.question
    rows = _rows(found, only)
    sight = sight_of(rows, question.audience)
    periods = tuple(sorted({each.period for each in rows}))
    by_supplier: dict[Supplier, list[Observation]] = defaultdict(list)
    for each in rows:
        if each.supplier:
            by_supplier[each.supplier].append(each)
    series = [_series(supplier, each, question, sight) for supplier, each in by_supplier.items()]
    return TimeLine(
        periods=periods,
        series=tuple(sorted(series, key=lambda each: (each.label.casefold(), each.supplier.pk))),
        breaks=tuple(_breaks(question, rows, periods)),
        group=group_label(question.benefit_group) if question.benefit_group else "",
    )


def kind_of(period: Period) -> str:
    """Return "year", "quarter", or the number of days: only periods of one kind stand on one line."""
    code = period.code
    if "/" not in code:
        return "quarter" if "Q" in code else "year"
    return str((period.end - period.start).days)


def _rows(found: Comparison, only: Supplier | None) -> list[Observation]:
    """Return the newest figure of each supplier, group and period; of one supplier twice in a period, that of one definition."""
    question = found.question
    if found.version is None or found.unit is None:
        return []
    live = Observation.objects.live(include_unvalidated=not found.is_validated).filter(
        measure_version__measure=question.measure,
        unit=found.unit,
        delivery__is_validated=found.is_validated,
        framework=question.framework_id,
        lot=question.lot.pk if question.lot else None,
        service=None,
        supplier__isnull=False,
        benefit_group__isnull=False,
        outcomes__isnull=False,
        denominator__isnull=False,
    )
    if question.benefit_group:
        live = live.filter(benefit_group=question.benefit_group)
    if only is not None:
        live = live.filter(supplier__in=Supplier.objects.family_of(only))
    kept: dict[tuple[object, ...], Observation] = {}
    versions: dict[tuple[int | None, Period], int] = {}
    wanted = kind_of(question.period)
    for each in live.with_names().newest_first():
        if kind_of(each.period) == wanted:
            version = versions.setdefault((each.supplier_id, each.period), each.measure_version_id)
            if each.measure_version_id == version:
                kept.setdefault((each.supplier_id, each.period, each.benefit_group_id), each)
    composites = fetching.composites()
    by_period: dict[Period, list[Observation]] = defaultdict(list)
    for each in kept.values():
        by_period[each.period].append(each)
    return [each for rows in by_period.values() for each in outermost(rows, composites)]


def _series(supplier: Supplier, rows: Iterable[Observation], question: Question, sight: Sight) -> SupplierSeries:
    by_period: dict[Period, list[Observation]] = defaultdict(list)
    for each in rows:
        by_period[each.period].append(each)
    asked = question.supplier
    return SupplierSeries(
        label=supplier.name_then_and_now,
        supplier=supplier,
        points=tuple(_point(period, by_period[period], sight) for period in sorted(by_period)),
        is_own=asked is not None and supplier.survivor_id == asked.survivor_id,
    )


def _point(period: Period, parts: Sequence[Observation], sight: Sight) -> SeriesPoint:
    outcomes, base = sum_of(parts)
    veil = sight.veil(parts, ())
    return SeriesPoint(
        period=period,
        base=base,
        outcomes=outcomes,
        definition=parts[0].measure_version.code,
        is_base_hidden=veil.base,
        is_hidden=veil.outcomes,
    )


def _breaks(question: Question, rows: Iterable[Observation], periods: Sequence[Period]) -> Iterable[tuple[Period, str]]:
    if not periods:
        return
    groups = {each.benefit_group_id for each in rows if each.benefit_group_id}
    found = fetching.breaks(question, since=periods[0].start, until=periods[-1].end, groups=groups)
    for each in found:
        after = next((period for period in periods if period.end >= each.takes_effect_on), None)
        if after is not None:
            yield after, each.name
