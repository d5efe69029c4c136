"""The committees' calendar: which meeting is the last that can still decide before a day."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from contracts.deadlines.facts import MeetingSlot

# Where the calendar ends before a deadline, only a meeting this near counts as the last one; committees rest in summer.
NEAR = dt.timedelta(days=70)


class MeetingCalendar:
    """Meetings by committee, in the order of their days."""

    def __init__(self, meetings: Iterable[MeetingSlot]) -> None:
        self._meetings: defaultdict[int | None, list[MeetingSlot]] = defaultdict(list)
        for meeting in sorted(meetings):
            self._meetings[None].append(meeting)
            self._meetings[meeting.committee_id].append(meeting)
        self._days = {committee: [row.held_on for row in rows] for committee, rows in self._meetings.items()}

    def last_before(self, day: dt.date, *, committee_id: int | None = None) -> MeetingSlot | None:
        """Return the last meeting held before a day, by one committee or any.

        None when there is none, or when the calendar has not been entered so far ahead that the last one is known.
        """
        days = self._days.get(committee_id, [])
        place = bisect_left(days, day)
        if not place:
            return None
        meeting = self._meetings[committee_id][place - 1]
        is_known = place < len(days) or day - meeting.held_on <= NEAR
        return meeting if is_known else None
