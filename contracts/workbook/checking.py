"""The rules that every record of a planned import must meet: those of one row, and those of several.

The same rules as the services keep, held against all rows at once: `check_data` finds nothing in what passes here.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from contracts import terms
from contracts.models import Amendment, Contract
from contracts.queries.coming import base_end, waiting_by_agreement
from contracts.services.agreements import check_notice, check_options, option_problems, set_computed_days
from contracts.workbook.planning import Entry, Plan
from contracts.workbook.register import neighbours
from contracts.workbook.tables import AMENDMENTS, CONTRACTS, FRAMEWORKS, OPTIONS, SUPPLIERS, TABLES, Table
from records.constraints import broken_constraints, first_field
from records.values import display
from suppliers.services.saving import merged_already

Owner = tuple[str, Any]  # the table and key of an agreement
Waiting = dict[tuple[str, int], list[Amendment]]
COMPUTED = ("effective_ends_on", "run_off_ends_on")


def check_plan(plan: Plan) -> None:
    """Tell the rows' readers what is wrong with the records as they would be; sets the days that follow from the terms.

    Only records that hold together alone are held against others.
    """
    for table in TABLES:
        for entry in plan.touched(table):
            _check_alone(entry)
    _check_current(plan)
    _check_order(plan)
    _check_agreements(plan)
    _check_overlaps(plan)
    _check_amendments(plan)


def _check_alone(entry: Entry) -> None:
    """Hold a record against the rules of its own row. Relations are known already and not asked for again."""
    record = entry.record
    relations = {column.name for column in record._meta.concrete_fields if column.is_relation}
    for step in (lambda: record.clean_fields(exclude=relations), record.clean):
        try:
            step()
        except ValidationError as error:
            _tell(entry, error)
    if not _is_whole(entry):
        return  # a value that could not be read would only be refused again
    for constraint in broken_constraints(record):
        entry.refuse(first_field(constraint), str(constraint.get_violation_error_message()))


def _tell(entry: Entry, error: ValidationError) -> None:
    named = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    broken = entry.reader.broken - {""}
    for name, messages in named.items():
        if entry.table.head_of(name) not in broken:
            for message in messages:
                entry.refuse(name, message)


def _is_whole(entry: Entry) -> bool:
    return not entry.reader.errors


def _check_current(plan: Plan) -> None:
    """Refuse suppliers that have been merged into another, and contracts with them."""
    for entry in plan.touched(SUPPLIERS):
        if entry.record.is_merged:
            entry.refuse("cvr", merged_already(entry.record))
    for entry in plan.touched(CONTRACTS):
        supplier = known(entry.record, "supplier")
        if supplier is not None and supplier.is_merged:
            entry.refuse("supplier", merged_already(supplier))


def _check_order(plan: Plan) -> None:
    """Find predecessors that go round in a ring."""
    for table in (FRAMEWORKS, CONTRACTS):
        for entry in plan.touched(table):
            if _returns(entry.record):
                problem = _("The predecessors go round in a ring, and lead back to this row.")
                entry.refuse("predecessor", problem, _("Leave the first of them without a predecessor."))


def _returns(record: Any) -> bool:
    met, earlier = {id(record)}, known(record, "predecessor")
    while earlier is not None and id(earlier) not in met:
        met.add(id(earlier))
        earlier = known(earlier, "predecessor")
    return earlier is record


def known(record: Any, name: str) -> Any:
    """Return what a relation points at if that is known already: nothing is fetched."""
    return record._state.fields_cache.get(name)


def _check_agreements(plan: Plan) -> None:
    """Hold options, notice and ends of frameworks and contracts together, for those whose rows or options change."""
    options, waiting = _options_by_owner(plan), waiting_by_agreement()
    rows: defaultdict[Owner, list[Entry]] = defaultdict(list)
    for entry in plan.of(OPTIONS):
        rows[_owner_of(entry)].append(entry)
    for table in (FRAMEWORKS, CONTRACTS):
        entries = {entry.key: entry for entry in plan.of(table)}
        moved = {owner[1] for owner, found in rows.items() if owner[0] == table.key and _any_touched(found)}
        for key in sorted({entry.key for entry in plan.touched(table)} | moved):
            owner = (table.key, key)
            agreement = entries.get(key) or _follower(plan, table, key, rows[owner])
            if agreement is None:
                continue
            if all(map(_is_whole, [agreement, *rows[owner]])):
                _check_agreement(agreement, options[owner], rows[owner], waiting)
            if agreement.follows and agreement.is_touched:
                plan.entries[table.key].append(agreement)


def _any_touched(entries: list[Entry]) -> bool:
    return any(entry.is_touched for entry in entries)


def _owner_of(entry: Entry) -> Owner:
    contract, framework, _number = entry.key
    return (CONTRACTS.key, (contract,)) if contract else (FRAMEWORKS.key, (framework,))


def _options_by_owner(plan: Plan) -> dict[Owner, list[Any]]:
    found: defaultdict[Owner, list[Any]] = defaultdict(list)
    for (contract, framework, _number), option in plan.register.records[OPTIONS.key].items():
        found[(CONTRACTS.key, (contract,)) if contract else (FRAMEWORKS.key, (framework,))].append(option)
    return found


def _follower(plan: Plan, table: Table, key: Any, options: list[Entry]) -> Entry | None:
    """Begin an entry for an agreement that has no row of its own, but options that do."""
    record = plan.register.records[table.key].get(key)
    return None if record is None else Entry(table, key, record, options[0].reader, follows=True)


def _check_agreement(entry: Entry, options: list[Any], rows: list[Entry], waiting: Waiting) -> None:
    agreement, told = entry.record, {id(row.record): row for row in rows}
    agreed = waiting.get((str(agreement._meta.model_name), agreement.pk), [])
    if agreement.ends_on is None and options:
        _tell_no_end(entry, agreement, options)
        return
    for option, problem in option_problems(base_end(agreement, agreed, options), options):
        (told.get(id(option)) or entry).refuse("state", problem)
    if isinstance(agreement, Contract):
        _check_notice(entry, agreement)
    try:
        _follow(entry, options, agreed)
    except ValidationError as error:
        _tell(entry, error)


def _check_notice(entry: Entry, contract: Contract) -> None:
    try:
        check_notice(contract)
    except ValidationError as error:
        _tell(entry, error)


def _tell_no_end(entry: Entry, agreement: Any, options: list[Any]) -> None:
    """Say that there is no end to extend, at the agreement's row or at that of the option that it follows."""
    try:
        check_options(agreement.ends_on, options)
    except ValidationError as error:
        _tell(entry, error)


