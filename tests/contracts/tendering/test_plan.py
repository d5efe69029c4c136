from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.enums import NOTICE_PHASES, OPTIONAL_PHASES, PHASES, Phase
from contracts.tendering.plan import (
    PlannedPhase,
    plan_backwards,
    plan_forwards,
    standstill_ends_on,
)
from contracts.tendering.workdays import is_workday, last_workday, next_workday

days = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))
lengths = st.integers(10, 60)
left_out = st.sets(st.sampled_from(sorted(OPTIONAL_PHASES | NOTICE_PHASES)))
calendars = st.sets(st.dates(dt.date(2019, 1, 1), dt.date(2041, 12, 31)), max_size=40)


def test_a_plan_backwards_ends_before_contracts_begin():
    plan = plan_backwards(dt.date(2027, 10, 1), standstill_days=10, skipped={Phase.MARKET_DIALOGUE})
    assert plan == [
        PlannedPhase(Phase.PREPARATION, dt.date(2027, 1, 8), dt.date(2027, 4, 8)),
        PlannedPhase(Phase.COMMITTEE_APPROVAL, dt.date(2027, 4, 9), dt.date(2027, 4, 30)),
        PlannedPhase(Phase.PUBLICATION, dt.date(2027, 5, 3), dt.date(2027, 5, 3)),
        PlannedPhase(Phase.QUESTIONS, dt.date(2027, 5, 4), dt.date(2027, 5, 24)),
        PlannedPhase(Phase.BIDS, dt.date(2027, 5, 4), dt.date(2027, 6, 7)),
        PlannedPhase(Phase.EVALUATION, dt.date(2027, 6, 8), dt.date(2027, 7, 12)),
        PlannedPhase(Phase.STANDSTILL, dt.date(2027, 7, 13), dt.date(2027, 7, 23)),
        PlannedPhase(Phase.AWARD, dt.date(2027, 7, 26), dt.date(2027, 7, 30)),
        PlannedPhase(Phase.CONTRACT, dt.date(2027, 8, 2), dt.date(2027, 9, 30)),
    ]


def test_the_approval_ends_at_a_meeting_of_the_committee():
    meetings = [dt.date(2027, 1, 18), dt.date(2027, 3, 8), dt.date(2027, 4, 26)]
    backwards = plan_backwards(dt.date(2027, 10, 1), standstill_days=10, meeting_days=meetings)
    forwards = plan_forwards(dt.date(2026, 10, 1), standstill_days=10, meeting_days=meetings)
    ends = [phase.ends_on for plan in (backwards, forwards) for phase in plan if phase.kind is Phase.COMMITTEE_APPROVAL]
    assert ends == [dt.date(2027, 4, 26), dt.date(2027, 3, 8)]


def test_a_calendar_that_does_not_reach_is_no_reason_to_wait():
    far = [dt.date(2020, 1, 6), dt.date(2035, 1, 8)]
    assert plan_forwards(dt.date(2027, 1, 4), standstill_days=10, meeting_days=far) == plan_forwards(
        dt.date(2027, 1, 4), standstill_days=10
    )


@pytest.mark.parametrize(
    ("announced", "days", "end"),
    [
        (dt.date(2027, 6, 4), 10, dt.date(2027, 6, 14)),  # Friday to Monday
        (dt.date(2027, 6, 2), 10, dt.date(2027, 6, 14)),  # would end on a Saturday
        (dt.date(2027, 6, 3), 15, dt.date(2027, 6, 18)),
        (dt.date(2027, 3, 15), 10, dt.date(2027, 3, 30)),  # would end on Maundy Thursday
        (dt.date(2026, 12, 14), 10, dt.date(2026, 12, 28)),  # would end on Christmas Eve
    ],
)
def test_a_standstill_never_ends_at_a_weekend_or_on_a_holiday(announced, days, end):
    assert standstill_ends_on(announced, days) == end


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (dt.date(2026, 4, 3), dt.date(2026, 4, 1), dt.date(2026, 4, 7)),  # Good Friday: from Wednesday to Tuesday
        (dt.date(2026, 5, 14), dt.date(2026, 5, 13), dt.date(2026, 5, 15)),  # Ascension Day
        (dt.date(2026, 12, 26), dt.date(2026, 12, 23), dt.date(2026, 12, 28)),  # Christmas, then a weekend
        (dt.date(2027, 1, 1), dt.date(2026, 12, 30), dt.date(2027, 1, 4)),  # New Year
        (dt.date(2024, 4, 26), dt.date(2024, 4, 26), dt.date(2024, 4, 26)),  # the Great Prayer Day is no more
    ],
)
def test_holidays_are_passed_over(day, before, after):
    assert (last_workday(day), next_workday(day)) == (before, after)


@given(days)
def test_workdays_are_the_nearest_ones(day):
    before, after = last_workday(day), next_workday(day)
    assert before <= day <= after
    assert is_workday(before)
    assert is_workday(after)
    between = [before + dt.timedelta(days=number) for number in range(1, (after - before).days)]
    assert not any(is_workday(each) for each in between)
    assert before == after or not is_workday(day)


@given(days, lengths, left_out, calendars, st.booleans())
def test_phases_follow_one_another(day, standstill, skipped, meetings, backwards):
    make = plan_backwards if backwards else plan_forwards
    plan = make(day, standstill_days=standstill, skipped=skipped, meeting_days=meetings)

    assert [phase.kind for phase in plan] == [kind for kind in PHASES if kind not in skipped]
    assert all(phase.starts_on <= phase.ends_on for phase in plan)
    steps = [phase for phase in plan if phase.kind is not Phase.QUESTIONS]
    assert all(first.ends_on < second.starts_on for first, second in itertools.pairwise(steps))
    committee = {Phase.COMMITTEE_APPROVAL}
    assert all(is_workday(phase.starts_on) for phase in plan if backwards is False or phase.kind not in committee)
    assert all(is_workday(phase.ends_on) for phase in plan if phase.kind not in committee)
    assert plan[-1].ends_on < day if backwards else plan[0].starts_on >= day
    for phase in plan:
        if phase.kind is Phase.STANDSTILL:
            assert (phase.ends_on - phase.starts_on).days >= standstill
        if phase.kind is Phase.QUESTIONS:
            bids = next(step for step in steps if step.kind is Phase.BIDS)
            assert phase.starts_on == bids.starts_on
            assert phase.ends_on < bids.ends_on
