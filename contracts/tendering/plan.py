"""When the phases of a tender can lie: forwards from a day, or backwards from the day on which contracts begin.

Phases follow one another and begin and end on working days; only questions run while bids are written. A committee decides
where it meets: given its days, the approval ends on one of them. The lengths are what a Danish municipality usually needs,
and a proposal: everybody may write other days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from contracts.enums import PHASES, Phase
from contracts.tendering.workdays import last_workday, next_workday
from contracts.terms import DAY

USUAL_DAYS = {
    Phase.PREPARATION: 90,
    Phase.MARKET_DIALOGUE: 28,
    Phase.COMMITTEE_APPROVAL: 21,
    Phase.PUBLICATION: 1,
    Phase.BIDS: 35,
    Phase.EVALUATION: 35,
    Phase.AWARD: 5,
    Phase.CONTRACT: 60,
}
# The last questions are answered six days before bids are due (the public procurement act); here with a week's work.
ANSWERED_BEFORE = dt.timedelta(days=14)
# A meeting further away than this is no place in the plan: the calendar just does not reach.
CALENDAR_REACHES = dt.timedelta(days=90)


@dataclass(frozen=True)
class PlannedPhase:
    kind: Phase
    starts_on: dt.date
    ends_on: dt.date


def plan_forwards(
    starts_on: dt.date,
    *,
    standstill_days: int,
    skipped: Collection[Phase] = (),
    meeting_days: Collection[dt.date] = (),
) -> list[PlannedPhase]:
    """Return the phases in their order when the first begins on `starts_on` or the next working day."""
    plan, day = [], starts_on
    for kind in _steps(skipped):
        start = next_workday(day)
        end = next_workday(start + _length(kind, standstill_days))
        if kind is Phase.COMMITTEE_APPROVAL:
            end = min((held for held in meeting_days if end <= held <= end + CALENDAR_REACHES), default=end)
        plan.append(PlannedPhase(kind, start, end))
        day = end + DAY
    return list(_with_questions(plan, skipped))


def plan_backwards(
    contracts_start_on: dt.date,
    *,
    standstill_days: int,
    skipped: Collection[Phase] = (),
    meeting_days: Collection[dt.date] = (),
) -> list[PlannedPhase]:
    """Return the phases in their order when contracts begin on a day: the last phase ends before it."""
    plan, day = [], contracts_start_on - DAY
    for kind in reversed(_steps(skipped)):
        end = last_workday(day)
        if kind is Phase.COMMITTEE_APPROVAL:
            end = max((held for held in meeting_days if end - CALENDAR_REACHES <= held <= end), default=end)
        start = last_workday(end - _length(kind, standstill_days))
        plan.append(PlannedPhase(kind, start, end))
        day = start - DAY
    return list(_with_questions(plan[::-1], skipped))


def standstill_ends_on(announced_on: dt.date, days: int) -> dt.date:
    """Return the last day of a standstill: so many days after the bidders were told, and never a weekend or a holiday.

    A contract may be made on the day after it.
    """
    return next_workday(announced_on + dt.timedelta(days=days))


def _steps(skipped: Collection[Phase]) -> list[Phase]:
    return [kind for kind in PHASES if kind not in skipped and kind is not Phase.QUESTIONS]


def _length(kind: Phase, standstill_days: int) -> dt.timedelta:
    """Return from a phase's first day to its last; the day on which bidders are told is not counted in the standstill."""
    return dt.timedelta(days=standstill_days if kind is Phase.STANDSTILL else USUAL_DAYS[kind] - 1)


def _with_questions(plan: list[PlannedPhase], skipped: Collection[Phase]) -> Iterator[PlannedPhase]:
    """Put questions before the bids while which they are asked."""
    for phase in plan:
        if phase.kind is Phase.BIDS and Phase.QUESTIONS not in skipped:
            yield PlannedPhase(Phase.QUESTIONS, phase.starts_on, last_workday(phase.ends_on - ANSWERED_BEFORE))
        yield phase
