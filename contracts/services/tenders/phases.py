"""Plan phases, begin and finish them, and take that back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.enums import PHASES, STATE_OF_PHASE, Phase, TenderState
from contracts.models import Tender, TenderPhase
from contracts.services.tenders.saving import fresh, proposal, save_tender, write_plan
from contracts.tendering.progress import can_be_undone, standstill_end

STATES = tuple(TenderState)


@dataclass(frozen=True)
class PlanRow:
    """What is planned for one phase."""

    planned_start_on: dt.date | None
    planned_end_on: dt.date | None
    is_skipped: bool = False


@transaction.atomic
def save_plan(tender: Tender, *, rows: Mapping[Phase, PlanRow], reason: str = "", by: User | None) -> Tender:
    """Write the planned days of phases, and which are left out; phases that are not named stay as they are."""
    tender = _running(tender)
    phases = tender.phases_in_order()
    for phase in phases:
        if row := rows.get(Phase(phase.kind)):
            phase.planned_start_on, phase.planned_end_on = row.planned_start_on, row.planned_end_on
            phase.is_skipped = row.is_skipped
    return _save(tender, phases, reason=reason, by=by)


@transaction.atomic
def propose_plan(
    tender: Tender, *, forwards_from: dt.date | None = None, backwards_from: dt.date | None = None, by: User | None
) -> Tender:
    """Plan the phases that have not begun, from the day of the first phase or backwards from when contracts begin."""
    tender = _running(tender)
    phases = tender.phases_in_order()
    days = {"forwards_from": forwards_from, "backwards_from": backwards_from}
    write_plan(phases, proposal(tender, phases, **days, meetings=tender.meetings.all()))
    return _save(
        tender,
        phases,
        reason=_("The plan was made from %(day)s") % {"day": _day(forwards_from or backwards_from)},
        by=by,
    )


@transaction.atomic
def begin_phase(tender: Tender, *, kind: Phase, on: dt.date, today: dt.date, by: User | None) -> Tender:
    """Begin a phase; open phases that belong to an earlier state end that day.

    Raises ValidationError when an earlier phase has not begun, when something is missing for the state that follows,
    or when the day cannot be right. Contracts are made by `award_tender`, not here.
    """
    if kind is Phase.CONTRACT:
        raise ValidationError(_("Contracts are made by the award. Open the page “Award”."))
    tender = _running(tender)
    phases = tender.phases_in_order()
    begin(tender, phases, kind=kind, on=on, today=today)
    return _save(tender, phases, reason=_("%(phase)s begun") % {"phase": kind.label}, by=by)


@transaction.atomic
def finish_phase(tender: Tender, *, kind: Phase, on: dt.date, today: dt.date, by: User | None) -> Tender:
    """Finish a phase that has begun; raises ValidationError when it has not, or when the day cannot be right."""
    tender = _going(tender)
    phases = tender.phases_in_order()
    finish(tender, phases, kind=kind, on=on, today=today)
    return _save(tender, phases, reason=_("%(phase)s finished") % {"phase": kind.label}, by=by)


@transaction.atomic
def undo_phase(tender: Tender, *, kind: Phase, by: User | None) -> Tender:
    """Take back what was last done to a phase: its end, or else its beginning with the ends that followed from it.

    Raises ValidationError when a later phase builds on it.
    """
    tender = _going(tender)
    phases = tender.phases_in_order()
    phase = phases[PHASES.index(kind)]
    if not can_be_undone(phase, phases):
        raise ValidationError(
            _("“%(phase)s” cannot be taken back, because a later phase has begun.") % {"phase": phase}
        )
    if phase.ended_on is not None:
        phase.ended_on = None
    else:
        for earlier in phases:
            if _is_earlier_state(earlier, kind) and earlier.ended_on == phase.started_on:
                earlier.ended_on = None
        phase.started_on = None
    return _save(tender, phases, reason=_("%(phase)s taken back") % {"phase": kind.label}, by=by)


def begin(tender: Tender, phases: list[TenderPhase], *, kind: Phase, on: dt.date, today: dt.date) -> None:
    """Begin a phase in memory; raises ValidationError."""
    phase = phases[PHASES.index(kind)]
    if phase.is_skipped:
        raise ValidationError(_("“%(phase)s” is left out of this tender. Change the plan first.") % {"phase": phase})
    if phase.started_on is not None:
        raise ValidationError(
            _("“%(phase)s” was begun on %(day)s already.") % {"phase": phase, "day": _day(phase.started_on)}
        )
    before = [row for row in phases[: phase.place] if not row.is_skipped]
    if missing := [row for row in before if row.started_on is None]:
        raise ValidationError(
            _(
                "“%(phase)s” cannot begin, because “%(missing)s” has not begun. Begin that one, or leave it out of the plan."
            )
            % {"phase": phase, "missing": missing[0]}
        )
    _check_day(on, today=today, after=max((row.started_on for row in before if row.started_on), default=None))
    if kind is Phase.AWARD:
        check_standstill_is_over(tender, phases, on=on)
    for row in before:
        if row.is_open and _is_earlier_state(row, kind):
            row.ended_on = on
    phase.started_on = on


def finish(tender: Tender, phases: list[TenderPhase], *, kind: Phase, on: dt.date, today: dt.date) -> None:
    """Finish a phase in memory; raises ValidationError."""
    phase = phases[PHASES.index(kind)]
    if not phase.is_open:
        raise ValidationError(_("“%(phase)s” is not open, so it cannot be finished.") % {"phase": phase})
    _check_day(on, today=today, after=phase.started_on)
    if kind is Phase.STANDSTILL and on < (end := standstill_end(phases, days=tender.standstill_days)):  # type: ignore[operator]
        raise ValidationError(
            {"on": _("The standstill ends on %(day)s. It cannot be finished before.") % {"day": _day(end)}}
        )
    phase.ended_on = on


def check_standstill_is_over(tender: Tender, phases: list[TenderPhase], *, on: dt.date) -> None:
    end = standstill_end(phases, days=tender.standstill_days)
    if end is not None and on <= end:
        raise ValidationError(
            {"on": _("The standstill ends on %(day)s. The award can be made on the day after.") % {"day": _day(end)}}
        )


def _running(tender: Tender) -> Tender:
    tender = _going(tender)
    if not tender.is_running:
        raise ValidationError(
            _("The tender is closed: %(state)s. Its phases can no longer be changed.")
            % {"state": tender.get_state_display().lower()}
        )
    return tender


def _going(tender: Tender) -> Tender:
    """Return the tender as it is now; its last phase goes on after contracts are made."""
    tender = fresh(tender)
    if tender.state == TenderState.CANCELLED:
        raise ValidationError(_("The tender is cancelled. Take the cancellation back first."))
    return tender


def _check_day(on: dt.date, *, today: dt.date, after: dt.date | None) -> None:
    if on > today:
        raise ValidationError(
            {"on": _("The day lies in the future. Write a day until today; what is to come is planned.")}
        )
    if after is not None and on < after:
        raise ValidationError(
            {
                "on": _("The day lies before %(day)s, when the phase before began. Write a later day.")
                % {"day": _day(after)}
            }
        )


def _is_earlier_state(phase: TenderPhase, kind: Phase) -> bool:
    return STATES.index(STATE_OF_PHASE[Phase(phase.kind)]) < STATES.index(STATE_OF_PHASE[kind])


def _save(tender: Tender, phases: list[TenderPhase], *, reason: str, by: User | None) -> Tender:
    tender.phases.set(phases)
    return save_tender(tender, reason=reason, by=by)


def _day(day: dt.date | None) -> str:
    return formats.date_format(day) if day else ""
