"""Save a tender with its phases: the state follows from them, and what cannot stand together is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from committees.models import CommitteeMeeting
from contracts.enums import PHASES, TENDER_MOVES, Phase, TenderState
from contracts.models import AwardCriterion, Tender, TenderPhase
from contracts.services.agreements import Related, lock
from contracts.services.tenders.guards import check_state
from contracts.tendering.plan import PlannedPhase, plan_backwards, plan_forwards
from contracts.tendering.progress import state_of
from records.services import delete_record, save_record


@transaction.atomic
def save_tender(tender: Tender, *, related: Related = None, reason: str = "", by: User | None) -> Tender:
    """Save a tender; a new one gets its phases, planned backwards when it says when contracts begin.

    Raises ValidationError when a phase or the state that follows from the phases cannot stand.
    """
    lock(tender)
    phases = tender.phases_in_order()
    if not phases:
        phases = new_phases(tender, meetings=(related or {}).get("meetings", ()))
        tender.phases.set(phases)
    check_phases(tender, phases)
    _settle_state(tender, phases)
    return save_record(tender, related=related, reason=reason, by=by)


@transaction.atomic
def cancel_tender(tender: Tender, *, reason: str, by: User | None) -> Tender:
    """Stop a tender for good, with a reason; raises ValidationError when its contracts have been made."""
    tender = fresh(tender)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the tender is cancelled.")})
    tender.cancellation_reason = reason.strip()
    return save_tender(tender, reason=reason[:100], by=by)


@transaction.atomic
def reopen_tender(tender: Tender, *, by: User | None) -> Tender:
    """Take a cancellation back: the tender stands where its phases had come to."""
    tender = fresh(tender)
    tender.cancellation_reason = ""
    return save_tender(tender, reason=_("The cancellation is taken back"), by=by)


@transaction.atomic
def delete_tender(tender: Tender, *, reason: str = "", by: User | None) -> None:
    """Delete a tender that is only being prepared, with its lots and criteria.

    Raises ValidationError when it has been published: then it is cancelled, so that what happened can be read.
    """
    lock(tender)
    if tender.state != TenderState.DRAFT:
        raise ValidationError(
            _("A tender that has been published is not deleted. Cancel it with a reason, so that it can still be read.")
        )
    delete_criteria(tender.criteria.all(), reason=reason, by=by)
    for lot in tender.lots.all():
        delete_record(lot, reason=reason, by=by)
    delete_record(tender, reason=reason, by=by)


def delete_criteria(criteria: Iterable[AwardCriterion], *, reason: str = "", by: User | None) -> None:
    """Delete criteria, the innermost first: one holds on to those below it."""
    left = {criterion.pk: criterion for criterion in criteria}
    while left:
        parents = {criterion.parent_id for criterion in left.values()}
        for key in [key for key in left if key not in parents]:
            delete_record(left.pop(key), reason=reason, by=by)


def fresh(tender: Tender) -> Tender:
    """Lock the tender and read it again, so that a change is made to what is there now."""
    lock(tender)
    return Tender._base_manager.get(pk=tender.pk)


def new_phases(tender: Tender, *, meetings: Iterable[models.Model] = ()) -> list[TenderPhase]:
    phases = [TenderPhase(kind=kind) for kind in PHASES]
    if tender.contracts_start_on is not None:
        write_plan(phases, proposal(tender, phases, backwards_from=tender.contracts_start_on, meetings=meetings))
    return phases


def proposal(
    tender: Tender,
    phases: Iterable[TenderPhase],
    *,
    forwards_from: dt.date | None = None,
    backwards_from: dt.date | None = None,
    meetings: Iterable[models.Model] = (),
) -> list[PlannedPhase]:
    """Return planned days for the phases that are not left out, from one end or the other.

    The committee's approval ends on a meeting day of the committees whose meetings the tender names.
    """
    skipped = frozenset(Phase(phase.kind) for phase in phases if phase.is_skipped)
    days = _meeting_days(meetings)
    if backwards_from is not None:
        return plan_backwards(
            backwards_from, standstill_days=tender.standstill_days, skipped=skipped, meeting_days=days
        )
    if forwards_from is None:
        raise ValueError("a plan is made from one day: forwards_from or backwards_from")
    return plan_forwards(forwards_from, standstill_days=tender.standstill_days, skipped=skipped, meeting_days=days)


def write_plan(phases: Iterable[TenderPhase], plan: Iterable[PlannedPhase]) -> None:
    """Put planned days on phases that have not begun; those that have keep what they were planned for."""
    days: Mapping[str, PlannedPhase] = {planned.kind: planned for planned in plan}
    for phase in phases:
        if phase.started_on is None and phase.kind in days:
            phase.planned_start_on = days[phase.kind].starts_on
            phase.planned_end_on = days[phase.kind].ends_on


def check_phases(tender: Tender, phases: Iterable[TenderPhase]) -> None:
    """Raise ValidationError naming the phase when one cannot stand as it is written."""
    problems = []
    for phase in phases:
        if phase.is_skipped and phase.kind not in tender.skippable:
            problems.append(_named(phase, _("This phase cannot be left out.")))
        try:
            phase.validate_constraints(exclude={"tender"})
        except ValidationError as error:
            problems += [_named(phase, text) for text in error.messages]
    if problems:
        raise ValidationError(list(dict.fromkeys(problems)))


def _named(phase: TenderPhase, text: str) -> str:
    return f"{phase.get_kind_display()}: {text}"


def _settle_state(tender: Tender, phases: list[TenderPhase]) -> None:
    """Give the tender the state that follows, when the move from the stored one is legal and nothing is missing."""
    state = TenderState.CANCELLED if tender.cancellation_reason else state_of(phases)
    stored = Tender._base_manager.filter(pk=tender.pk).values_list("state", flat=True).first()
    if stored is not None and state != stored:
        old = TenderState(stored)
        if old is TenderState.CONTRACTED:
            raise ValidationError(
                _("The tender's contracts have been made, so it cannot go back. Change or terminate the contracts.")
            )
        if state not in TENDER_MOVES[old]:
            raise ValidationError(
                _("The tender cannot go from “%(old)s” to “%(new)s”. Undo one phase at a time.")
                % {"old": old.label, "new": state.label}
            )
    if state != (stored or TenderState.DRAFT):
        check_state(tender, state)
    tender.state = state


def _meeting_days(meetings: Iterable[models.Model]) -> list[dt.date]:
    committees = {meeting.committee_id for meeting in meetings}  # type: ignore[attr-defined]
    held = CommitteeMeeting.objects.filter(committee__in=committees)
    return list(held.values_list("held_on", flat=True)) if committees else []
