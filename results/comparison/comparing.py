"""The comparison itself: fetched, assembled and decided upon. A constant number of queries, whatever the number of rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from results.comparison import fetching
from results.comparison import reasons as why
from results.comparison.assembling import Yardstick, assemble, previous_yardstick, without_ratio
from results.comparison.choosing import Chosen, choose, same_definition
from results.comparison.enums import Reference
from results.comparison.means import has_unknown_answers, has_unknown_spread
from results.comparison.model import Comparison, Question, SupplierLine
from results.comparison.reasons import Reason
from results.comparison.sight import sight_of
from results.comparison.veiling import veil_lines, veil_summaries
from results.enums import MeasureKind
from results.models import Observation


def compare(question: Question) -> Comparison:
    """Return what a reader sees of one measure, scope and period; at most 17 queries.

    Figures are the newest live ones of one definition, unit and validation status; those of another are named among the reasons,
    never mixed in. Nothing of a comparison is a ranking: lines stand by name.
    """
    chosen = choose(fetching.figures_of(question, question.period), question)
    earlier, notes = earlier_of(question, chosen)
    found = assembled(question, chosen, chosen.figures, earlier, notes)
    shown = [each for line in found.lines for each in line.observations]
    sight = sight_of([*shown, *earlier], question.audience)
    return replace(
        found,
        lines=veil_lines(_with_facts(found.lines, question), sight),
        groups=veil_summaries(found.groups, sight),
        context=fetching.context(question, [group.group for group in found.groups]),
    )


def assembled(
    question: Question,
    chosen: Chosen,
    figures: Iterable[Observation],
    earlier: Sequence[Observation],
    notes: Iterable[Reason] = (),
) -> Comparison:
    """Return the comparison of some of the chosen figures, nothing veiled yet; two queries."""
    lines, groups = assemble(
        figures,
        _yardstick(question, earlier),
        composites=fetching.composites(),
        only_group=question.benefit_group,
        with_places=question.with_places,
    )
    shown = [each for line in lines for each in line.observations]
    broken = _broken(question, shown) if shown else []
    if broken and question.reference == Reference.PREVIOUS:
        lines = tuple(_unjudged(line) for line in lines)
    definition = chosen.definition
    return Comparison(
        question=question,
        version=definition.version if definition else None,
        unit=definition.unit if definition else None,
        is_validated=definition is None or definition.is_validated,
        lines=lines,
        groups=groups,
        reasons=(*_general(chosen), *chosen.reasons, *notes, *broken),
        earlier=tuple(earlier),
    )


def earlier_of(question: Question, chosen: Chosen) -> tuple[list[Observation], list[Reason]]:
    """Return the figures of the previous period, when those are the reference; those of another definition are not."""
    if question.reference != Reference.PREVIOUS or chosen.definition is None:
        return [], []
    found = fetching.figures_of(question, fetching.previous(question.period))
    same = same_definition(found, chosen.definition)
    if found and not same and found[0].measure_version_id != chosen.definition.version.pk:
        ours = chosen.definition.version
        return [], [why.other_definition_before(theirs=found[0].measure_version, ours=ours)]
    return same, []


def _yardstick(question: Question, earlier: Sequence[Observation]) -> Yardstick:
    if question.reference == Reference.PREVIOUS:
        return previous_yardstick(earlier)
    return Yardstick(question.reference, question.target)


def _broken(question: Question, figures: Iterable[Observation]) -> list[Reason]:
    """Return the breaks within the period or, held against the one before, since that began."""
    since = question.period.start
    if question.reference == Reference.PREVIOUS:
        since = fetching.previous(question.period).start
    groups = {each.benefit_group_id for each in figures if each.benefit_group_id}
    found = fetching.breaks(question, since=since, until=question.period.end, groups=groups)
    return [fetching.break_reason(each) for each in found]


def _unjudged(line: SupplierLine) -> SupplierLine:
    """A break by law lies between the two periods: each is shown, and neither is held against the other."""
    groups = tuple(replace(group, judged=without_ratio(group.judged)) for group in line.groups)
    return replace(line, groups=groups, judged=without_ratio(line.judged))


def _general(chosen: Chosen) -> Iterable[Reason]:
    definition = chosen.definition
    if definition is None:
        return
    yield from _of_kind(chosen)
    if not definition.is_validated:
        yield why.unvalidated_shown()
    if definition.version.counts_unripe_as_no_outcome:
        yield why.unripe_counted(definition.version)


def _of_kind(chosen: Chosen) -> Iterable[Reason]:
    """Say what a measure that is no share cannot tell."""
    kind = chosen.definition and chosen.definition.version.measure.kind
    if kind == MeasureKind.COUNT:
        yield why.not_a_share()
    if kind == MeasureKind.MEAN:
        yield why.mean_is_shown()
        if has_unknown_answers(chosen.figures):
            yield why.answers_unknown()
        if has_unknown_spread(chosen.figures):
            yield why.spread_unknown()


def _with_facts(lines: Iterable[SupplierLine], question: Question) -> tuple[SupplierLine, ...]:
    """Add what each supplier has been sent, and what it says itself."""
    rows = tuple(lines)
    if not rows:
        return ()
    sent, said = fetching.referrals(question), fetching.comments(question)
    return tuple(
        replace(line, referrals=sent.get(line.supplier.survivor_id), comment=said.get(line.supplier.survivor_id))
        if line.supplier
        else line
        for line in rows
    )
