"""Keep a file between preview and confirmation, so that what is confirmed is what was shown."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from results.models import Delivery, StagedUpload
from results.services.importing.comparing import NUMBERS
from results.services.importing.errors import refused
from results.services.imports import ImportPlan, ImportResult, Provenance, import_results, plan_import

KEPT_HOURS = 24


def stage_upload(
    file: File,
    *,
    source: str,
    extracted_on: dt.date,
    is_validated: bool,
    supersedes: Delivery | None,
    note: str,
    by: User,
) -> StagedUpload:
    """Keep a file that could be imported; one with errors is not kept, since it may hold what must not be stored.

    Raises ImportRefusedError with everything that is wrong. Uploads that nobody confirmed in a day are removed.
    """
    provenance = Provenance(
        source=source, extracted_on=extracted_on, is_validated=is_validated, supersedes=supersedes, note=note
    )
    source_file = plan_import(file, **provenance).source_file
    with transaction.atomic():
        _discard_all(StagedUpload.objects.uploaded_before(timezone.now() - dt.timedelta(hours=KEPT_HOURS)))
        _discard_all(StagedUpload.objects.filter(sha256=source_file.sha256, uploaded_by=by))
        staged = StagedUpload(
            **provenance, file_name=source_file.name[-255:], sha256=source_file.sha256, uploaded_by=by
        )
        staged.file.save(f"{source_file.sha256}{source_file.kind.value}", ContentFile(source_file.content), save=False)
        staged.save()
    return staged


def plan_of(staged: StagedUpload) -> ImportPlan:
    """Return what confirming the upload would change, as things stand now; raises ImportRefusedError."""
    return plan_import(_content(staged), **_provenance(staged))


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
def confirm_upload(staged: StagedUpload, *, digest: str, by: User) -> ImportResult:
    """Import the upload if it still changes what was shown, and remove it.

    Raises ImportRefusedError when the figures it touches have changed since, or it can no longer be imported.
    """
    result = import_results(_content(staged), **_provenance(staged), by=by)
    if plan_digest(result.plan) != digest:
        raise refused(
            _("Other figures have been imported since the preview was shown, so this file now changes something else."),
            _("Look at the preview again, and confirm once more."),
        )
    discard_upload(staged)
    return result


@transaction.atomic
def discard_upload(staged: StagedUpload) -> None:
    """Remove an upload and, once that is certain, its file."""
    stored = staged.file
    staged.delete()
    transaction.on_commit(lambda: stored.storage.delete(stored.name or ""))


def _discard_all(uploads: Iterable[StagedUpload]) -> None:
    for staged in uploads:
        discard_upload(staged)


def _provenance(staged: StagedUpload) -> Provenance:
    return Provenance(
        source=staged.source,
        extracted_on=staged.extracted_on,
        is_validated=staged.is_validated,
        supersedes=staged.supersedes,
        note=staged.note,
    )


def _content(staged: StagedUpload) -> File:
    try:
        with staged.file.open("rb") as stream:
            content = stream.read()
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != staged.sha256:
        raise refused(_("The uploaded file is no longer there as it was."), _("Upload it again."))
    return ContentFile(content, name=staged.file_name)
