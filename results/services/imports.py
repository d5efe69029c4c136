"""Import a file of aggregated results."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypedDict

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from documents.formats import day
from records.sheets.decoding import decode
from records.sheets.errors import ImportRefusedError, RowError, refused
from records.sheets.personal import has_cpr
from records.sheets.reading import SourceFile, read_source
from results.models import Delivery, MeasureVersion, Observation
from results.services.importing.checking import check_rows
from results.services.importing.comparing import Change, ChangeKind, compare
from results.services.importing.overlapping import already_in_use
from results.services.importing.parsing import LAYOUT, SHEET, ParsedRow, parse_sheet
from results.services.importing.writing import write_delivery

COLUMN_ORDER = {column: place for place, column in enumerate(LAYOUT)}


class Provenance(TypedDict):
    """What is asked of every file; the keywords of `import_results` and `plan_import`."""

    source: str
    extracted_on: dt.date
    is_validated: bool
    supersedes: int | None
    note: str


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do; nothing is written yet."""

    source_file: SourceFile
    figures: tuple[Observation, ...]
    changes: tuple[Change, ...]

    @property
    def counts(self) -> dict[ChangeKind, int]:
        """How many figures are new, replaced, unchanged and gone."""
        found = Counter(change.kind for change in self.changes)
        return {kind: found[kind] for kind in ChangeKind}


@dataclass(frozen=True)
class ImportResult:
    """What an import did; `delivery` is None after a dry run."""

    plan: ImportPlan
    delivery: Delivery | None


def import_results(
    file: Path | File,
    *,
    source: str,
    extracted_on: dt.date,
    is_validated: bool = True,
    supersedes: Delivery | int | None = None,
    note: str = "",
    dry_run: bool = False,
    by: User | None,
) -> ImportResult:
    """Import a CSV or XLSX file as one delivery, or nothing of it.

    Raises ImportRefusedError with everything that is wrong. Two imports of the same figures wait for each other, and the
    second is refused. `by` is None for the system itself.
    """
    provenance = _Provenance(source.strip(), extracted_on, is_validated, _id(supersedes), note.strip())
    table = _read(file, provenance)
    if dry_run:
        return ImportResult(_plan(table, provenance, lock=False), None)
    with transaction.atomic():
        plan = _plan(table, provenance, lock=True)
        delivery = write_delivery(plan.source_file, plan.figures, **provenance.fields, by=by)
    return ImportResult(plan, delivery)


def plan_import(
    file: Path | File,
    *,
    source: str,
    extracted_on: dt.date,
    is_validated: bool = True,
    supersedes: Delivery | int | None = None,
    note: str = "",
) -> ImportPlan:
    """Return what importing the file would change, without writing; raises ImportRefusedError."""
    provenance = _Provenance(source.strip(), extracted_on, is_validated, _id(supersedes), note.strip())
    return _plan(_read(file, provenance), provenance, lock=False)


def import_figures(
    source_file: SourceFile,
    rows: Sequence[ParsedRow],
    *,
    source: str,
    extracted_on: dt.date,
    is_validated: bool = True,
    supersedes: Delivery | int | None = None,
    note: str = "",
    by: User | None,
) -> Delivery:
    """Import figures that were counted here, by the same rules as a file; there is no limit to how many.

    `source_file` is what they stand in. Raises ImportRefusedError with everything that is wrong.
    """
    provenance = _Provenance(source.strip(), extracted_on, is_validated, _id(supersedes), note.strip())
    _refuse(_wrong_provenance(provenance))
    _refuse_same_file(source_file)
    with transaction.atomic():
        plan = _plan(_Table(source_file, list(rows), []), provenance, lock=True)
        return write_delivery(source_file, plan.figures, **provenance.fields, by=by)


