"""Import a file of monthly amounts and referrals."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.models import SpendDelivery
from contracts.services.ceilings import refresh_all_ceilings
from contracts.services.spend.checking import check_rows
from contracts.services.spend.comparing import Alarm, ChangeKind, SpendChange, alarms, compare
from contracts.services.spend.parsing import SHEET, ParsedMonth, parse_sheet
from contracts.services.spend.writing import lock_spend, write_delivery
from documents.formats import day
from records.sheets.columns import as_written
from records.sheets.decoding import Sheet, decode
from records.sheets.errors import ImportRefusedError, RowError, refused
from records.sheets.personal import has_cpr
from records.sheets.reading import SourceFile, read_source

COLUMN_ORDER = {column: place for place, column in enumerate(SHEET.columns)}


class Provenance(TypedDict):
    """What is asked of every file; the keywords of `import_spend` and `plan_spend`."""

    source: str
    extracted_on: dt.date
    note: str


@dataclass(frozen=True)
class SpendPlan:
    """What an import would do; nothing is written yet. Warnings and alarms hinder nothing."""

    source_file: SourceFile
    changes: tuple[SpendChange, ...]
    warnings: tuple[RowError, ...]
    alarms: tuple[Alarm, ...]

    @property
    def counts(self) -> dict[ChangeKind, int]:
        """How many months are new, corrected and unchanged."""
        found = Counter(change.kind for change in self.changes)
        return {kind: found[kind] for kind in ChangeKind}

    @property
    def digest(self) -> str:
        """A digest of what the plan changes: the same only while nothing that it touches has changed."""
        before = [change.before and [str(each) for each in change.before] for change in self.changes]
        return hashlib.sha256(json.dumps([self.source_file.sha256, before]).encode()).hexdigest()


@dataclass(frozen=True)
class SpendImport:
    """What an import did; `delivery` is None after a dry run."""

    plan: SpendPlan
    delivery: SpendDelivery | None


def import_spend(
    file: Path | File, *, source: str, extracted_on: dt.date, note: str = "", dry_run: bool = False, by: User | None
) -> SpendImport:
    """Import a CSV or XLSX file as one delivery, or nothing of it; corrections take the place of earlier rows.

    Raises ImportRefusedError with everything that is wrong. Two imports wait for each other. `by` is None for the system
    itself.
    """
    provenance = _clean(source, extracted_on, note)
    table = _read(file)
    if dry_run:
        return SpendImport(_plan(table, provenance), None)
    with transaction.atomic():
        lock_spend()
        _refuse_same_file(table.source_file)  # another import may have finished while this one waited
        plan = _plan(table, provenance)
        delivery = write_delivery(plan.source_file, [change.row for change in plan.changes], **provenance, by=by)
        refresh_all_ceilings({change.row.contract.framework_id for change in plan.changes}, by=by)
    return SpendImport(plan, delivery)


def plan_spend(file: Path | File, *, source: str, extracted_on: dt.date, note: str = "") -> SpendPlan:
    """Return what importing the file would change, without writing; raises ImportRefusedError."""
    provenance = _clean(source, extracted_on, note)
    return _plan(_read(file), provenance)


@dataclass(frozen=True)
class _Table:
    """A file whose rows are read: what is wrong with their form waits to be told together with the rest."""

    source_file: SourceFile
    sheet: Sheet
    rows: list[ParsedMonth]
    errors: list[RowError]


def _read(file: Path | File) -> _Table:
    """Read the file before any lock is taken: a large one takes seconds."""
    source_file = read_source(file, advice=SHEET.advice)
    _refuse_same_file(source_file)
    sheet = decode(source_file, SHEET)
    return _Table(source_file, sheet, *parse_sheet(sheet))


def _plan(table: _Table, provenance: Provenance) -> SpendPlan:
    checked = check_rows(table.rows, extracted_on=provenance["extracted_on"])
    _refuse(as_written(sorted([*table.errors, *checked.errors], key=_place), table.sheet, SHEET))
    changes = compare(checked.rows)
    warnings = as_written(checked.warnings, table.sheet, SHEET)
    warnings = [*_older(provenance["extracted_on"], changes), *warnings]
    return SpendPlan(table.source_file, tuple(changes), tuple(warnings), tuple(alarms(changes)))


def _older(extracted_on: dt.date, changes: Sequence[SpendChange]) -> list[RowError]:
    """Return a warning when the file corrects months though a newer extract has been imported."""
    newest = SpendDelivery.objects.filter(withdrawn_at=None, extracted_on__gt=extracted_on).first()
    if newest is None or not any(change.kind is ChangeKind.CHANGED for change in changes):
        return []
    problem = _("The file is older than delivery %(id)s, which was drawn on %(day)s, and still corrects months.")
    remedy = _("Check that it is the right file: what is imported last counts.")
    return [_about(problem % {"id": newest.pk, "day": day(newest.extracted_on)}, remedy)]


def _clean(source: str, extracted_on: dt.date, note: str) -> Provenance:
    provenance = Provenance(source=source.strip(), extracted_on=extracted_on, note=note.strip())
    errors = []
    if not provenance["source"]:
        errors.append(_about(_("The source is missing."), _("Say which system the amounts come from.")))
    if extracted_on > timezone.localdate():
        errors.append(_about(_("The extraction date lies in the future."), _("Write the day the figures were drawn.")))
    if has_cpr(provenance["source"]) or has_cpr(provenance["note"]):
        errors.append(_about(_("The source or note holds what looks like a CPR number."), _("Remove it.")))
    _refuse(errors)
    return provenance


def _refuse_same_file(source_file: SourceFile) -> None:
    earlier = SpendDelivery.objects.filter(sha256=source_file.sha256, withdrawn_at=None).first()
    if earlier is not None:
        raise refused(
            _("The same file was imported on %(date)s as delivery %(id)s.")
            % {"date": day(timezone.localdate(earlier.imported_at)), "id": earlier.pk},
            _("Nothing needs to be done, unless another file was meant."),
            value=source_file.name,
        )


def _refuse(errors: Sequence[RowError]) -> None:
    if errors:
        raise ImportRefusedError(errors)


def _place(error: RowError) -> tuple[int, int]:
    """Where an error stands in the file: by row, and in the row by the order of the columns."""
    return (error.row or 0, COLUMN_ORDER.get(error.column, len(COLUMN_ORDER)))


def _about(problem: str, remedy: str) -> RowError:
    return RowError(row=None, column="", value="", problem=problem, remedy=remedy)
