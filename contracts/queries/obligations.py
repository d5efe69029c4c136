"""Obligations and what is due under them, as pages and rooms above show them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.rules import AnyUser
from committees.models import Decision
from contracts.enums import ObligationState, OccurrenceState
from contracts.models import Contract, Document, FrameworkAgreement, Obligation, ObligationOccurrence, ObligationSet
from contracts.models.occurrences import OccurrenceQuerySet
from contracts.recurrence import in_words
from suppliers.models import Supplier

Source = Contract | FrameworkAgreement | Supplier


@dataclass(frozen=True)
class OccurrenceRow:
    """One time that something is or was due, with its state in words."""

    pk: int
    due_on: dt.date
    is_open: bool
    is_overdue: bool
    state: str
    settled_on: dt.date | None
    note: str
    evidence: models.Model | None
    evidence_url: str


@dataclass(frozen=True)
class ObligationRow:
    """What an agreement requires: the rule in words, and the next and the last time."""

    pk: int
    title: str
    kind: str
    party: str
    rule: str
    agreement: Contract | FrameworkAgreement
    followed_up_by: User | None
    decision: Decision | None
    is_overdue: bool
    state: str
    next: OccurrenceRow | None
    last_fulfilled_on: dt.date | None


@dataclass(frozen=True)
class ObligationsTab:
    """The obligations of an agreement, or of all of a supplier's contracts."""

    rows: tuple[ObligationRow, ...]
    overdue_count: int
    names_agreements: bool


@dataclass(frozen=True)
class LotFlow:
    """A lot that a set is attached to, with the first of its running contracts."""

    name: str
    contracts: tuple[Contract, ...]
    left_out: int


NAMED_CONTRACTS = 20


def contracts_of_set(obligation_set: ObligationSet, *, today: dt.date) -> tuple[LotFlow, ...]:
    """Return which running contracts a set flows to, by lot; two queries. Lots without any are left out."""
    lots = list(obligation_set.lots.all())
    running = Contract.objects.filter(lot__in=lots).filter(
        models.Q(effective_ends_on__isnull=True) | models.Q(effective_ends_on__gte=today)
    )
    by_lot: defaultdict[int, list[Contract]] = defaultdict(list)
    for contract in running.select_related("supplier"):
        by_lot[contract.lot_id].append(contract)
    return tuple(
        LotFlow(str(lot), tuple(found[:NAMED_CONTRACTS]), max(0, len(found) - NAMED_CONTRACTS))
        for lot in lots
        if (found := by_lot[lot.pk])
    )


def open_occurrences(user: AnyUser, *, contracts: Any = None, frameworks: Any = None) -> OccurrenceQuerySet:
    """Return what is open and visible to the person, with agreement, supplier and people fetched; one query.

    `contracts` and `frameworks` (rows, keys or a queryset) limit it to what is due under them.
    """
    found = ObligationOccurrence.objects.visible_to(user).open().with_agreements()
    if contracts is None and frameworks is None:
        return found
    condition = models.Q(pk__in=[])
    if contracts is not None:
        condition |= models.Q(obligation__contract__in=contracts)
    if frameworks is not None:
        condition |= models.Q(obligation__framework__in=frameworks)
    return found.filter(condition)


def obligations_of(source: Source, *, user: User, today: dt.date) -> ObligationsTab:
    """Return what a tab about obligations shows: of a contract, of a framework itself, or of a supplier's contracts.

    Three queries, however many rows.
    """
    field = {Contract: "contract", FrameworkAgreement: "framework", Supplier: "contract__supplier"}[type(source)]
    rows = Obligation.objects.visible_to(user).filter(**{field: source})
    found: list[Any] = list(
        rows.with_standing(today=today).with_agreements().annotate(last_fulfilled_on=_last_fulfilled())
    )
    coming = _next_of(found)
    shown = sorted(found, key=lambda row: (row.state == ObligationState.ENDED, row.next_due_on or dt.date.max))
    return ObligationsTab(
        rows=tuple(_row(obligation, coming.get(obligation.pk), today) for obligation in shown),
        overdue_count=sum(obligation.overdue_count for obligation in found),
        names_agreements=isinstance(source, Supplier),
    )


