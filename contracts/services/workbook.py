"""Import the register from a workbook: what would change, and the change itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from contracts.models import ContractImport
from contracts.workbook.checking import check_plan
from contracts.workbook.planning import Plan, Planner, errors_of
from contracts.workbook.reading import ParsedBook, parse_book
from contracts.workbook.register import read_register
from contracts.workbook.writing import write_plan
from records.models import StagedSheet
from records.sheets.errors import ImportRefusedError, refused
from records.sheets.reading import SourceFile, read_source
from records.sheets.staging import changed_since_shown, discard_sheet, stage_sheet, staged_file

STAGED_KIND = "contracts.register"
ADVICE = gettext_lazy("Check that it is the register's own workbook; it may be imported in parts.")

Tell = Callable[[int, str], None]  # percent, and what is being done


def say_nothing(percent: int, message: str = "") -> None:
    """Tell nobody how far the work has come."""


@dataclass(frozen=True)
class WorkbookPlan:
    """A file and what importing it would change; nothing is written yet."""

    source_file: SourceFile
    plan: Plan

    @property
    def digest(self) -> str:
        return self.plan.digest


@dataclass(frozen=True)
class WorkbookResult:
    """What an import did; `record` is None after a dry run, and when nothing was to be changed."""

    plan: Plan
    record: ContractImport | None


def import_contracts(
    file: Path | File,
    *,
    dry_run: bool = False,
    digest: str | None = None,
    staged: StagedSheet | None = None,
    tell: Tell = say_nothing,
    by: User | None,
) -> WorkbookResult:
    """Import frameworks, lots, suppliers, contracts, options and amendments from one workbook, or nothing of it.

    Raises ImportRefusedError with everything that is wrong, and when `digest` is that of another change. Whoever
    changes the same records meanwhile waits. What was `staged` is removed with the import. `by` is None for the system
    itself.
    """
    source_file = read_source(file, advice=ADVICE)
    book = parse_book(source_file)
    tell(40, _("Holding the rows against the register …"))
    if dry_run:
        return WorkbookResult(_plan(book, lock=False), None)
    try:
        with transaction.atomic():
            result = _import(source_file, book, digest=digest, by=by)
            if staged is not None:
                discard_sheet(staged)
            return result
    except IntegrityError:
        raise refused(
            _("The same records were changed meanwhile, or two rows trade places, which cannot be done at once."),
            _("Import it once more. If that is refused too, move one of the two in an import of its own."),
        ) from None


def plan_import(file: Path | File, *, tell: Tell = say_nothing) -> WorkbookPlan:
    """Return what importing the file would change, without writing; raises ImportRefusedError."""
    source_file = read_source(file, advice=ADVICE)
    book = parse_book(source_file)
    tell(60, _("Holding the rows against the register …"))
    return WorkbookPlan(source_file, _plan(book, lock=False))


def stage_workbook(file: File, *, by: User) -> StagedSheet:
    """Keep a file that could be imported; raises ImportRefusedError with everything that is wrong."""
    return stage_sheet(plan_import(file).source_file, kind=STAGED_KIND, facts={}, by=by)


def plan_of(staged: StagedSheet) -> WorkbookPlan:
    """Return what confirming the upload would change, as things stand now; raises ImportRefusedError."""
    return plan_import(staged_file(staged))


def confirm_workbook(staged: StagedSheet, *, digest: str, by: User) -> WorkbookResult:
    """Import the upload if it still changes what was shown, and remove it; raises ImportRefusedError."""
    return import_contracts(staged_file(staged), digest=digest, staged=staged, by=by)


def _import(source_file: SourceFile, book: ParsedBook, *, digest: str | None, by: User | None) -> WorkbookResult:
    plan = _plan(book, lock=True)
    if digest is not None and plan.digest != digest:
        raise changed_since_shown()
    if plan.is_empty:
        return WorkbookResult(plan, None)
    write_plan(plan, file_name=source_file.name, by=by)
    record = ContractImport.objects.create(
        file_name=source_file.name[-255:],
        sha256=source_file.sha256,
        size_bytes=source_file.size_bytes,
        counts=plan.counts,
        imported_by=by,
    )
    return WorkbookResult(plan, record)


def _plan(book: ParsedBook, *, lock: bool) -> Plan:
    plan = Planner(book, read_register(book, lock=lock)).plan()
    check_plan(plan)
    if errors := list(errors_of(book)):
        raise ImportRefusedError(errors)
    return plan
