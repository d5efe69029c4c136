"""Settle what was due: fulfilled with evidence, waived with a reason; and take it back."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import formats
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.enums import OCCURRENCE_MOVES, OccurrenceState
from contracts.models import Document, ObligationOccurrence
from records.services import save_record


@transaction.atomic
def fulfil_obligation(
    occurrence: ObligationOccurrence,
    *,
    evidence: models.Model | None = None,
    note: str = "",
    on: dt.date,
    by: User | None,
) -> ObligationOccurrence:
    """Note that what was due was done on a day, with what shows it: any record, of any room.

    Saying the same again (the same evidence) changes nothing, so that rooms above need not ask first. Raises
    ValidationError when it was settled otherwise, or when the evidence is another agreement's document.
    """
    occurrence = _held(occurrence)
    if _is_same(occurrence, evidence):
        return occurrence
    if isinstance(evidence, Document):
        check_belongs(evidence, occurrence)
    occurrence.evidence = evidence
    return _settle(occurrence, OccurrenceState.FULFILLED, note=note, on=on, by=by)


@transaction.atomic
def waive_obligation(
    occurrence: ObligationOccurrence, *, reason: str, on: dt.date, by: User | None
) -> ObligationOccurrence:
    """Note that what was due is not demanded this time. Raises ValidationError without a reason, or when it is settled."""
    return _settle(_held(occurrence), OccurrenceState.WAIVED, note=reason, on=on, by=by)


@transaction.atomic
def reopen_occurrence(occurrence: ObligationOccurrence, *, reason: str = "", by: User | None) -> ObligationOccurrence:
    """Take back that something was fulfilled or waived; history keeps that it was. Raises ValidationError when it is open."""
    occurrence = _held(occurrence)
    _check_move(occurrence, OccurrenceState.OPEN)
    occurrence.state, occurrence.settled_on, occurrence.note = OccurrenceState.OPEN, None, ""
    occurrence.evidence = None
    return save_record(occurrence, reason=reason, by=by)


def check_belongs(document: Document, occurrence: ObligationOccurrence) -> None:
    """Raise ValidationError when a document is neither of the obligation's agreement nor of the framework above it."""
    obligation = occurrence.obligation
    contract = obligation.contract
    framework_id = contract.lot.framework_id if contract else obligation.framework_id
    is_own = contract is not None and document.contract_id == contract.pk
    if not is_own and document.framework_id != framework_id:
        text = _("“%(document)s” belongs to another agreement. Choose one of this agreement's documents.")
        raise ValidationError({"document": text % {"document": document}})


def _held(occurrence: ObligationOccurrence) -> ObligationOccurrence:
    """Lock the occurrence and read it again, so that of two people who settle it the second is told."""
    return ObligationOccurrence.objects.select_for_update(of=("self",)).get(pk=occurrence.pk)


def _is_same(occurrence: ObligationOccurrence, evidence: models.Model | None) -> bool:
    return occurrence.state == OccurrenceState.FULFILLED and evidence is not None and occurrence.evidence == evidence


def _settle(
    occurrence: ObligationOccurrence, state: OccurrenceState, *, note: str, on: dt.date, by: User | None
) -> ObligationOccurrence:
    _check_move(occurrence, state)
    occurrence.state, occurrence.settled_on, occurrence.note = state, on, note.strip()
    return save_record(occurrence, reason=note.strip()[:100], by=by)


def _check_move(occurrence: ObligationOccurrence, state: OccurrenceState) -> None:
    if state in OCCURRENCE_MOVES[OccurrenceState(occurrence.state)]:
        return
    if occurrence.is_open:
        raise ValidationError(_("It is open already. Open the page again to see it."))
    raise ValidationError(
        _("It is settled already: %(state)s on %(day)s. Reopen it first, if that was a mistake.")
        % {
            "state": occurrence.get_state_display().lower(),
            "day": formats.date_format(occurrence.settled_on) if occurrence.settled_on else "–",
        }
    )
