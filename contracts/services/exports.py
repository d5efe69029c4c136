"""Take the register out as a workbook in the background, when it is too large for a page to wait for."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import User
from accounts.rules import AnyUser
from contracts.models import Contract, RegisterExport
from contracts.models.imports import EXPORT
from contracts.workbook.exporting import register_workbook
from jobs.handlers import Progress
from jobs.services import enqueue

LARGE_CONTRACTS = 1_000  # which take about a second


def is_large_for(user: AnyUser) -> bool:
    """Tell whether what the person may see takes longer than a page may."""
    return Contract.objects.visible_to(user).count() > LARGE_CONTRACTS


@transaction.atomic
def request_export(*, by: User) -> RegisterExport:
    """Write down that somebody wants the register, and begin the work. What is being made already is not begun again."""
    for waiting in RegisterExport.objects.visible_to(by).filter(file=""):
        if (job := waiting.job) is not None and job.is_open:
            return waiting
    export = RegisterExport.objects.create(requested_by=by)
    enqueue(EXPORT, str(export.pk), key=str(export.pk), by=by)
    return export


def make_export(export_id: str, progress: Progress) -> None:
    """Write the workbook and keep it; safe to run twice: of two workers the first one's stays."""
    export = RegisterExport.objects.select_related("requested_by").filter(pk=export_id).first()
    if export is None or export.file:
        return
    content = register_workbook(export.requested_by, tell=progress)
    with transaction.atomic():
        held = RegisterExport.objects.select_for_update().get(pk=export.pk)
        if held.file:
            return
        held.file.save(f"{uuid.uuid4().hex}.xlsx", ContentFile(content), save=False)
        held.size_bytes = len(content)
        held.save()


def sweep_exports(*, now: dt.datetime) -> int:
    """Remove what was made more than a day ago; return how many there were."""
    expired = list(RegisterExport.objects.expired(now=now))
    for export in expired:
        name, storage = export.file.name, export.file.storage
        export.delete()
        if name:
            storage.delete(name)
    return len(expired)
