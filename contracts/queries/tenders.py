"""Where tenders stand: the board of all that run, and one tender's phases against its plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.rules import AnyUser
from contracts.enums import PHASES, RUNNING_TENDERS, Phase, TenderState
from contracts.models import Tender, TenderPhase
from contracts.tendering.progress import can_be_undone, days_late, furthest_phase, next_phase, standstill_end
from contracts.tendering.timeline import Timeline, timeline_of

# --- one tender


@dataclass(frozen=True)
class PhaseRow:
    """A phase with what can be done to it today, and how it keeps to its plan."""

    phase: TenderPhase
    days: int | None
    days_late: int
    can_begin: bool
    can_finish: bool
    can_undo: bool

    @property
    def is_late(self) -> bool:
        return self.days_late > 0


@dataclass(frozen=True)
class Progress:
    """How far a tender has come, in rows, a picture and a sentence."""

    rows: list[PhaseRow]
    timeline: Timeline | None
    sentence: str
    standstill_ends_on: dt.date | None

    @property
    def next_row(self) -> PhaseRow | None:
        return next((row for row in self.rows if row.can_begin), None)

    @property
    def open_row(self) -> PhaseRow | None:
        """Return the furthest phase that is going on."""
        return next((row for row in reversed(self.rows) if row.can_finish), None)


def progress_of(tender: Tender, *, today: dt.date) -> Progress:
    """Return where a tender stands; one query for its phases unless they are fetched."""
    phases = tender.phases_in_order()
    upcoming = next_phase(phases) if tender.is_running else None
    is_going = tender.state != TenderState.CANCELLED
    rows = [
        PhaseRow(
            phase=phase,
            days=_days_in(phase, today),
            days_late=days_late(phase, today=today) if is_going else 0,
            can_begin=phase is upcoming and phase.kind != Phase.CONTRACT,
            can_finish=is_going and phase.is_open,
            can_undo=is_going and can_be_undone(phase, phases),
        )
        for phase in phases
    ]
    return Progress(
        rows=rows,
        timeline=timeline_of(phases, today=today),
        sentence=_sentence(tender, phases, today=today),
        standstill_ends_on=standstill_end(phases, days=tender.standstill_days),
    )


def _days_in(phase: TenderPhase, today: dt.date) -> int | None:
    """Return how many days the phase took or has taken, both ends counted."""
    if phase.started_on is None:
        return None
    return max(0, ((phase.ended_on or today) - phase.started_on).days) + 1


def _sentence(tender: Tender, phases: Sequence[TenderPhase], *, today: dt.date) -> str:
    if tender.state == TenderState.CANCELLED:
        return _("The tender is cancelled.")
    phase = furthest_phase(phases)
    if phase is None:
        return _not_begun(phases)
    values = {"phase": phase.get_kind_display()}
    if phase.ended_on is not None:
        upcoming = next_phase(phases)
        if upcoming is None:
            return _("All phases are finished; the last on %(day)s.") % {"day": formats.date_format(phase.ended_on)}
        values |= {"day": formats.date_format(phase.ended_on), "next": upcoming.get_kind_display()}
        return _("“%(phase)s” was finished on %(day)s, and “%(next)s” has not begun.") % values
    days = _days_in(phase, today) or 0
    stands = ngettext(
        "The tender has stood in “%(phase)s” for %(days)s day",
        "The tender has stood in “%(phase)s” for %(days)s days",
        days,
    ) % {**values, "days": days}
    return f"{stands}{_against_plan(phase, today)}"


def _not_begun(phases: Sequence[TenderPhase]) -> str:
    planned = phases[0].planned_start_on if phases else None
    if planned is None:
        return _("The tender has not begun, and nothing is planned yet.")
    return _("The tender has not begun. By the plan it begins on %(day)s.") % {"day": formats.date_format(planned)}


def _against_plan(phase: TenderPhase, today: dt.date) -> str:
    if late := days_late(phase, today=today):
        return ngettext(", %(days)s day longer than planned.", ", %(days)s days longer than planned.", late) % {
            "days": late
        }
    if phase.planned_end_on is None:
        return "."
    return _(", and by the plan it ends on %(day)s.") % {"day": formats.date_format(phase.planned_end_on)}


# --- the board


@dataclass(frozen=True)
class Card:
    """A tender on the board: in which phase, since when, and what comes next by the plan."""

    tender: Tender
    phase: Phase
    has_begun: bool
    days: int | None
    next_text: str
    next_on: dt.date | None
    days_late: int

    @property
    def is_late(self) -> bool:
        return self.days_late > 0


@dataclass(frozen=True)
class Column:
    phase: Phase
    cards: list[Card]


def tenders_on_board(user: AnyUser) -> QuerySet[Tender]:
    """Return the tenders that run, and those whose contracts are made but not yet in place."""
    unfinished = Q(phases__kind=Phase.CONTRACT, phases__ended_on__isnull=True)
    return Tender.objects.visible_to(user).filter(
        Q(state__in=RUNNING_TENDERS) & Q(phases__kind=Phase.CONTRACT) | Q(state=TenderState.CONTRACTED) & unfinished
    )


def board_of(tenders: QuerySet[Tender], *, today: dt.date) -> list[Column]:
    """Return the columns of the board, each with its tenders, those that wait longest first; two queries."""
    found = tenders.select_related("responsible").prefetch_related("phases")
    cards = [_card(tender, today=today) for tender in found]
    cards.sort(key=lambda card: (-card.days_late, -(card.days or 0), card.tender.name))
    return [Column(phase, [card for card in cards if card.phase is phase]) for phase in PHASES]


def _card(tender: Tender, *, today: dt.date) -> Card:
    phases = tender.phases_in_order()
    upcoming = next_phase(phases)
    phase = furthest_phase(phases) or upcoming or phases[0]
    awaited = phase if phase.started_on is None or phase.is_open else upcoming or phase
    ends = awaited.is_open
    name = {"phase": awaited.get_kind_display()}
    text = _("“%(phase)s” ends") % name if ends else _("“%(phase)s” begins") % name
    return Card(
        tender=tender,
        phase=Phase(phase.kind),
        has_begun=phase.started_on is not None,
        days=max(0, (today - phase.started_on).days) + 1 if phase.started_on else None,
        next_text=text,
        next_on=awaited.planned_end_on if ends else awaited.planned_start_on,
        days_late=days_late(awaited, today=today),
    )
