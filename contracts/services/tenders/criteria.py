"""Write the tree of award criteria, all of it at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from simple_history.utils import get_history_manager_for_model

from accounts.models import User
from contracts.enums import CriterionKind, TenderState
from contracts.models import AwardCriterion, Tender
from contracts.services.tenders.saving import delete_criteria, fresh
from records.services import EditConflictError, save_record


@dataclass(frozen=True)
class CriterionRow:
    """One criterion as it was typed. `key` names it among the rows, `parent` is the key of the one above or "".

    `pk` is None for a new one.
    """

    key: str
    parent: str
    pk: int | None
    name: str
    kind: CriterionKind
    weight_percent: Decimal


def criteria_version(tender: Tender) -> str:
    """Return what identifies the tree as it is now, to be given back when it is saved."""
    history = get_history_manager_for_model(AwardCriterion).filter(tender_id=tender.pk)
    return str(history.aggregate(newest=models.Max("history_id"))["newest"] or 0)


@transaction.atomic
def save_criteria(
    tender: Tender, *, rows: Sequence[CriterionRow], loaded_version: str | None = None, by: User | None
) -> list[AwardCriterion]:
    """Make the tender's criteria exactly these rows, in this order; a parent stands before what lies below it.

    Weights need not come to 100 yet. Raises ValidationError when the tender is published or a row cannot stand,
    EditConflictError when somebody else changed the tree after `loaded_version`.
    """
    tender = _being_prepared(tender)
    if loaded_version is not None and criteria_version(tender) != loaded_version:
        raise EditConflictError
    present = {criterion.pk: criterion for criterion in tender.criteria.all()}
    saved: dict[str, AwardCriterion] = {}
    for position, row in enumerate(rows):
        saved[row.key] = _save_row(tender, row, present, saved, position=position, by=by)
    kept = {criterion.pk for criterion in saved.values()}
    delete_criteria([criterion for pk, criterion in present.items() if pk not in kept], by=by)
    return list(saved.values())


@transaction.atomic
def save_criterion(criterion: AwardCriterion, *, reason: str = "", by: User | None) -> AwardCriterion:
    """Save one criterion while its tender is prepared: what history brings back."""
    _being_prepared(criterion.tender)
    return save_record(criterion, reason=reason, by=by)


def _being_prepared(tender: Tender) -> Tender:
    tender = fresh(tender)
    if tender.state != TenderState.DRAFT:
        raise ValidationError(
            _("The criteria are fixed, because the tender is published. Take the publication back to change them.")
        )
    return tender


def _save_row(
    tender: Tender,
    row: CriterionRow,
    present: dict[int, AwardCriterion],
    saved: dict[str, AwardCriterion],
    *,
    position: int,
    by: User | None,
) -> AwardCriterion:
    if row.parent and row.parent not in saved:
        raise ValueError(f"criterion {row.key!r} stands before its parent {row.parent!r}")
    criterion = present.get(row.pk) if row.pk is not None else None
    if criterion is None:  # a new one, or one that somebody else removed meanwhile
        criterion = AwardCriterion(tender=tender)
    before = _values(criterion)
    criterion.parent = saved[row.parent] if row.parent else None
    criterion.name, criterion.kind, criterion.position = row.name, row.kind, position
    criterion.weight_percent = row.weight_percent
    return criterion if _values(criterion) == before and criterion.pk else save_record(criterion, by=by)


def _values(criterion: AwardCriterion) -> tuple[object, ...]:
    return (
        criterion.parent_id,
        criterion.name,
        criterion.kind,
        criterion.position,
        criterion.weight_percent,
    )
