"""Keep a file of results between preview and confirmation."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

from django.core.files import File
from django.db import transaction

from accounts.models import User
from records.models import StagedSheet
from records.sheets.staging import changed_since_shown, discard_sheet, stage_sheet, staged_file
from results.models import Delivery
from results.services.importing.comparing import NUMBERS
from results.services.imports import ImportPlan, ImportResult, Provenance, import_results, plan_import

STAGED_KIND = "results.delivery"


def stage_upload(
    file: File,
    *,
    source: str,
    extracted_on: dt.date,
    is_validated: bool,
    supersedes: Delivery | None,
    note: str,
    by: User,
) -> StagedSheet:
    """Keep a file that could be imported; raises ImportRefusedError with everything that is wrong."""
    provenance = Provenance(
        source=source,
        extracted_on=extracted_on,
        is_validated=is_validated,
        supersedes=None if supersedes is None else supersedes.pk,
        note=note,
    )
    source_file = plan_import(file, **provenance).source_file
    return stage_sheet(source_file, kind=STAGED_KIND, facts=provenance, by=by)


def provenance_of(staged: StagedSheet) -> Provenance:
    """Return what was said of a file when it was brought."""
    facts = staged.facts
    return Provenance(
        source=facts["source"],
        extracted_on=dt.date.fromisoformat(facts["extracted_on"]),
        is_validated=facts["is_validated"],
        supersedes=facts["supersedes"],
        note=facts["note"],
    )


def plan_of(staged: StagedSheet) -> ImportPlan:
    """Return what confirming the upload would change, as things stand now; raises ImportRefusedError."""
    return plan_import(staged_file(staged), **provenance_of(staged))


def plan_digest(plan: ImportPlan) -> str:
    """Return a digest of what a plan changes: the same only while nothing it touches has changed."""
    changes = [
        [
            change.kind.value,
            change.before and [change.before.pk, *(str(getattr(change.before, name)) for name in NUMBERS)],
        ]
        for change in plan.changes
    ]
    return hashlib.sha256(json.dumps([plan.source_file.sha256, changes]).encode()).hexdigest()


@transaction.atomic
def confirm_upload(staged: StagedSheet, *, digest: str, by: User) -> ImportResult:
    """Import the upload if it still changes what was shown, and remove it.

    Raises ImportRefusedError when the figures it touches have changed since, or it can no longer be imported.
    """
    result = import_results(staged_file(staged), **provenance_of(staged), by=by)
    if plan_digest(result.plan) != digest:
        raise changed_since_shown()
    discard_sheet(staged)
    return result
