"""What importing a workbook would change, row by row; nothing is written here."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from contracts.models import Amendment, ContractOption, ContractPrice, FrameworkOption, LotPrice
from contracts.workbook.columns import Column, Reference, References
from contracts.workbook.reading import ParsedBook, ParsedRow
from contracts.workbook.register import Key, Register
from contracts.workbook.tables import OPTIONS, PRICES, TABLES, Table
from records.sheets.errors import RowError
from records.sheets.rows import RowReader
from records.sheets.suggestions import near_codes

MOST_SUGGESTIONS = 50


class ChangeKind(models.TextChoices):
    """What happens to a record."""

    NEW = "new", pgettext_lazy("records", "New")
    CHANGED = "changed", pgettext_lazy("records", "Changed")
    UNCHANGED = "unchanged", pgettext_lazy("records", "Unchanged")


def halves(sentences: str) -> tuple[str, str]:
    """Return what is wrong and what to do, of a refusal that says both: the first sentence, and the others."""
    what, _space, then = re.sub(r"(?<=[^\s\d.]\.)\s+(?=[^\W\d_a-zæøå]|“)", "\n", sentences, count=1).partition("\n")
    return what, then


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value before and after, as people read it."""

    label: str
    old: str
    new: str


@dataclass(slots=True, eq=False)
class Entry:
    """What the workbook says of one record; `fields` are the model's fields that it changes.

    `related` holds the rows of many-to-many fields. An agreement without a row of its own `follows` the row of an option:
    its end moves with it.
    """

    table: Table
    key: Key
    record: Any
    reader: RowReader
    is_new: bool = False
    follows: bool = False
    fields: set[str] = field(default_factory=set)
    changes: list[FieldChange] = field(default_factory=list)
    related: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def kind(self) -> ChangeKind:
        if self.is_new:
            return ChangeKind.NEW
        return ChangeKind.CHANGED if self.fields or self.related else ChangeKind.UNCHANGED

    @property
    def is_touched(self) -> bool:
        return self.kind is not ChangeKind.UNCHANGED

    @property
    def label(self) -> str:
        return self.table.label(self.key)

    def refuse(self, name: str, problem: str, remedy: str = "") -> None:
        """Say what is wrong at the cell of a field, or at the row when the field has no column there."""
        what, then = (problem, remedy) if remedy else halves(problem)
        self.reader.refuse("" if self.follows else self.table.head_of(name), what, then)

    def note(self, label: str, name: str, old: str, new: str) -> None:
        self.fields.add(name)
        self.changes.append(FieldChange(label, old, new))


@dataclass
class Plan:
    """What an import would do, table by table in the order in which it is written."""

    entries: dict[str, list[Entry]]
    register: Register
    ignored: tuple[str, ...] = ()

    def of(self, table: Table) -> list[Entry]:
        return self.entries.get(table.key, [])

    def touched(self, table: Table) -> list[Entry]:
        return [entry for entry in self.of(table) if entry.is_touched]

    @property
    def is_empty(self) -> bool:
        """Whether everything stands in the register already as it does in the workbook."""
        return not any(entry.is_touched for entries in self.entries.values() for entry in entries)

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """How many records of each table are new, changed and unchanged; tables without rows are left out."""
        found = {key: Counter(entry.kind for entry in entries) for key, entries in self.entries.items() if entries}
        return {key: {kind.value: counted[kind] for kind in ChangeKind} for key, counted in found.items()}

    @property
    def digest(self) -> str:
        """Return a digest of what changes: the same only while nothing that is touched has changed."""
        digest = hashlib.sha256()
        for entries in self.entries.values():
            for entry in entries:
                changes = [(change.label, change.old, change.new) for change in entry.changes]
                facts = [entry.table.key, entry.key, entry.kind.value, changes]
                digest.update(json.dumps(facts, default=str).encode())
        return digest.hexdigest()