@dataclass(frozen=True)
class _Provenance:
    source: str
    extracted_on: dt.date
    is_validated: bool
    supersedes_id: int | None
    note: str

    @property
    def fields(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class _Table:
    """A file whose rows are read: what is wrong with their form waits to be told together with the rest."""

    source_file: SourceFile
    rows: list[ParsedRow]
    errors: list[RowError]


def _read(file: Path | File, provenance: _Provenance) -> _Table:
    """Read the file before any lock is taken: a large one takes seconds."""
    _refuse(_wrong_provenance(provenance))
    source_file = read_source(file, advice=SHEET.advice)
    _refuse_same_file(source_file)
    return _Table(source_file, *parse_sheet(decode(source_file, SHEET)))


def _plan(table: _Table, provenance: _Provenance, *, lock: bool) -> ImportPlan:
    found, wrong = check_rows(table.rows)
    figures = tuple(found.values())
    if lock:
        _lock_definitions(figures)
        _refuse_same_file(table.source_file)  # another import may have finished while this one waited
    old, is_validated = _superseded(provenance.supersedes_id), provenance.is_validated
    twice = already_in_use(found, supersedes=old, is_validated=is_validated)
    _refuse(sorted([*table.errors, *wrong, *twice], key=_place))
    changes = compare(figures, supersedes=old, is_validated=is_validated)
    return ImportPlan(table.source_file, figures, tuple(changes))


def _place(error: RowError) -> tuple[int, int]:
    """Where an error stands in the file: by row, and in the row by the order of the columns."""
    return (error.row or 0, COLUMN_ORDER.get(error.column, len(COLUMN_ORDER)))


def _refuse(errors: Sequence[RowError]) -> None:
    if errors:
        raise ImportRefusedError(errors)


def _refuse_same_file(source_file: SourceFile) -> None:
    earlier = Delivery.objects.filter(sha256=source_file.sha256, withdrawn_at=None).first()
    if earlier is not None:
        raise refused(
            _("The same file was imported on %(date)s as delivery %(id)s.")
            % {"date": day(timezone.localdate(earlier.imported_at)), "id": earlier.pk},
            _("Nothing needs to be done, unless another file was meant."),
            value=source_file.name,
        )


def _id(delivery: Delivery | int | None) -> int | None:
    return delivery.pk if isinstance(delivery, Delivery) else delivery


def _superseded(pk: int | None) -> Delivery | None:
    """Return the delivery to be superseded; raises ImportRefusedError when there is none such, or it is out of use."""
    if pk is None:
        return None
    found = Delivery.objects.filter(pk=pk).first()
    if found is None:
        raise refused(_("There is no delivery %(id)s to supersede.") % {"id": pk}, _("Look its number up in the list."))
    if found.is_withdrawn:
        raise refused(
            _("Delivery %(id)s has been withdrawn, so nothing needs to supersede it.") % {"id": pk},
            _("Import the file without superseding, or undo the withdrawal first."),
        )
    newer = found.superseded_by.filter(withdrawn_at=None).first()
    if newer is not None:
        raise refused(
            _("Delivery %(id)s has already been superseded by delivery %(newer)s.") % {"id": pk, "newer": newer.pk},
            _("Supersede delivery %(newer)s instead.") % {"newer": newer.pk},
        )
    return found


def _wrong_provenance(provenance: _Provenance) -> list[RowError]:
    errors = []
    if not provenance.source:
        errors.append(_about(_("The source is missing."), _("Say which registers or systems the figures come from.")))
    if provenance.extracted_on > timezone.localdate():
        errors.append(_about(_("The extraction date lies in the future."), _("Write the day the figures were drawn.")))
    if has_cpr(provenance.source) or has_cpr(provenance.note):
        errors.append(_about(_("The source or note holds what looks like a CPR number."), _("Remove it.")))
    return errors


def _about(problem: str, remedy: str) -> RowError:
    return RowError(row=None, column="", value="", problem=problem, remedy=remedy)


def _lock_definitions(figures: Sequence[Observation]) -> None:
    """Make imports of the same measures wait for each other, so that both cannot miss the other's figures."""
    versions = {figure.measure_version_id for figure in figures}
    list(MeasureVersion.objects.select_for_update().filter(pk__in=versions).order_by("pk"))
