"""Put a comparison together from figures that are already fetched. No database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from results.comparison import reasons as why
from results.comparison.enums import DEVIATES, MUCH_PENDING, Reference, size_of
from results.comparison.judging import (
    Judged,
    has_reference,
    is_all_alike,
    judge,
    target_stratum,
)
from results.comparison.means import mean_of
from results.comparison.model import GroupLine, GroupSummary, SupplierLine
from results.comparison.reasons import Reason
from results.models import BenefitGroup, Observation
from results.statistics import Interval, Overdispersion, Stratum, overdispersion, rank_intervals

GroupKey = int | None
Counts = tuple[int, int]  # outcomes, base


@dataclass(frozen=True)
class Yardstick:
    """What each supplier's groups are held against: the other figures of now, those of before, or a target."""

    reference: Reference
    target: float | None = None
    earlier: Mapping[tuple[int, GroupKey], Counts] | None = None  # by supplier (today's) and group
    earlier_figures: tuple[Observation, ...] = ()

    def rests_on(self, figure: Observation, beside: Iterable[Observation]) -> tuple[Observation, ...]:
        """Return what a judgement of the figure could tell of; `beside` are the figures of all suppliers in its group."""
        if self.reference == Reference.TARGET:
            return (figure,)
        if self.reference == Reference.PREVIOUS:
            return (figure, *(each for each in self.earlier_figures if _key(each) == _key(figure)))
        return tuple(beside)

    def stratum(self, figure: Observation, everybody: Counts, name: str) -> Stratum:
        """Return the supplier's group beside its reference; `everybody` is the group's sum over all suppliers."""
        x, n = counts_of(figure)
        if self.reference == Reference.TARGET:
            return target_stratum(x, n, self.target or 0.0, name=name)
        if self.reference == Reference.PREVIOUS:
            before = (self.earlier or {}).get(_key(figure), (0, 0))
            return Stratum(x, n, *before, name)
        return Stratum(x, n, everybody[0] - x, everybody[1] - n, name)


def _key(figure: Observation) -> tuple[int, GroupKey]:
    return (figure.supplier.survivor_id if figure.supplier else 0, figure.benefit_group_id)


def previous_yardstick(figures: Iterable[Observation]) -> Yardstick:
    """Hold each supplier against its own figures of before; those of suppliers that are one today are added up."""
    rows = tuple(figures)
    found: dict[tuple[int, GroupKey], Counts] = defaultdict(lambda: (0, 0))
    for each in rows:
        x, n = counts_of(each)
        found[_key(each)] = (found[_key(each)][0] + x, found[_key(each)][1] + n)
    return Yardstick(Reference.PREVIOUS, earlier=dict(found), earlier_figures=rows)


def assemble(
    figures: Iterable[Observation],
    yardstick: Yardstick,
    *,
    composites: Mapping[int, frozenset[int]],
    only_group: BenefitGroup | None = None,
    with_places: bool = False,
) -> tuple[tuple[SupplierLine, ...], tuple[GroupSummary, ...]]:
    """Return a line for each supplier, by name, and a summary of each benefit group, in their order.

    Takes figures of suppliers, of one definition, unit, period and scope, each once. A composite group stands for its parts
    where both are given. Figures without outcomes are counts or means: nothing is judged of them.
    """
    given = [figure for figure in figures if figure.supplier_id and _says_something(figure)]
    divided = outermost([each for each in given if each.benefit_group_id], composites)
    if only_group is not None:
        divided = [each for each in given if each.benefit_group_id == only_group.pk]
    totals = {each.supplier_id: each for each in given if not each.benefit_group_id}
    is_divided = bool(divided)
    parts = divided if is_divided else list(totals.values())
    beside = by_group(parts)
    by_supplier: dict[int, list[Observation]] = defaultdict(list)
    for each in sorted(parts, key=_group_order):
        by_supplier[each.supplier_id or 0].append(each)
    if only_group is None:
        for pk in totals:
            by_supplier.setdefault(pk or 0, [])
    lines = [
        _supplier_line(rows, None if only_group else totals.get(pk), beside, yardstick)
        for pk, rows in by_supplier.items()
    ]
    lines.sort(key=lambda line: (line.label.casefold(), line.supplier.pk if line.supplier else 0))
    placed = _placed(lines) if with_places else lines
    return tuple(placed), tuple(_summaries(beside, yardstick))


