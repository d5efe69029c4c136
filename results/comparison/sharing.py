"""A comparison for a supplier's own eyes: its own figures, and of the others what its contracts share (decision 15)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from contracts.enums import SharingLevel
from contracts.models import Contract
from results.comparison import fetching
from results.comparison import reasons as why
from results.comparison.assembling import GroupKey, outermost, sum_of
from results.comparison.choosing import choose
from results.comparison.comparing import assembled, earlier_of
from results.comparison.model import Comparison, Question, SupplierLine
from results.comparison.sight import POOLED, Sight, sight_of
from results.comparison.veiling import veil_lines, veil_summaries
from results.disclosure import is_small, supplier_audience
from results.enums import MeasureKind
from results.models import Observation
from results.queries.siblings import with_siblings
from suppliers.models import Supplier

FEWEST_BEHIND = 3
OPENNESS = (SharingLevel.NONE, SharingLevel.POOLED, SharingLevel.UNNAMED, SharingLevel.NAMED)


@dataclass(frozen=True)
class OwnView:
    """What a supplier sees. `level` is what its contracts share; `others` how many suppliers stand behind what it sees."""

    comparison: Comparison
    own: tuple[SupplierLine, ...]
    level: SharingLevel
    others: int


@dataclass(frozen=True)
class Shared:
    """What the contracts of a scope let a supplier see: the level, and whose figures."""

    level: SharingLevel
    suppliers: frozenset[int]  # ids of those that stand for them today


def comparison_for_supplier(supplier: Supplier, question: Question) -> OwnView:
    """Return the comparison that a supplier may see; at most 24 queries.

    Whoever calls has made sure that the reader may act for the supplier. Unnamed and pooled others are shown only where at least
    three stand behind each number; nothing of them, not even what is expected, is shown without. Numbers are validated ones, and
    those hidden from the public are hidden here, the supplier's own aside. Lines of others carry no observations, and those of
    unnamed and pooled ones no supplier.
    """
    audience = supplier_audience(supplier)
    asked = replace(question, supplier=supplier, include_unvalidated=False, audience=audience, with_places=False)
    shared = shared_with(supplier, fetching.contracts_in(asked))
    chosen = choose(_own_first(fetching.figures_of(asked, asked.period), supplier), asked)
    own = [each for each in chosen.figures if _today(each) == supplier.survivor_id]
    others = [each for each in chosen.figures if _today(each) in shared.suppliers]
    kept = behind_enough(others, fetching.composites(), shared.level)
    is_pool_of_means = shared.level == SharingLevel.POOLED and asked.measure.kind == MeasureKind.MEAN
    kept = [] if is_pool_of_means else kept
    behind = len({_today(each) for each in kept})
    notes = []
    if is_pool_of_means:
        notes.append(why.means_not_pooled())
    elif shared.level == SharingLevel.NONE:
        notes.append(why.not_shared())
    elif not kept:
        notes.append(why.few_behind(len({_today(each) for each in others})))
    earlier, earlier_notes = earlier_of(asked, chosen)
    seen = {_today(each) for each in (*own, *kept)} if shared.level != SharingLevel.POOLED else {supplier.survivor_id}
    earlier = [each for each in earlier if _today(each) in seen]
    rows = pooled(kept) if shared.level == SharingLevel.POOLED else kept
    found = assembled(asked, replace(chosen, reasons=()), [*own, *rows], earlier, (*notes, *earlier_notes))
    sight = _sight(asked, own, [*kept, *earlier], rows, shared.level)
    return _own_view(found, sight, shared.level, supplier, behind)


def shared_with(supplier: Supplier, contracts: Iterable[Contract]) -> Shared:
    """Return the least open level of the supplier's contracts, and the others whose lots are all among its own.

    A figure of a framework holds what a supplier did in all its lots: one that also works in a lot in which the viewer does not
    is left out.
    """
    lots: dict[int, set[int]] = defaultdict(set)
    own_levels = []
    for contract in contracts:
        today = contract.supplier.survivor_id
        lots[today].add(contract.lot_id)
        if today == supplier.survivor_id:
            own_levels.append(SharingLevel(contract.sharing_level))
    own = lots.pop(supplier.survivor_id, set())
    level = min(own_levels, key=OPENNESS.index, default=SharingLevel.NONE)
    if level == SharingLevel.NONE:
        return Shared(level, frozenset())
    return Shared(level, frozenset(pk for pk, theirs in lots.items() if theirs <= own))


def behind_enough(
    figures: Sequence[Observation], composites: dict[int, frozenset[int]], level: SharingLevel
) -> list[Observation]:
    """Return the others' figures that have enough suppliers behind them.

    Without names a benefit group needs three; a supplier's total is left out when one of its groups is, and everybody's when they
    are to be pooled, since the rest would tell. By name all are shown.
    """
    if level == SharingLevel.NAMED:
        return list(figures)
    groups = outermost([each for each in figures if each.benefit_group_id], composites)
    behind: dict[GroupKey, set[int]] = defaultdict(set)
    for each in groups:
        behind[each.benefit_group_id].add(_today(each))
    enough = {group for group, suppliers in behind.items() if len(suppliers) >= FEWEST_BEHIND}
    kept = [each for each in groups if each.benefit_group_id in enough]
    lacking = {_today(each) for each in groups if each.benefit_group_id not in enough}
    totals = [each for each in figures if not each.benefit_group_id]
    if level == SharingLevel.POOLED and lacking:
        totals = []
    totals = [each for each in totals if _today(each) not in lacking]
    if len({_today(each) for each in totals}) < FEWEST_BEHIND:
        totals = []
    return [*kept, *totals]


def pooled(figures: Sequence[Observation]) -> list[Observation]:
    """Return one figure for each benefit group, and for all, in the name of the others together; never saved."""
    by_group: dict[GroupKey, list[Observation]] = defaultdict(list)
    for each in figures:
        by_group[each.benefit_group_id].append(each)
    name = Supplier(pk=POOLED, name=str(_("The others together")))
    return [_pool(rows, name, place) for place, rows in enumerate(by_group.values(), start=1)]


def _pool(rows: Sequence[Observation], name: Supplier, place: int) -> Observation:
    first, (outcomes, base) = rows[0], sum_of(rows)
    return Observation(
        pk=-place,
        delivery=first.delivery,
        measure_version=first.measure_version,
        unit=first.unit,
        period_start=first.period_start,
        period_end=first.period_end,
        framework=first.framework,
        lot=first.lot,
        supplier=name,
        benefit_group=first.benefit_group,
        denominator=base,
        outcomes=None if first.outcomes is None else outcomes,
    )


def _sight(
    question: Question,
    own: Sequence[Observation],
    others: Sequence[Observation],
    rows: Sequence[Observation],
    level: SharingLevel,
) -> Sight:
    """Return what the supplier sees: a pool is hidden when it is small, or when the sum of all suppliers is hidden."""
    if level != SharingLevel.POOLED:
        return sight_of([*own, *others], question.audience)
    beside = with_siblings([*own, *others])
    sight = sight_of(beside, question.audience)
    everybody = [each for each in beside if each.supplier_id is None and not each.service_id and _same_scope(each, own)]
    told = {each.benefit_group_id for each in everybody if sight.hides_any([each])}
    hidden = {each.benefit_group_id for each in rows if is_small(each) or each.benefit_group_id in told}
    return replace(sight, hidden_pools=frozenset(hidden | ({None} if hidden else set())))


def _same_scope(figure: Observation, own: Sequence[Observation]) -> bool:
    return any(_scope(figure) == _scope(each) for each in own)


def _scope(figure: Observation) -> tuple[object, ...]:
    return (figure.measure_version_id, figure.unit, figure.period, figure.framework_id, figure.lot_id)


def _own_view(found: Comparison, sight: Sight, level: SharingLevel, supplier: Supplier, behind: int) -> OwnView:
    lines = veil_lines(found.lines, sight)
    own = [line for line in lines if line.supplier and line.supplier.survivor_id == supplier.survivor_id]
    others = [line for line in lines if line not in own]
    if level == SharingLevel.UNNAMED:
        others = _without_names(others)
    elif level == SharingLevel.POOLED:
        others = [replace(line, supplier=None) for line in others]
    sent, said = fetching.referrals(found.question), fetching.comments(found.question)
    key = supplier.survivor_id
    own = [replace(_of_itself(line), referrals=sent.get(key), comment=said.get(key)) for line in own]
    seen = replace(
        found,
        lines=(*own, *map(_without_figures, others)),
        groups=tuple(replace(each, rests_on=(), overdispersion=None) for each in veil_summaries(found.groups, sight)),
        context=fetching.context(found.question, [group.group for group in found.groups]),
        earlier=(),
    )
    return OwnView(seen, tuple(own), level, behind)


def _without_names(lines: Iterable[SupplierLine]) -> list[SupplierLine]:
    """Number the others from the largest: an order by name would tell who is who."""
    by_size = sorted(lines, key=lambda line: (-(line.judged.base or 0), line.supplier.pk if line.supplier else 0))
    label = _("Other supplier %(number)s")
    return [
        replace(line, label=label % {"number": number}, supplier=None) for number, line in enumerate(by_size, start=1)
    ]


def _without_figures(line: SupplierLine) -> SupplierLine:
    """Return another's line without the figures behind it, which hold what is hidden, and whose they are."""
    groups = tuple(replace(group, observation=None, rests_on=()) for group in line.groups)
    return replace(line, groups=groups, total=None, rests_on=())


def _of_itself(line: SupplierLine) -> SupplierLine:
    """Return the supplier's own line without the others' figures that it is held against."""
    return replace(line, groups=tuple(replace(group, rests_on=()) for group in line.groups), rests_on=())


def _own_first(figures: Sequence[Observation], supplier: Supplier) -> list[Observation]:
    """The definition is that of the supplier's own newest figures; the order within each supplier stays."""
    return sorted(figures, key=lambda each: _today(each) != supplier.survivor_id)


def _today(figure: Observation) -> int:
    return figure.supplier.survivor_id if figure.supplier else 0
