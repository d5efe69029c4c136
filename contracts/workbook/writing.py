"""Write a plan that was checked. The caller holds the transaction and the locks.

Frameworks and lots are few, and have services of their own. Suppliers, contracts, options and amendments may be tens of
thousands: they are written in batches, each row with its own entry in history, after the same checks as the services make.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.enums import AmendmentState
from contracts.models import Contract, ContractOption, ContractPrice, FrameworkOption, Lot, LotPrice, Obligation
from contracts.queries.agreed_terms import terms_of
from contracts.services.agreements import save_framework, save_lot
from contracts.services.ceilings import refresh_all_ceilings
from contracts.services.flowing import apply_obligation_sets
from contracts.services.planning import plan_many
from contracts.workbook.checking import known
from contracts.workbook.planning import Entry, Plan
from contracts.workbook.tables import AMENDMENTS, CONTRACTS, FRAMEWORKS, LOTS, OPTIONS, PRICES, SUPPLIERS
from records.bulk import BATCH, create_many, update_many
from records.sheets.errors import ImportRefusedError, RowError

LONGEST_REASON = 100  # what history has room for


@dataclass(frozen=True)
class Attribution:
    """Who writes and why, and one moment for everything, so that a contract and its options are one entry in history."""

    by: User | None
    reason: str
    moment: dt.datetime

    @property
    def keywords(self) -> dict[str, Any]:
        return {"reason": self.reason, "moment": self.moment, "by": self.by}


def write_plan(plan: Plan, *, file_name: str, by: User | None) -> None:
    """Write everything that the plan touches; raises ImportRefusedError with what a service refuses after all."""
    reason = Truncator(_("Imported from %(file)s") % {"file": file_name}).chars(LONGEST_REASON)
    who = Attribution(by, reason, timezone.now())
    moved = _moved(plan)
    _write_many(plan.touched(SUPPLIERS), who)
    for wave in _waves(_frameworks(plan)):
        for entry in wave:
            _save(entry, save_framework, who)
    for entry in plan.touched(LOTS):
        _save(entry, save_lot, who)
    _write_many(plan.touched(CONTRACTS), who)
    _write_many([entry for entry in plan.touched(OPTIONS) if isinstance(entry.record, ContractOption)], who)
    for kind in (LotPrice, ContractPrice):
        _write_many([entry for entry in plan.touched(PRICES) if isinstance(entry.record, kind)], who)
    _begin_drafts(plan.touched(AMENDMENTS))
    _write_many(plan.touched(AMENDMENTS), who)
    _let_follow([entry.record for entry in plan.touched(CONTRACTS)], moved, who)


def _begin_drafts(entries: Sequence[Entry]) -> None:
    """Give new drafts the terms that they can be edited from; what is in force already has them merged.

    The workbook holds no terms, so what is only agreed changes none of them either.
    """
    for entry in entries:
        if entry.is_new and entry.record.state in (AmendmentState.DRAFT, AmendmentState.AGREED):
            _point(entry.record)
            entry.record.base_terms = entry.record.terms = terms_of(entry.record.target)


def _moved(plan: Plan) -> set[int]:
    """Return the lots that stored contracts are about to leave."""
    leaving = [entry.record.pk for entry in plan.touched(CONTRACTS) if "lot" in entry.fields]
    return set(Contract.objects.filter(pk__in=leaving).values_list("lot", flat=True))


def _let_follow(contracts: list[Contract], moved: set[int], who: Attribution) -> None:
    """Let what the services of single contracts keep follow: ceilings, and what is due."""
    lots = {contract.lot_id for contract in contracts}
    if moved:
        frameworks = Lot.objects.filter(pk__in=moved | lots).values_list("framework", flat=True)
        refresh_all_ceilings(set(frameworks), by=who.by)
    for lot in Lot.objects.filter(pk__in=lots).order_by("pk"):
        apply_obligation_sets(lot, reason=who.reason, by=who.by)
    keys = [contract.pk for contract in contracts]
    for start in range(0, len(keys), BATCH):
        due = Obligation.objects.filter(contract__in=keys[start : start + BATCH]).values_list("pk", flat=True)
        plan_many(due, today=timezone.localdate(), reason=who.reason, by=who.by)


def _frameworks(plan: Plan) -> list[Entry]:
    """Return the frameworks whose rows or options change, with their options set on them."""
    entries = {entry.key: entry for entry in plan.of(FRAMEWORKS)}
    touched = {entry.key for entry in plan.touched(FRAMEWORKS)}
    options: dict[Any, list[Any]] = {}
    for (_contract, code, _number), option in plan.register.records[OPTIONS.key].items():
        options.setdefault((code,), []).append(option)
    for option in plan.touched(OPTIONS):
        if isinstance(option.record, FrameworkOption):
            key = (option.key[1],)
            framework = plan.register.records[FRAMEWORKS.key][key]
            entries.setdefault(key, Entry(FRAMEWORKS, key, framework, option.reader, follows=True))
            touched.add(key)
    for key in touched:
        entries[key].record.options.set(sorted(options.get(key, []), key=lambda option: option.number))
    return [entries[key] for key in sorted(touched)]


def _point(record: Any) -> None:
    """Give relations the keys of what was new with the record and is stored by now."""
    for field in record._meta.concrete_fields:
        if field.is_relation and (other := known(record, field.name)) is not None:
            setattr(record, field.name, other)


def _save(entry: Entry, save: Any, who: Attribution) -> None:
    _point(entry.record)
    try:
        save(entry.record, related=entry.related or None, reason=who.reason, by=who.by)
    except ValidationError as error:
        row = None if entry.follows else entry.reader.number
        raise ImportRefusedError(
            RowError(row, "", entry.label, message, "", entry.table.title) for message in error.messages
        ) from error


def _write_many(entries: Sequence[Entry], who: Attribution) -> None:
    for wave in _waves([entry for entry in entries if entry.is_new]):
        rows = [entry.record for entry in wave]
        for row in rows:
            _point(row)
        create_many(rows, **who.keywords)
    changed = [entry for entry in entries if not entry.is_new]
    fields = sorted(set[str]().union(*(entry.fields for entry in changed)))
    for entry in changed:
        _point(entry.record)
    update_many([entry.record for entry in changed], fields, **who.keywords)


def _waves(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Yield the records so that a new predecessor is written before the one that follows it."""
    waiting = list(entries)
    while waiting:
        wave = [entry for entry in waiting if _is_stored(getattr(entry.record, "predecessor", None))]
        if not wave:
            raise ValueError(f"predecessors go round in a ring: {[entry.label for entry in waiting]}")
        yield wave
        written = set(map(id, wave))
        waiting = [entry for entry in waiting if id(entry) not in written]


def _is_stored(record: Any) -> bool:
    return record is None or not record._state.adding