class Planner:
    """Makes an entry of each row: finds or begins its record, and writes the row's values into it."""

    def __init__(self, book: ParsedBook, register: Register) -> None:
        self.book, self.register = book, register
        self.entries: dict[str, list[Entry]] = {table.key: [] for table in TABLES}
        self._remedies: dict[tuple[str, str], str] = {}
        self._folds: dict[str, dict[str, str]] = {}

    def plan(self) -> Plan:
        """Return the plan; what is wrong is told to the rows' own readers."""
        rows = [list(self._placed(table)) for table in TABLES]  # all records first: rows point at later ones too
        for pairs in rows:
            for entry, row in pairs:
                self._fill(entry, row)
        return Plan(self.entries, self.register, self.book.ignored)

    def _placed(self, table: Table) -> Iterator[tuple[Entry, ParsedRow]]:
        first_rows: dict[Key, int] = {}
        for row in self.book.rows.get(table.key, ()):
            if not table.has_key(row.key):
                continue
            first = first_rows.setdefault(row.key, row.reader.number)
            if first != row.reader.number:
                row.reader.refuse(
                    table.head_of(table.identity[-1]),
                    _("The same record stands in row %(row)s already.") % {"row": first},
                    _("Keep the right one and remove the other."),
                )
                continue
            entry = self._entry(table, row)
            self.entries[table.key].append(entry)
            yield entry, row

    def _entry(self, table: Table, row: ParsedRow) -> Entry:
        records = self.register.records[table.key]
        record, is_new = records.get(row.key), False
        if record is None:
            record, is_new = _begun(table, row), True
            self._refuse_near(table, row)
            records[row.key] = record
        return Entry(table, row.key, record, row.reader, is_new)

    def _refuse_near(self, table: Table, row: ParsedRow) -> None:
        """Refuse a new key that differs from a stored one by capitals alone: it is meant to be that one."""
        if len(table.identity) > 1:
            return
        folded = self._folded(table)
        code = str(row.key[0])
        if (stored := folded.get(code.casefold())) and stored != code:
            problem = _("“%(stored)s” is registered already, written in another way.") % {"stored": stored}
            row.reader.refuse(table.head_of(table.identity[0]), problem, _("Write it in the same way."))

    def _folded(self, table: Table) -> dict[str, str]:
        if table.key not in self._folds:
            self._folds[table.key] = {str(code).casefold(): str(code) for code in self.register.codes(table.key)}
        return self._folds[table.key]

    def _fill(self, entry: Entry, row: ParsedRow) -> None:
        if entry.is_new:
            self._give_identity(entry, row)
        for column in entry.table.columns:
            if column.field not in row.values or column.field in entry.table.identity:
                continue
            value = row.values[column.field]
            if isinstance(column, References):
                self._relate_many(entry, column, value)
            elif isinstance(column, Reference):
                self._relate(entry, column, value)
            else:
                self._set(entry, column, value)

    def _give_identity(self, entry: Entry, row: ParsedRow) -> None:
        """Set what a new record is known by and what is a record itself: its agreement, the service of a price."""
        for column in entry.table.columns:
            if column.field not in entry.table.identity or not isinstance(column, Reference):
                continue
            if code := row.values.get(column.field):
                setattr(entry.record, column.field, self._found(entry, column, code))

    def _set(self, entry: Entry, column: Column, value: Any) -> None:
        old = column.stored(entry.record)
        if old == value and not entry.is_new:
            return
        setattr(entry.record, column.field, value)
        if not entry.is_new:
            entry.note(column.head, column.field, column.shown(old), column.shown(value))

    def _relate(self, entry: Entry, column: Reference, code: str) -> None:
        other = self._found(entry, column, code) if code else None
        old = column.stored(entry.record) if not entry.is_new else ""
        new = getattr(other, column.attribute) if other is not None else ""
        if old == new:
            return
        setattr(entry.record, column.field, other)
        if not entry.is_new:
            entry.note(column.head, column.field, column.shown(old), column.shown(new))

    def _relate_many(self, entry: Entry, column: References, codes: tuple[str, ...]) -> None:
        others = [other for code in codes if (other := self._found(entry, column, code)) is not None]
        old = () if entry.is_new else column.stored(entry.record)
        new = tuple(sorted(getattr(other, column.attribute) for other in others))
        if old == new:
            return
        entry.related[column.field] = others
        if not entry.is_new:
            entry.changes.append(FieldChange(column.head, column.shown(old), column.shown(new)))

    def _found(self, entry: Entry, column: Reference, code: str) -> Any:
        other = self.register.find(column.to, code)
        if other is None:
            entry.refuse(column.field, _("“%(code)s” is unknown.") % {"code": code}, self._remedy(column.to, code))
        return other

    def _remedy(self, kind: str, code: str) -> str:
        """Say which code was probably meant; only of the first unknown ones, since each is held against all that are known."""
        if (kind, code) not in self._remedies:
            is_few = len(self._remedies) < MOST_SUGGESTIONS
            other = _("Use a code that is registered, or give it a row of its own in the workbook.")
            self._remedies[kind, code] = near_codes(code, self.register.codes(kind)) if is_few else other
        return self._remedies[kind, code]


def _begun(table: Table, row: ParsedRow) -> Any:
    """Return a new record that has its key and the usual values."""
    if not table.owners:
        return table.model(**{name: row.values[name] for name in table.identity})
    is_contracts = bool(row.values.get("contract"))
    if table is PRICES:
        kind = ContractPrice if is_contracts else LotPrice
        return kind(unit=row.values["unit"], valid_from=row.values.get("valid_from"))
    number = row.values["number"]
    if table is OPTIONS:
        return ContractOption(number=number) if is_contracts else FrameworkOption(number=number)
    return Amendment(number=number)


def errors_of(book: ParsedBook) -> Iterable[RowError]:
    """Return everything that is wrong, in the order of the sheets, their rows and their columns."""
    yield from book.errors
    for table in TABLES:
        places = {column.head: place for place, column in enumerate(table.columns)}
        for row in book.rows.get(table.key, ()):
            yield from sorted(row.reader.errors, key=lambda error: places.get(error.column, len(places)))
