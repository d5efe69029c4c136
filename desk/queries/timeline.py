"""What has happened, across all kinds of records, newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Case, When
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contracts.enums import AmendmentState, OccurrenceState
from contracts.models import (
    Amendment,
    Contract,
    ContractOption,
    DocumentVersion,
    FrameworkAgreement,
    FrameworkOption,
    Obligation,
    ObligationOccurrence,
)
from desk.viewer import Viewer
from learnings.models import ReportVersion
from records.viewsets import address_of
from results.models import Delivery, Observation
from suppliers.enums import SupplierStatus
from suppliers.models import Supplier

Rows = models.QuerySet[Any]
CONTRACT_DAYS = {
    "starts_on": gettext_lazy("Contract begins"),
    "effective_ends_on": gettext_lazy("Contract ends"),
    "notice_given_on": gettext_lazy("Notice given"),
}


@dataclass(frozen=True)
class Event:
    """Something that happened on a day. `kind` is a word for a reader, `icon` its sign."""

    day: dt.date
    kind: str
    icon: str
    text: str
    url: str | None = None


@dataclass(frozen=True)
class Timeline:
    """The newest events, and whether there are older ones."""

    events: tuple[Event, ...]
    has_more: bool


def gathered(sources: Iterable[Iterable[Event]], *, limit: int) -> Timeline:
    """Return the newest of all sources; each source has to give its own newest, one more than the limit."""
    events = sorted((event for source in sources for event in source), key=lambda event: event.day, reverse=True)
    return Timeline(tuple(events[:limit]), len(events) > limit)


# --- agreements: one query each


def of_agreements(
    viewer: Viewer, *, contracts: Rows, framework: FrameworkAgreement | None = None, limit: int
) -> Iterator[list[Event]]:
    """Yield what happened to these contracts (and to the framework itself), a list for each kind; at most 6 queries."""
    newest = _newest(limit)
    today = viewer.today
    yield _contract_days(newest(_with_newest_day(contracts, today), "newest_day"), today)
    yield _options(
        newest(viewer.rows(ContractOption).filter(contract__in=contracts, decided_on__lte=today), "decided_on")
    )
    if framework is not None:
        decided = viewer.rows(FrameworkOption).filter(framework=framework, decided_on__lte=today)
        yield _options(newest(decided, "decided_on"))
    yield _amendments(
        newest(
            _of(viewer.rows(Amendment), contracts, framework).filter(
                state=AmendmentState.IN_FORCE, effective_on__lte=today
            ),
            "effective_on",
        )
    )
    yield _settled(
        newest(
            viewer.rows(ObligationOccurrence).filter(
                obligation__in=_of(viewer.rows(Obligation), contracts, framework), settled_on__lte=today
            ),
            "settled_on",
        )
    )
    yield _files(newest(_of(viewer.rows(DocumentVersion), contracts, framework, "document__"), "uploaded_at"))


def _newest(limit: int) -> Callable[[Rows, str], Rows]:
    def newest(rows: Rows, field: str) -> Rows:
        return rows.order_by(f"-{field}", "-pk")[: limit + 1]

    return newest


def _of(rows: Rows, contracts: Rows, framework: FrameworkAgreement | None, prefix: str = "") -> Rows:
    """Return what belongs to one of the contracts, or to the framework itself."""
    wanted = models.Q(**{f"{prefix}contract__in": contracts.values("pk")})
    if framework is not None:
        wanted |= models.Q(**{f"{prefix}framework": framework})
    return rows.filter(wanted)


def _with_newest_day(contracts: Rows, today: dt.date) -> Rows:
    """Return contracts of which something has happened, with the newest day of it.

    Whatever event is among the newest ones, its contract is among those whose newest day is: one query serves all kinds. A
    contract ends when its last day has passed.
    """
    happened = [
        Case(When(**{f"{field}__lte": _latest(field, today)}, then=models.F(field)), default=models.Value(dt.date.min))
        for field in CONTRACT_DAYS
    ]
    joined = contracts.select_related("supplier", "lot")
    return joined.annotate(newest_day=Greatest(*happened, output_field=models.DateField())).filter(
        newest_day__gt=dt.date.min
    )


def _contract_days(contracts: Rows, today: dt.date) -> list[Event]:
    return [
        Event(day, str(kind), "doc-full", f"{row.number}, {row.supplier}, {row.lot}", address_of(row))
        for row in contracts
        for field, kind in CONTRACT_DAYS.items()
        if (day := getattr(row, field)) and day <= _latest(field, today)
    ]


def _latest(field: str, today: dt.date) -> dt.date:
    return today - dt.timedelta(days=1) if field == "effective_ends_on" else today


def _options(options: Rows) -> list[Event]:
    parent = "contract__supplier" if options.model is ContractOption else "framework"
    return [
        Event(row.decided_on, _("Option decided"), "calendar-check", f"{row}: {_parent(row)}", address_of(_parent(row)))
        for row in options.select_related(parent)
    ]


def _parent(option: ContractOption | FrameworkOption) -> Contract | FrameworkAgreement:
    return option.contract if isinstance(option, ContractOption) else option.framework


def _amendments(amendments: Rows) -> list[Event]:
    return [
        Event(row.effective_on, _("Amendment in force"), "edit", f"{row}: {row.target}", address_of(row))
        for row in amendments.select_related("contract__supplier", "framework")
    ]


def _settled(occurrences: Rows) -> list[Event]:
    kinds = {OccurrenceState.FULFILLED: _("Obligation fulfilled"), OccurrenceState.WAIVED: _("Obligation waived")}
    rows = occurrences.select_related("obligation__contract__supplier", "obligation__framework")
    return [
        Event(
            row.settled_on,
            kinds.get(OccurrenceState(row.state), row.get_state_display()),
            "check",
            f"{row.obligation}: {row.obligation.source}",
            address_of(row.obligation.source),
        )
        for row in rows
    ]


def _files(versions: Rows) -> list[Event]:
    rows = versions.select_related("document__contract__supplier", "document__framework")
    return [
        Event(
            timezone.localdate(row.uploaded_at),
            _("Document"),
            "doc-empty",
            _("%(title)s, version %(number)s: %(owner)s")
            % {"title": row.document, "number": row.number, "owner": row.document.owner},
            address_of(row.document.owner),
        )
        for row in rows
    ]


# --- a supplier's own: one query each


def of_supplier(viewer: Viewer, supplier: Supplier, *, limit: int) -> Iterator[list[Event]]:
    """Yield what happened to a supplier beside its contracts: status, merges, reports and figures; 5 queries."""
    family = Supplier.objects.family_of(supplier)
    yield _status_changes(supplier)
    yield [
        Event(timezone.localdate(row.merged_at), _("Merged"), "resubmit", row.name)
        for row in viewer.rows(Supplier).filter(merged_into=supplier).order_by("-merged_at")[: limit + 1]
    ]
    submitted = viewer.rows(ReportVersion).submitted().filter(report__supplier__in=family)
    rows = submitted.select_related("report__round").order_by("-submitted_at", "-pk")[: limit + 1]
    yield [
        Event(
            timezone.localdate(row.submitted_at),
            _("Experience report"),
            "form",
            _("%(round)s, version %(number)s") % {"round": row.report.round, "number": row.number},
        )
        for row in rows
    ]
    counted = viewer.rows(Observation).filter(supplier__in=family).values("delivery")
    deliveries = viewer.rows(Delivery).filter(pk__in=counted, withdrawn_at=None).order_by("-extracted_on", "-pk")
    yield [
        Event(row.extracted_on, _("Figures"), "table", f"{row.source}, {row.file_name}", address_of(row))
        for row in deliveries[: limit + 1]
    ]


def _status_changes(supplier: Supplier) -> list[Event]:
    """Return when the status became another, read off history; the day is the one that was written, else the change's."""
    events, before = [], SupplierStatus.ACTIVE.value
    rows = supplier.history.order_by("history_date", "history_id").only(
        "history_date", "status", "status_since", "status_reason"
    )
    for row in rows:
        if row.status != before:
            text = f"{row.get_status_display()}: {row.status_reason}" if row.status_reason else row.get_status_display()
            events.append(
                Event(row.status_since or timezone.localdate(row.history_date), _("Status"), "info-circle", text)
            )
        before = row.status
    return events