def _follow(entry: Entry, options: list[Any], waiting: list[Amendment]) -> None:
    """Set the computed days of an agreement, and note those that move."""
    agreement = entry.record
    before = {name: getattr(agreement, name) for name in COMPUTED if hasattr(agreement, name)}
    set_computed_days(agreement, options, waiting=waiting)
    for name, old in before.items():
        new = getattr(agreement, name)
        if old != new and not entry.is_new:
            label = capfirst(str(agreement._meta.get_field(name).verbose_name))
            entry.note(_("%(field)s (computed)") % {"field": label}, name, display(old), display(new))


def _check_overlaps(plan: Plan) -> None:
    """Find contracts of one supplier that would run in one lot at the same time, when at least one of them is touched."""
    touched = [entry for entry in plan.touched(CONTRACTS) if _is_whole(entry) and _is_placed(entry.record)]
    entries = {id(entry.record): entry for entry in touched}
    stored = {row.pk: row for row in neighbours(entry.record for entry in touched)}
    named = {row.pk: row for row in plan.register.records[CONTRACTS.key].values() if row.pk}
    for same in _by_place([*(stored | named).values(), *(entry.record for entry in touched if entry.is_new)]):
        for one, other in _overlapping(same):
            at, against = (one, other) if id(one) in entries else (other, one)
            if id(at) in entries:
                entries[id(at)].refuse("starts_on", _overlap(against, entries))


def _is_placed(contract: Contract) -> bool:
    """Tell whether supplier and lot were found, so that the contract can stand in another's way."""
    return all(known(contract, name) is not None for name in ("supplier", "lot"))


def _by_place(contracts: Iterable[Contract]) -> Iterable[list[Contract]]:
    found: defaultdict[tuple[Any, Any], list[Contract]] = defaultdict(list)
    for contract in contracts:
        found[_key(contract, "supplier"), _key(contract, "lot")].append(contract)
    return (same for same in found.values() if len(same) > 1)


def _key(contract: Contract, name: str) -> Any:
    """Return the key of a relation; that of a record which is not stored yet is its own."""
    other = known(contract, name)
    if other is not None and other.pk is None:
        return ("new", id(other))
    return other.pk if other is not None else getattr(contract, f"{name}_id")


def _overlapping(contracts: list[Contract]) -> Iterable[tuple[Contract, Contract]]:
    longest: Contract | None = None
    for contract in sorted(contracts, key=lambda row: (row.starts_on, row.number)):
        if longest is not None and terms.overlap(*_days(longest), *_days(contract)):
            yield contract, longest
        if longest is None or (contract.effective_ends_on or dt.date.max) > (longest.effective_ends_on or dt.date.max):
            longest = contract


def _days(contract: Contract) -> tuple[dt.date, dt.date | None]:
    return contract.starts_on, contract.effective_ends_on


def _overlap(other: Contract, entries: dict[int, Entry]) -> str:
    sentence = _(
        "The supplier already has contract %(number)s in this lot in the same period (%(start)s to %(end)s). "
        "End that one first, or choose other dates."
    ) % {
        "number": other.number,
        "start": display(other.starts_on),
        "end": display(other.effective_ends_on) if other.effective_ends_on else "…",
    }
    entry = entries.get(id(other))
    if entry is None or entry.follows:
        return sentence
    return f"{sentence} {_('It stands in row %(row)s.') % {'row': entry.reader.number}}"


def _check_amendments(plan: Plan) -> None:
    for entry in plan.touched(AMENDMENTS):
        amendment, agreement = entry.record, entry.record.target
        if "state" in entry.fields:
            entry.refuse(
                "state",
                _("The amendment stands otherwise in the register, and is put into force or withdrawn there."),
                _("Do that on its own page, or write the state that it has."),
            )
        if agreement is None or not _is_whole(entry):
            continue
        if agreement.starts_on and amendment.effective_on < agreement.starts_on:
            entry.refuse(
                "effective_on",
                _("The amendment takes effect before the agreement begins on %(day)s.")
                % {"day": display(agreement.starts_on)},
                _("Correct one of the dates."),
            )
