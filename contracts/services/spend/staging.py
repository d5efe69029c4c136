"""Keep a file of spend between preview and confirmation."""

from __future__ import annotations

import datetime as dt

from django.core.files import File
from django.db import transaction

from accounts.models import User
from contracts.services.spend.imports import Provenance, SpendImport, SpendPlan, import_spend, plan_spend
from records.models import StagedSheet
from records.sheets.staging import changed_since_shown, discard_sheet, stage_sheet, staged_file

SPEND_KIND = "contracts.spend"


def stage_spend(file: File, *, source: str, extracted_on: dt.date, note: str, by: User) -> StagedSheet:
    """Keep a file that could be imported; raises ImportRefusedError with everything that is wrong."""
    provenance = Provenance(source=source, extracted_on=extracted_on, note=note)
    source_file = plan_spend(file, **provenance).source_file
    return stage_sheet(source_file, kind=SPEND_KIND, facts=provenance, by=by)


def spend_provenance(staged: StagedSheet) -> Provenance:
    """Return what was said of a file when it was brought."""
    facts = staged.facts
    return Provenance(
        source=facts["source"], extracted_on=dt.date.fromisoformat(facts["extracted_on"]), note=facts["note"]
    )


def staged_plan(staged: StagedSheet) -> SpendPlan:
    """Return what confirming the file would change, as things stand now; raises ImportRefusedError."""
    return plan_spend(staged_file(staged), **spend_provenance(staged))


@transaction.atomic
def confirm_spend(staged: StagedSheet, *, digest: str, by: User) -> SpendImport:
    """Import the file if it still changes what was shown, and remove it.

    Raises ImportRefusedError when the months it touches have changed since, or it can no longer be imported.
    """
    result = import_spend(staged_file(staged), **spend_provenance(staged), by=by)
    if result.plan.digest != digest:
        raise changed_since_shown()
    discard_sheet(staged)
    return result
