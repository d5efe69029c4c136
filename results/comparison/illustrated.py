"""A comparison as pictures: what `results.pictures` draws is made here of the same numbers that the table prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from results.comparison import printed
from results.comparison.enums import Reference
from results.comparison.model import Comparison, GroupLine, GroupSummary, SupplierLine
from results.comparison.series import TimeLine
from results.enums import MeasureKind
from results.models import Observation
from results.pictures import (
    About,
    Amount,
    Break,
    CaseMix,
    Figure,
    Forest,
    ForestRow,
    Funnel,
    FunnelPoint,
    Mix,
    Outside,
    OverTime,
    Series,
    TimePoint,
    case_mix_figure,
    forest_figure,
    funnel_figure,
    over_time_figure,
    words,
)
from results.pictures import Reference as Drawn
from results.pictures.parts import Order

Line = SupplierLine | GroupLine
FEWEST_SUPPLIERS = 2
FEWEST_PERIODS = 3
MOST_ROWS = 40  # of a forest
# as all words of pictures, these are frozen with a paper and do not follow the reader's language
ALONE = "Der er ingen billeder af sammenligningen, fordi kun én leverandør har tal."


class Marks:
    """Says what of a line is hidden from its reader, and what it rests on; a paper has its own, for those outside."""

    def hides_base(self, line: Line) -> bool:
        return line.veil.base

    def hides_outcomes(self, line: Line) -> bool:
        return line.veil.outcomes

    def hides_judgement(self, line: Line) -> bool:
        return line.veil.judgement

    def hides_group(self, group: GroupSummary) -> bool:
        return group.veil.outcomes

    def evidence(self, figures: Iterable[Observation]) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True)
class Pictures:
    """The pictures of one comparison; one that would show nothing is left out, and `notes` say which and why."""

    funnels: tuple[Figure, ...] = ()
    forests: tuple[Figure, ...] = ()
    case_mix: Figure | None = None
    notes: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[Figure, ...]:
        return (*self.funnels, *self.forests, *([self.case_mix] if self.case_mix else []))


def pictures_of(found: Comparison, *, anchor: str, marks: Marks | None = None) -> Pictures:
    """Return the pictures of a comparison of shares; none of a count or a mean, or of one supplier alone."""
    marks = marks or Marks()
    if found.kind != MeasureKind.SHARE or not found.lines:
        return Pictures()
    if len(found.lines) < FEWEST_SUPPLIERS:
        return Pictures(notes=(ALONE,))
    funnels = list(_funnels(found, anchor, marks))
    return Pictures(
        funnels=tuple(funnel_figure(funnel) for _group, funnel in funnels if not _why_not(funnel)),
        forests=tuple(_forests(found, anchor, marks)),
        case_mix=_case_mix(found, anchor, marks),
        notes=tuple(_left_out(funnels)),
    )


def series_picture(found: Comparison, line: TimeLine, *, anchor: str) -> Figure | None:
    """Return the small multiples of a time line; None with fewer than three periods."""
    if len(line.periods) < FEWEST_PERIODS or not line.series:
        return None
    return over_time_figure(
        OverTime(
            _about(found, f"{anchor}-tid", population=line.group, period=""),
            tuple(period.label for period in line.periods),
            tuple(
                Series(
                    each.label,
                    tuple(
                        TimePoint(
                            point.period.label,
                            Amount(point.base, point.is_base_hidden),
                            Amount(point.outcomes, point.is_hidden),
                            point.definition,
                        )
                        for point in each.points
                    ),
                    is_own=each.is_own,
                )
                for each in line.series
            ),
            tuple(Break(period.label, reason) for period, reason in line.breaks),
            kind="p",
        )
    )


def _about(found: Comparison, anchor: str, *, population: str, period: str) -> About:
    question = found.question
    scope = ", ".join(each for each in (population, question.scope) if each)
    unit = str(found.unit.label) if found.unit else ""
    source = "; ".join(dict.fromkeys(each.source for each in found.deliveries))
    return About(anchor, question.measure.name, scope, period, unit, source)


def _funnels(found: Comparison, anchor: str, marks: Marks) -> Iterator[tuple[str, Funnel]]:
    for number, group in enumerate(found.groups, start=1):
        lines = [(line, each) for line in found.lines for each in line.groups if each.group == group.group]
        points = tuple(
            FunnelPoint(line.label, _base(each, marks), _outcomes(each, marks), is_own=_is_own(found, line))
            for line, each in lines
        )
        about = _about(found, f"{anchor}-tragt-{number}", population=group.label, period=found.question.period.label)
        yield group.label, Funnel(about, points, _reference(found, group, marks), _outside(found, group))


def _why_not(funnel: Funnel) -> str:
    """Return why a funnel would be one without limits, or without anybody between them; "" when it is a funnel."""
    share = funnel.reference.share if funnel.reference else None
    if len(funnel.points) < FEWEST_SUPPLIERS:
        return "kun én leverandør har tal der."
    if share is None or not funnel.drawn:
        return "nogle af tallene er skjult eller handler om få, så der er ingen grænser at tegne."
    return "alle eller ingen har resultatet, så der er ingen grænser at tegne." if share in {0, 1} else ""


def _left_out(funnels: Iterable[tuple[str, Funnel]]) -> Iterator[str]:
    """Yield a sentence for each reason, naming its benefit groups."""
    why: dict[str, list[str]] = {}
    for group, funnel in funnels:
        if reason := _why_not(funnel):
            why.setdefault(reason, []).append(group)
    yield from (f"Der er ingen tragt for {words.listed(names)}: {reason}" for reason, names in why.items())


def _reference(found: Comparison, group: GroupSummary, marks: Marks) -> Drawn | None:
    """The line of a funnel is all suppliers together, or the target; the table says what each is tested against."""
    if found.question.reference == Reference.TARGET:
        return Drawn(printed.reference_name(found), target=found.question.target)
    is_hidden, evidence = marks.hides_group(group), marks.evidence(group.rests_on)
    base, outcomes = Amount(group.base, is_hidden, evidence), Amount(group.outcomes, is_hidden, evidence)
    return Drawn("Alle leverandører", base, outcomes)


def _outside(found: Comparison, group: GroupSummary) -> Outside | None:
    """Only one line of context fits a picture, and only one about the same group; all of them stand below it."""
    line = next((each for each in found.context if each.group == group.group), None)
    return Outside(f"{line.area}: {line.label}", line.share) if line else None


def _forests(found: Comparison, anchor: str, marks: Marks) -> Iterator[Figure]:
    """Yield one picture of all groups, or one of each where so many rows would not fit a page."""
    rows = _forest_rows(found, marks)
    if len(rows) < FEWEST_SUPPLIERS:
        return
    groups = list(dict.fromkeys(row.group for row in rows)) if len(rows) > MOST_ROWS else [""]
    for number, group in enumerate(groups, start=1):
        name = f"{anchor}-forhold" if number == 1 else f"{anchor}-forhold-{number}"
        about = _about(found, name, population=group, period=found.question.period.label)
        shown = tuple(row for row in rows if len(groups) == 1 or row.group == group)
        yield forest_figure(Forest(about, shown, _order(found), printed.reference_name(found)))


def _forest_rows(found: Comparison, marks: Marks) -> list[ForestRow]:
    rows = [_forest_row(found, line, line, "", marks) for line in found.lines if line.judged.expected is not None]
    for group in found.groups if len(found.groups) > 1 else ():
        lines = [(line, each) for line in found.lines for each in line.groups if each.group == group.group]
        held = [(line, each) for line, each in lines if each.judged.expected is not None]
        rows += [_forest_row(found, line, each, group.label, marks) for line, each in held]
    return rows


def _forest_row(found: Comparison, line: SupplierLine, of: Line, group: str, marks: Marks) -> ForestRow:
    judged, is_hidden = of.judged, marks.hides_judgement(of)
    evidence = marks.evidence(of.rests_on)
    return ForestRow(
        line.label,
        observed=Amount(judged.observed, is_hidden, evidence),
        expected=Amount(judged.expected, is_hidden, evidence),
        base=_base(of, marks),
        low=judged.ratio_interval.lower,
        high=judged.ratio_interval.upper,
        group=group,
        is_own=_is_own(found, line),
    )


def _case_mix(found: Comparison, anchor: str, marks: Marks) -> Figure | None:
    """The mix of benefit groups, which stands beside every share: without it nobody can read one."""
    groups = [group for group in found.groups if group.group is not None]
    if len(groups) < FEWEST_SUPPLIERS:
        return None
    mixes = []
    for line in found.lines:
        had = {each.group: each for each in line.groups}
        counts = tuple(_base(had[each.group], marks) if each.group in had else Amount(0) for each in groups)
        known = [count.value for count in counts if count.value is not None]
        is_hidden = any(count.is_hidden for count in counts)
        total = Amount(sum(known) if len(known) == len(counts) else None, is_hidden)
        mixes.append(Mix(line.label, counts, total, is_own=_is_own(found, line)))
    about = _about(found, f"{anchor}-sammensaetning", population="", period=found.question.period.label)
    return case_mix_figure(CaseMix(about, tuple(group.label for group in groups), tuple(mixes), _order(found)))


def _order(found: Comparison) -> Order:
    return "size" if found.question.by_size else "name"


def _base(line: Line, marks: Marks) -> Amount:
    return Amount(line.judged.base, marks.hides_base(line), marks.evidence(own_figures(line)))


def _outcomes(line: Line, marks: Marks) -> Amount:
    return Amount(line.judged.outcomes, marks.hides_outcomes(line), marks.evidence(own_figures(line)))


def own_figures(line: Line) -> tuple[Observation, ...]:
    if isinstance(line, SupplierLine):
        return line.own_figures
    return (line.observation,) if line.observation is not None else ()


def _is_own(found: Comparison, line: SupplierLine) -> bool:
    asked = found.question.supplier
    return asked is not None and line.supplier is not None and line.supplier.survivor_id == asked.survivor_id
