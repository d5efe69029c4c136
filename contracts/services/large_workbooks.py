"""Preview and import of workbooks that take longer than a page may: as background work, with progress.

What the page shows stands in the staged sheet's facts: the preview with its digest, or what is wrong. Both kinds of work may
run twice.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.services.workbook import (
    ADVICE,
    STAGED_KIND,
    WorkbookPlan,
    import_contracts,
    plan_import,
    stage_workbook,
)
from contracts.workbook.previews import Preview, preview_of
from jobs.handlers import Progress
from jobs.models import Job
from jobs.services import enqueue
from records.models import StagedSheet
from records.sheets.errors import ImportRefusedError, RowError
from records.sheets.reading import read_source
from records.sheets.staging import stage_sheet, staged_file

PREVIEW, IMPORT = "contracts.preview_workbook", "contracts.import_workbook"
LARGE_BYTES = 100_000  # some two thousand rows, which are held against the register in a second or two
KEPT_ERRORS = 500


def stage_upload(file: File, *, by: User) -> StagedSheet:
    """Keep a file: a small one when it could be imported, a large one until background work has looked at it.

    Raises ImportRefusedError with everything that is wrong with a small one.
    """
    source_file = read_source(file, advice=ADVICE)
    if source_file.size_bytes <= LARGE_BYTES:
        return stage_workbook(file, by=by)
    with transaction.atomic():
        staged = stage_sheet(source_file, kind=STAGED_KIND, facts={"is_large": True}, by=by)
        _work(PREVIEW, staged, by=by)
    return staged


def is_large(staged: StagedSheet) -> bool:
    return bool(staged.facts.get("is_large"))


def work_of(staged: StagedSheet) -> Job | None:
    """Return the newest background work on a staged workbook."""
    return Job.objects.filter(kind__in=[PREVIEW, IMPORT], subject_id=str(staged.pk)).order_by("-pk").first()


def errors_in(staged: StagedSheet) -> tuple[RowError, ...]:
    """Return what background work found wrong with a staged workbook."""
    return tuple(RowError(**error) for error in staged.facts.get("errors", ()))


@transaction.atomic
def confirm_large(staged: StagedSheet, *, digest: str, by: User) -> Job:
    """Begin the import of what the preview showed."""
    _remember(staged, {**staged.facts, "confirmed": digest})
    return _work(IMPORT, staged, by=by)


@transaction.atomic
def look_again(staged: StagedSheet, *, by: User) -> Job:
    """Begin a new preview: work failed, or something else has changed meanwhile."""
    _remember(staged, {"is_large": True})
    return _work(PREVIEW, staged, by=by)


def make_preview(staged_id: str, progress: Progress) -> None:
    """Hold a staged workbook against the register and keep what it would change, or what is wrong with it.

    A file with errors is not kept: it may hold what must not be stored.
    """
    staged = _staged(staged_id)
    if staged is None or "preview" in staged.facts or "errors" in staged.facts:
        return
    progress(5, _("Reading the workbook …"))
    try:
        found = plan_import(staged_file(staged), tell=progress)
    except ImportRefusedError as refusal:
        _keep_errors(staged, refusal)
    else:
        _remember(staged, {**staged.facts, **_shown(found)})


def run_import(staged_id: str, progress: Progress) -> None:
    """Import a staged workbook as it was confirmed; when it is refused, the page shows why with a new preview."""
    staged = _staged(staged_id)
    if staged is None or "confirmed" not in staged.facts:
        return  # it was imported, discarded or refused before
    progress(5, _("Reading the workbook …"))
    digest, by = staged.facts["confirmed"], staged.uploaded_by
    try:
        import_contracts(staged_file(staged), digest=digest, staged=staged, tell=progress, by=by)
    except ImportRefusedError as refusal:
        with transaction.atomic():
            _remember(staged, {"is_large": True, "refused": [str(error) for error in refusal.errors[:KEPT_ERRORS]]})
            _work(PREVIEW, staged, by=by)


def _shown(found: WorkbookPlan) -> dict[str, Any]:
    preview: Preview = preview_of(found.plan)
    return {"preview": preview, "digest": found.digest}


def _keep_errors(staged: StagedSheet, refusal: ImportRefusedError) -> None:
    errors = [asdict(error) for error in refusal.errors[: KEPT_ERRORS + 1]]
    with transaction.atomic():
        _remember(staged, {**staged.facts, "errors": errors})
        transaction.on_commit(lambda: staged.file.storage.delete(staged.file.name or ""))


def _remember(staged: StagedSheet, facts: dict[str, Any]) -> None:
    staged.facts = facts
    staged.save(update_fields=["facts"])


def _staged(staged_id: str) -> StagedSheet | None:
    return StagedSheet.objects.of_kind(STAGED_KIND).select_related("uploaded_by").filter(pk=staged_id).first()


def _work(kind: str, staged: StagedSheet, *, by: User) -> Job:
    return enqueue(kind, str(staged.pk), key=str(staged.pk), by=by)