def outermost(figures: Sequence[Observation], composites: Mapping[int, frozenset[int]]) -> list[Observation]:
    """Leave out figures of a group that is part of another one that the same supplier has, so that nobody counts twice."""
    had: dict[int, set[int]] = defaultdict(set)
    for each in figures:
        had[each.supplier_id or 0].add(each.benefit_group_id or 0)
    inside = {pk: {part for whole in groups for part in composites.get(whole, ())} for pk, groups in had.items()}
    return [each for each in figures if each.benefit_group_id not in inside[each.supplier_id or 0]]


def by_group(figures: Iterable[Observation]) -> dict[GroupKey, tuple[Observation, ...]]:
    """Return the figures of each group, in the order of the groups."""
    found: dict[GroupKey, list[Observation]] = defaultdict(list)
    for each in sorted(figures, key=_group_order):
        found[each.benefit_group_id].append(each)
    return {key: tuple(rows) for key, rows in found.items()}


def sum_of(figures: Iterable[Observation]) -> Counts:
    """Return outcomes and base of several figures: sums, never means of shares."""
    counted = [counts_of(each) for each in figures]
    return sum(x for x, _n in counted), sum(n for _x, n in counted)


def counts_of(figure: Observation) -> Counts:
    """Return outcomes and base; a count has no outcomes and a mean no base."""
    return (figure.outcomes or 0, figure.denominator or 0)


def group_label(group: BenefitGroup | None) -> str:
    return str(group) if group else _("All citizens")


def _group_order(figure: Observation) -> tuple[int, str, int]:
    group = figure.benefit_group
    return (group.order, group.name, group.pk) if group else (-1, "", 0)


def _supplier_line(
    rows: Sequence[Observation],
    total: Observation | None,
    beside: Mapping[GroupKey, tuple[Observation, ...]],
    yardstick: Yardstick,
) -> SupplierLine:
    lines = tuple(_group_line(row, beside[row.benefit_group_id], yardstick) for row in rows)
    first = (total or rows[0]).supplier
    if first is None:
        raise ValueError(f"a figure of no supplier cannot be compared: {rows or total}")
    strata = [
        yardstick.stratum(row, sum_of(beside[row.benefit_group_id]), group_label(row.benefit_group)) for row in rows
    ]
    judged, notes = _overall(strata, lines, total, yardstick)
    counted = [total] if total else list(rows)
    pending = [each.pending for each in counted if each.pending is not None]
    return SupplierLine(
        label=first.name_then_and_now,
        supplier=first,
        groups=lines,
        total=total,
        judged=judged,
        reasons=notes,
        pending=sum(pending) if pending else None,
        mean=mean_of(total or (rows[0] if len(rows) == 1 else None)),
        rests_on=tuple(dict.fromkeys(each for line in lines for each in line.rests_on)),
    )


def _overall(
    strata: Sequence[Stratum], lines: Sequence[GroupLine], total: Observation | None, yardstick: Yardstick
) -> tuple[Judged, tuple[Reason, ...]]:
    counted = [total] if total else [line.observation for line in lines if line.observation]
    x, n = sum_of(counted)
    if not _has_outcomes(counted):
        return _counted(counted), _few_answers(counted)
    if not strata:
        alone = Stratum(x, n, 0, 0, group_label(None))
        return judge([alone], yardstick.reference), tuple(_left_out([alone], yardstick))
    judged = judge(strata, yardstick.reference, base=n, outcomes=x)
    notes = [*why.of_size(judged.size, n), *_left_out(strata, yardstick), *_pending(counted)]
    if lines[0].group is None:
        notes.append(why.not_divided())
    above, below = _sides(lines)
    if above and below:
        notes.append(why.opposite(above, below))
        judged = without_ratio(judged)
    return judged, tuple(notes)


def _sides(lines: Iterable[GroupLine]) -> tuple[list[str], list[str]]:
    """Return the groups that deviate upwards, and those that deviate downwards."""
    deviating = [line for line in lines if line.judged.verdict in DEVIATES]
    above = [line.label for line in deviating if line.judged.is_above]
    return above, [line.label for line in deviating if line.judged.is_above is False]


