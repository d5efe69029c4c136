"""Plan back from the last day: when to begin, and which meeting can still decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from contracts.deadlines.committee import MeetingCalendar
from contracts.deadlines.deadline import Deadline
from contracts.deadlines.facts import AgreementFacts
from contracts.deadlines.kinds import Buffer, DeadlineKind
from contracts.deadlines.rules import Due


def plan(
    facts: AgreementFacts, due: Due, *, buffers: Mapping[DeadlineKind, Buffer], calendar: MeetingCalendar
) -> Deadline:
    """Return the deadline with its buffer.

    Work begins so many days before the last day as administration and decision take; where a committee decides, also
    no later than leaves the administration its days before the agenda of that meeting closes.
    """
    kind, due_on, detail = due
    buffer = buffers[kind]
    begin_by = due_on - dt.timedelta(days=buffer.days)
    if not buffer.needs_decision:
        return Deadline(facts, kind, due_on, detail, begin_by)
    meeting = calendar.last_before(due_on, committee_id=facts.committee_id or buffer.committee_id)
    if meeting is not None:
        begin_by = min(begin_by, meeting.agenda_deadline_on - dt.timedelta(days=buffer.administration_days))
    return Deadline(facts, kind, due_on, detail, begin_by, needs_decision=True, meeting=meeting)