def occurrences_of(obligation: Obligation, *, today: dt.date) -> tuple[OccurrenceRow, ...]:
    """Return every time that an obligation is or was due, what is open first; queries grow with kinds of evidence alone."""
    found = obligation.occurrences.prefetch_related("evidence").order_by("due_on")
    rows = [occurrence_row(occurrence, today=today) for occurrence in found]
    settled = [row for row in reversed(rows) if not row.is_open]
    return (*(row for row in rows if row.is_open), *settled)


def occurrence_row(occurrence: ObligationOccurrence, *, today: dt.date) -> OccurrenceRow:
    evidence: Any = occurrence.evidence
    return OccurrenceRow(
        pk=occurrence.pk,
        due_on=occurrence.due_on,
        is_open=occurrence.is_open,
        is_overdue=occurrence.is_open and occurrence.due_on < today,
        state=occurrence_state(occurrence, today=today),
        settled_on=occurrence.settled_on,
        note=occurrence.note,
        evidence=evidence,
        evidence_url=evidence.get_absolute_url() if hasattr(evidence, "get_absolute_url") else "",
    )


def occurrence_state(occurrence: ObligationOccurrence, *, today: dt.date) -> str:
    """Return where an occurrence stands, in words: “3 days overdue”, “due in 12 days”, “fulfilled”, “fulfilled, 2 days late”."""
    if not occurrence.is_open:
        return _settled_in_words(occurrence)
    return days_in_words((occurrence.due_on - today).days)


def _settled_in_words(occurrence: ObligationOccurrence) -> str:
    state = str(occurrence.get_state_display())
    days = (occurrence.settled_on - occurrence.due_on).days if occurrence.settled_on else 0
    if occurrence.state != OccurrenceState.FULFILLED or days <= 0:
        return state
    text = ngettext("%(state)s, %(days)s day late", "%(state)s, %(days)s days late", days)
    return text % {"state": state, "days": days}


def days_in_words(days: int) -> str:
    """Return how far away a due day is: “due today”, “3 days overdue”, “due in 12 days”."""
    if days == 0:
        return _("Due today")
    if days < 0:
        return ngettext("%(days)s day overdue", "%(days)s days overdue", -days) % {"days": -days}
    return ngettext("Due in %(days)s day", "Due in %(days)s days", days) % {"days": days}


def usual_category(obligation: Obligation) -> int | None:
    """Return the kind of the document that last showed that the obligation was fulfilled; None when there is none."""
    fulfilled = obligation.occurrences.filter(state=OccurrenceState.FULFILLED, evidence_type__model="document")
    last = fulfilled.order_by("-settled_on").values("evidence_id")[:1]
    return Document.objects.filter(pk__in=Subquery(last)).values_list("category", flat=True).first()


def documents_for(obligation: Obligation, *, user: AnyUser) -> models.QuerySet[Document]:
    """Return the documents that may show that an obligation was fulfilled: its agreement's, and the framework's above."""
    contract = obligation.contract
    condition = models.Q(framework=contract.lot.framework_id if contract else obligation.framework_id)
    if contract:
        condition |= models.Q(contract=contract)
    return Document.objects.visible_to(user).filter(condition)


def _last_fulfilled() -> Subquery:
    done = ObligationOccurrence.objects.filter(obligation=OuterRef("pk"), state=OccurrenceState.FULFILLED)
    return Subquery(done.order_by("-settled_on").values("settled_on")[:1])


def _next_of(obligations: list[Any]) -> dict[int, ObligationOccurrence]:
    """Return the first open occurrence of each obligation; needs `with_standing`."""
    open_ones = ObligationOccurrence.objects.open().filter(obligation__in=[row.pk for row in obligations])
    found: dict[int, ObligationOccurrence] = {}
    for occurrence in open_ones.order_by("due_on"):
        found.setdefault(occurrence.obligation_id, occurrence)
    return found


def _row(obligation: Any, coming: ObligationOccurrence | None, today: dt.date) -> ObligationRow:
    return ObligationRow(
        pk=obligation.pk,
        title=obligation.title,
        kind=str(obligation.get_kind_display()),
        party=str(obligation.get_party_display()),
        rule=in_words(obligation),
        agreement=obligation.source,
        followed_up_by=obligation.followed_up_by,
        decision=obligation.decision,
        is_overdue=obligation.state == ObligationState.OVERDUE,
        state=str(ObligationState(obligation.state).label),
        next=occurrence_row(coming, today=today) if coming else None,
        last_fulfilled_on=obligation.last_fulfilled_on,
    )
