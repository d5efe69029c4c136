"""Planning back: the buffer, and the last meeting that can still decide."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.deadlines.committee import NEAR, MeetingCalendar
from contracts.deadlines.deadline import Deadline, Stage
from contracts.deadlines.facts import MeetingSlot
from contracts.deadlines.kinds import Buffer, DeadlineKind
from contracts.deadlines.planning import plan
from contracts.deadlines.rules import Due
from tests.contracts.deadlines.facts import contract, option

DUE_ON = dt.date(2026, 6, 30)
JOBS, SOCIAL = 1, 2


def meeting(day: str, committee: int = JOBS, *, days_before: int = 14) -> MeetingSlot:
    held_on = dt.date.fromisoformat(day)
    return MeetingSlot(held_on, held_on - dt.timedelta(days=days_before), committee, f"Udvalg {committee}")


def planned(buffer: Buffer, *meetings: MeetingSlot, committee_id: int | None = None) -> Deadline:
    due = Due(DeadlineKind.OPTION, DUE_ON, option(pk=1))
    facts = contract(committee_id=committee_id)
    return plan(facts, due, buffers={DeadlineKind.OPTION: buffer}, calendar=MeetingCalendar(meetings))


def test_work_begins_administration_and_decision_before_the_last_day() -> None:
    assert planned(Buffer(30)).begin_by == dt.date(2026, 5, 31)
    assert planned(Buffer(30, 60)).begin_by == dt.date(2026, 5, 31)
    assert planned(Buffer(30, 60, needs_decision=True)).begin_by == dt.date(2026, 4, 1)


def test_the_last_meeting_that_can_decide_is_before_the_day_itself() -> None:
    march, june, same, after = (meeting(day) for day in ("2026-03-14", "2026-06-08", "2026-06-30", "2026-08-01"))
    found = planned(Buffer(30, 0, needs_decision=True), march, june, same, after)
    assert (found.meeting, found.begin_by) == (june, dt.date(2026, 4, 25))
    assert found.meeting_sentence == (
        "Sidste møde, der kan nå at beslutte: 8. juni 2026 (Udvalg 1, dagsordensfrist 25. maj 2026)"
    )


def test_the_agreements_own_committee_decides_before_the_settings_and_any() -> None:
    meetings = (meeting("2026-06-01", JOBS), meeting("2026-06-15", SOCIAL))
    asked = Buffer(0, 0, needs_decision=True, committee_id=JOBS)
    assert planned(asked, *meetings).meeting == meetings[0]
    assert planned(asked, *meetings, committee_id=SOCIAL).meeting == meetings[1]
    assert planned(Buffer(0, 0, needs_decision=True), *meetings).meeting == meetings[1]


def test_a_calendar_that_does_not_reach_so_far_names_no_meeting() -> None:
    asked = Buffer(30, 30, needs_decision=True)
    assert planned(asked, meeting("2025-12-01")).meeting is None
    assert planned(asked, meeting("2025-12-01"), meeting("2026-08-10")).meeting == meeting("2025-12-01")
    assert planned(asked).meeting_sentence == "Udvalgskalenderen når ikke til denne dag endnu."


def test_who_needs_no_decision_needs_no_meeting() -> None:
    found = planned(Buffer(30), meeting("2026-06-01"))
    assert (found.meeting, found.meeting_sentence) == (None, "")


@given(
    days=st.lists(st.dates(dt.date(2024, 1, 1), dt.date(2028, 1, 1)), unique=True, max_size=12),
    administration=st.integers(0, 200),
    decision=st.integers(0, 200),
)
def test_begin_by_leaves_time_for_everything(days: list[dt.date], administration: int, decision: int) -> None:
    meetings = [meeting(day.isoformat()) for day in days]
    found = planned(Buffer(administration, decision, needs_decision=True), *meetings)
    assert found.begin_by <= DUE_ON - dt.timedelta(days=administration + decision)
    before = [row for row in meetings if row.held_on < DUE_ON]
    if found.meeting is None:
        assert not before or max(days) < DUE_ON - NEAR
    else:
        assert found.meeting == max(before)
        assert found.begin_by <= found.meeting.agenda_deadline_on - dt.timedelta(days=administration)


@pytest.mark.parametrize(
    ("today", "stage", "is_missed"),
    [
        ("2026-04-24", Stage.LATER, False),
        ("2026-04-25", Stage.BEGIN, False),
        ("2026-05-25", Stage.BEGIN, False),
        ("2026-05-26", Stage.BEGIN, True),
        ("2026-06-30", Stage.BEGIN, True),
        ("2026-07-01", Stage.OVERDUE, False),
    ],
)
def test_where_a_deadline_stands(today: str, stage: Stage, is_missed: bool) -> None:
    found = planned(Buffer(30, 0, needs_decision=True), meeting("2026-06-08"))
    day = dt.date.fromisoformat(today)
    assert (found.stage(today=day), found.has_missed_its_meeting(today=day)) == (stage, is_missed)


def test_a_deadline_is_named_by_what_is_due_and_the_agreement() -> None:
    found = planned(Buffer(0))
    assert (found.title, found.key, found.cause) == (
        "Option 1: K-1 Fjordfirma",
        "option-contractoption-1",
        "option-contractoption-1:2026-06-30",
    )
