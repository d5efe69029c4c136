"""What a comparison reads from the registers."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from contracts.models import Contract
from contracts.queries.contract_spend import ContractSpend, contract_spend
from results.asking import once
from results.comparison import reasons as why
from results.comparison.model import Comment, ContextLine, Question, Referrals
from results.comparison.reasons import Reason
from results.enums import MeasureKind
from results.models import BenefitGroup, Observation, OutsideFigure, ResultComment, SeriesBreak
from results.periods import Period, quarter, year
from results.queries.live import live_observations


def figures_of(question: Question, period: Period) -> list[Observation]:
    """Return the live figures of the scope, newest first, with names; two queries."""
    rows = live_observations(
        [question.measure],
        period=period,
        framework=question.framework,
        lot=question.lot,
        include_unvalidated=question.include_unvalidated,
    )
    return list(rows.filter(service=None, supplier__isnull=False))


def composites() -> dict[int, frozenset[int]]:
    """Return what composite benefit groups consist of, by id; one query."""
    return once("composites", BenefitGroup.objects.parts_of_composites)


def previous(period: Period) -> Period:
    """Return the period of the same kind before: the year, the quarter, or as many days."""
    before = period.start - dt.timedelta(days=1)
    if period == year(period.start.year):
        return year(before.year)
    number = (period.start.month + 2) // 3
    if period == quarter(period.start.year, number):
        return quarter(before.year, (before.month + 2) // 3)
    return Period(before - (period.end - period.start), before)


def breaks(question: Question, *, since: dt.date, until: dt.date, groups: Iterable[int]) -> list[SeriesBreak]:
    """Return the breaks that take effect after `since` and not after `until`; one query.

    One that concerns other measures, or other benefit groups than those given, is left out.
    """
    rows = SeriesBreak.objects.filter(takes_effect_on__gt=since, takes_effect_on__lte=until)
    rows = rows.filter(Q(measures=None) | Q(measures=question.measure))
    wanted = {*groups}
    if wanted:
        rows = rows.filter(Q(benefit_groups=None) | Q(benefit_groups__in=wanted))
    return list(rows.order_by("takes_effect_on", "pk").distinct())


def break_reason(found: SeriesBreak) -> Reason:
    return why.series_break(found.name, on=found.takes_effect_on, explanation=found.explanation)


def comments(question: Question) -> dict[int, Comment]:
    """Return comments on the figures by the id of the supplier that stands for their author's today; one query."""
    rows = ResultComment.objects.of_period(question.period).filter(
        measure=question.measure, framework=question.framework_id, lot=question.lot.pk if question.lot else None
    )
    found: dict[int, Comment] = {}
    for row in rows.select_related("supplier").order_by("written_at", "pk"):
        written_on = timezone.localdate(row.written_at)
        found[row.supplier.survivor_id] = Comment(row.text, written_on, row.is_on_behalf, row.pk)
    return found


def contracts_in(question: Question) -> list[Contract]:
    """Return the contracts of the scope that had courses on some day of the period, with supplier and lot; one query."""
    period = question.period
    rows = Contract.objects.select_related("supplier", "lot").annotate(
        last_day=Coalesce("run_off_ends_on", "effective_ends_on")
    )
    if question.lot:
        rows = rows.filter(lot=question.lot)
    elif question.framework:
        rows = rows.filter(lot__framework=question.framework)
    running = Q(last_day__isnull=True) | Q(last_day__gte=period.start)
    found: Iterable[Contract] = rows.filter(running, starts_on__lte=period.end).order_by("pk")  # type: ignore[assignment]
    return list(found)


def referrals(question: Question) -> dict[int, Referrals]:
    """Return referrals of the period against those expected, by the supplier that stands for the contract's; three queries."""
    contracts = contracts_in(question)
    if not contracts:
        return {}
    of_supplier: dict[int, list[ContractSpend]] = defaultdict(list)
    for each in contract_spend(contracts, today=question.period.end, since=question.period.start):
        of_supplier[each.contract.supplier.survivor_id].append(each)
    return {pk: _added(rows) for pk, rows in of_supplier.items()}


def context(question: Question, groups: Iterable[BenefitGroup | None]) -> tuple[ContextLine, ...]:
    """Return the figures from outside that stand beside the measure, period and benefit groups; one query."""
    rows = OutsideFigure.objects.of_period(question.period).filter(measure=question.measure)
    shown = {group.pk for group in groups if group is not None}
    rows = rows.filter(Q(benefit_group=None) | Q(benefit_group__in=shown)).select_related("benefit_group")
    return tuple(
        ContextLine(row.what, row.area, row.share, row.period, row.source, row.retrieved_on, row.benefit_group)
        for row in rows.order_by("area", "what", "pk")
    )


def counts_beside(question: Question) -> list[Observation]:
    """Return the newest counts of the scope, or of everything, as persons in courses since a date; two queries."""
    lot, framework = question.lot.pk if question.lot else None, question.framework_id
    rows = Observation.objects.live().filter(
        Q(framework=framework, lot=lot) | Q(framework=framework, lot=None) | Q(framework=None, lot=None),
        measure_version__measure__kind=MeasureKind.COUNT,
        supplier=None,
        benefit_group=None,
        service=None,
    )
    found: dict[tuple[object, ...], Observation] = {}
    for each in rows.with_names().order_by("-period_end", "-delivery__extracted_on", "-delivery_id", "pk"):
        key = (each.measure_version.measure_id, each.unit, each.dimension_ids)
        found.setdefault(key, each)
    return sorted(found.values(), key=lambda each: (each.measure_version.measure.order, each.pk))


def _added(rows: Sequence[ContractSpend]) -> Referrals:
    known = [row.referrals for row in rows if row.referrals is not None]
    expected = [row.expected for row in rows if row.expected is not None]
    since = min((row.since for row in rows if row.since), default=None)
    until = max((row.until for row in rows if row.until), default=None)
    return Referrals(sum(known) if known else None, sum(expected, Decimal(0)) if expected else None, since, until)
