"""How far a tender has come, what comes next, and whether it keeps to its plan. Pure, over phases in their order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from contracts.enums import STATE_OF_PHASE, Phase, TenderState
from contracts.tendering.plan import standstill_ends_on

if TYPE_CHECKING:
    from contracts.models import TenderPhase

Phases = Sequence["TenderPhase"]


def furthest_phase(phases: Phases) -> TenderPhase | None:
    """Return the last phase that has begun, or None before the first."""
    return next((phase for phase in reversed(phases) if phase.started_on is not None), None)


def next_phase(phases: Phases) -> TenderPhase | None:
    """Return the phase that can begin next: the first that has not and is not left out."""
    return next((phase for phase in phases if phase.started_on is None and not phase.is_skipped), None)


def state_of(phases: Phases) -> TenderState:
    """Return the state that follows from the furthest phase that has begun."""
    furthest = furthest_phase(phases)
    return STATE_OF_PHASE[Phase(furthest.kind)] if furthest else TenderState.DRAFT


def days_late(phase: TenderPhase, *, today: dt.date) -> int:
    """Return by how many days the phase is behind its plan: it should have begun, or be finished; 0 when it is not."""
    if phase.is_skipped or phase.ended_on is not None:
        return 0
    due = phase.planned_start_on if phase.started_on is None else phase.planned_end_on
    return max(0, (today - due).days) if due else 0


def can_be_undone(phase: TenderPhase, phases: Phases) -> bool:
    """Tell whether the phase's end, or else its beginning, can be taken back: nothing later builds on it.

    An end stands when a later state has begun, a beginning when any later phase has; so have made contracts.
    """
    later = [row for row in phases[phase.place + 1 :] if row.started_on is not None]
    if phase.ended_on is not None:
        return all(STATE_OF_PHASE[Phase(row.kind)] == STATE_OF_PHASE[Phase(phase.kind)] for row in later)
    return phase.started_on is not None and not later and phase.kind != Phase.CONTRACT


def standstill_end(phases: Phases, *, days: int) -> dt.date | None:
    """Return the last day of the standstill that has begun, or None."""
    announced_on = next((phase.started_on for phase in phases if phase.kind == Phase.STANDSTILL), None)
    return standstill_ends_on(announced_on, days) if announced_on else None