def _group_line(figure: Observation, beside: tuple[Observation, ...], yardstick: Yardstick) -> GroupLine:
    label = group_label(figure.benefit_group)
    if not _has_outcomes([figure]):
        notes = _few_answers([figure])
        return GroupLine(label, figure.benefit_group, figure, _counted([figure]), notes, mean=mean_of(figure))
    stratum = yardstick.stratum(figure, sum_of(beside), label)
    judged = judge([stratum], yardstick.reference)
    told = [*why.of_size(judged.size, stratum.trials), *_left_out([stratum], yardstick), *_pending([figure])]
    rests_on = yardstick.rests_on(figure, beside)
    return GroupLine(label, figure.benefit_group, figure, judged, tuple(told), rests_on)


def without_ratio(judged: Judged) -> Judged:
    """Return the figure without what it is held against: n, outcomes and share stand."""
    return Judged(judged.base, judged.outcomes, judged.size, judged.share, judged.interval)


def _counted(figures: Sequence[Observation]) -> Judged:
    """Return the base alone: the sum, None where one of the figures has none."""
    base = None if any(each.denominator is None for each in figures) else sum_of(figures)[1]
    return Judged(base, 0, size_of(base or 0), None, Interval(None, None))


def _few_answers(figures: Sequence[Observation]) -> tuple[Reason, ...]:
    """Say why a mean of so few answers is not shown, or that it is a mean of few."""
    if any(each.mean is None or each.denominator is None for each in figures):
        return ()
    return why.of_answers(size_of(sum_of(figures)[1]))


def _says_something(figure: Observation) -> bool:
    return figure.denominator is not None or figure.mean is not None


def _has_outcomes(figures: Iterable[Observation | None]) -> bool:
    return any(each is not None and each.outcomes is not None for each in figures)


def _left_out(strata: Sequence[Stratum], yardstick: Yardstick) -> list[Reason]:
    """Name the groups that tell nothing, and why."""
    filled = [stratum for stratum in strata if stratum.trials]
    alone = [each.name for each in filled if not has_reference(each)]
    alike = [each.name for each in filled if has_reference(each) and is_all_alike(each, yardstick.reference)]
    found = [why.no_reference(alone, what=str(yardstick.reference.label))] if alone else []
    return [*found, why.all_alike(alike)] if alike else found


def _pending(figures: Iterable[Observation]) -> list[Reason]:
    known = [each for each in figures if each.pending is not None]
    pending, base = sum(each.pending or 0 for each in known), sum(each.denominator or 0 for each in known)
    is_much = pending and pending >= MUCH_PENDING * (pending + base)
    return [why.of_pending(pending, base)] if is_much else []


def _placed(lines: Sequence[SupplierLine]) -> list[SupplierLine]:
    """Add the interval of places that each supplier may have by its share; only those with a share have one."""
    ranked = [line for line in lines if line.judged.share is not None]
    if len(ranked) < 2:
        return list(lines)
    hits, trials = [line.judged.outcomes or 0 for line in ranked], [line.judged.base or 0 for line in ranked]
    places = rank_intervals(hits, trials, simultaneous=True)
    found = {id(line): place for line, place in zip(ranked, places, strict=True)}
    return [replace(line, place=found.get(id(line))) for line in lines]


def _summaries(beside: Mapping[GroupKey, tuple[Observation, ...]], yardstick: Yardstick) -> Iterable[GroupSummary]:
    for rows in beside.values():
        hits, trials = sum_of(rows)
        pooled = hits / trials if trials and _has_outcomes(rows) else None
        yield GroupSummary(
            label=group_label(rows[0].benefit_group),
            group=rows[0].benefit_group,
            suppliers=len(rows),
            base=trials,
            outcomes=hits,
            reference=yardstick.target if yardstick.reference == Reference.TARGET else pooled,
            overdispersion=spread(rows) if pooled is not None else None,
            rests_on=rows,
        )


def spread(rows: Sequence[Observation]) -> Overdispersion | None:
    """Return how much suppliers of one group differ beyond chance; None with fewer than two, or when all did alike."""
    counted = [counts_of(row) for row in rows if row.denominator]
    hits, trials = sum(x for x, _n in counted), sum(n for _x, n in counted)
    if len(counted) < 2 or hits in (0, trials):
        return None
    return overdispersion([x for x, _n in counted], [n for _x, n in counted])
