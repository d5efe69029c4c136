"""Take away from a comparison what its reader may not see, so that no rendering holds it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from results.comparison.enums import ReasonKind
from results.comparison.judging import Judged
from results.comparison.model import GroupLine, GroupSummary, SupplierLine
from results.comparison.reasons import Reason
from results.comparison.sight import Sight, Veil
from results.statistics import Interval

# what a reason of each kind would tell of a number that is hidden
TELLS_OF_NUMBERS = frozenset({ReasonKind.TOO_FEW, ReasonKind.SMALL_GROUP})
TELLS_OF_JUDGEMENT = frozenset({ReasonKind.ALL_ALIKE, ReasonKind.OPPOSITE})


def veil_lines(lines: Iterable[SupplierLine], sight: Sight) -> tuple[SupplierLine, ...]:
    """Return the lines without the numbers that are hidden; which, is said by each line's `veil`."""
    return tuple(_line(line, sight) for line in lines)


def veil_summaries(groups: Iterable[GroupSummary], sight: Sight) -> tuple[GroupSummary, ...]:
    return tuple(_summary(group, sight) for group in groups)


def _line(line: SupplierLine, sight: Sight) -> SupplierLine:
    veil = sight.veil(line.own_figures, line.rests_on)
    # a sum that is shown, less the groups that are shown, would tell a hidden one
    if not line.total and any(sight.hides_any([each]) for each in line.own_figures):
        veil = replace(veil, outcomes=True, judgement=True)
    return replace(
        line,
        groups=tuple(_group(group, sight) for group in line.groups),
        judged=veiled(line.judged, veil),
        reasons=_told(line.reasons, veil),
        pending=None if veil.pending else line.pending,
        place=None if veil.judgement else line.place,
        mean=None if veil.outcomes else line.mean,
        veil=veil,
    )


def _group(line: GroupLine, sight: Sight) -> GroupLine:
    if line.observation is None:
        return line
    veil = sight.veil([line.observation], line.rests_on)
    reasons, mean = _told(line.reasons, veil), None if veil.outcomes else line.mean
    return replace(line, judged=veiled(line.judged, veil), reasons=reasons, mean=mean, veil=veil)


def _summary(group: GroupSummary, sight: Sight) -> GroupSummary:
    veil = sight.veil(group.rests_on, ())
    if not veil.outcomes:
        return replace(group, veil=veil)
    return replace(group, base=None, outcomes=None, reference=None, overdispersion=None, veil=veil)


def veiled(judged: Judged, veil: Veil) -> Judged:
    """Return a judgement without what the veil hides. A share goes with its outcomes: n and p give x."""
    if not (veil.base or veil.outcomes or veil.judgement):
        return judged
    return Judged(
        base=None if veil.base else judged.base,
        outcomes=None if veil.outcomes else judged.outcomes,
        size=judged.size,
        share=None if veil.outcomes else judged.share,
        interval=Interval(None, None) if veil.outcomes else judged.interval,
    )


def _told(reasons: Iterable[Reason], veil: Veil) -> tuple[Reason, ...]:
    silent = set(TELLS_OF_NUMBERS if veil.outcomes or veil.base else ())
    silent |= {ReasonKind.PENDING} if veil.pending else set()
    silent |= set(TELLS_OF_JUDGEMENT if veil.judgement else ())
    return tuple(reason for reason in reasons if reason.kind not in silent)
