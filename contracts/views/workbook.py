"""Import the whole register from a workbook: upload, see what will change, confirm. And take it out again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from contracts.forms.workbook import WorkbookForm
from contracts.models import ContractImport
from contracts.services.large_workbooks import (
    confirm_large,
    errors_in,
    is_large,
    look_again,
    stage_upload,
    work_of,
)
from contracts.services.workbook import STAGED_KIND, confirm_workbook, plan_of
from contracts.views.shell import editors_only
from contracts.workbook.exporting import template_workbook
from contracts.workbook.planning import ChangeKind
from contracts.workbook.previews import preview_of
from contracts.workbook.tables import TABLES
from jobs.enums import JobState
from jobs.models import Job
from jobs.views import progress_of
from records.models import StagedSheet
from records.sheets.errors import ImportRefusedError, RowError
from records.sheets.staging import discard_sheet
from records.sheets.uploads import LimitUploadHandler, receives_sheet
from records.views.downloads import made_file
from records.views.frames import frame, list_of

IMPORTS = "contracts_import:index"


@require_http_methods(["GET", "POST"])
@editors_only
@receives_sheet
def workbook_new(request: HttpRequest, *, upload: LimitUploadHandler) -> HttpResponse:
    form = WorkbookForm.of_request(request, upload)
    errors: tuple[RowError, ...] = ()
    if form.is_valid():
        try:
            staged = stage_upload(form.cleaned_data["file"], by=request.user)
        except ImportRefusedError as refusal:
            errors = refusal.errors
        else:
            return redirect("contracts:workbook_preview", staged.pk)
    title = _("Import the register")
    status = 422 if errors else 200
    return show(
        request, "contracts/workbook_new.html", title=title, form=form, errors=errors, sheets=TABLES, status=status
    )


@require_GET
@editors_only
def workbook_preview(request: HttpRequest, staged_id: int) -> HttpResponse:
    staged = _staged(request).filter(pk=staged_id).first()
    if staged is None:
        return _after_import(request, staged_id)
    if is_large(staged):
        return _large_preview(request, staged)
    try:
        found = plan_of(staged)
    except ImportRefusedError as refusal:
        return _preview(request, staged, errors=refusal.errors, status=422)
    return _preview(request, staged, preview=preview_of(found.plan), digest=found.digest)


@require_GET
@editors_only
def workbook_progress(request: HttpRequest, staged_id: int) -> JsonResponse:
    """Tell how far background work has come, for the page's progress line."""
    staged = _staged(request).filter(pk=staged_id).first()
    return progress_of(work_of(staged) if staged is not None else None)


@require_POST
@editors_only
def workbook_confirm(request: HttpRequest, staged_id: int) -> HttpResponse:
    staged = get_object_or_404(_staged(request), pk=staged_id)
    digest = request.POST.get("digest", "")
    if is_large(staged):
        confirm_large(staged, digest=digest, by=request.user)
        return redirect("contracts:workbook_preview", staged_id)
    try:
        result = confirm_workbook(staged, digest=digest, by=request.user)
    except ImportRefusedError as refusal:
        for error in refusal.errors:
            messages.error(request, str(error))
        return redirect("contracts:workbook_preview", staged_id)
    if result.record is None:
        messages.success(request, _("Nothing was to be changed."))
        return redirect(IMPORTS)
    return _imported(request, result.record)


@require_POST
@editors_only
def workbook_again(request: HttpRequest, staged_id: int) -> HttpResponse:
    look_again(get_object_or_404(_staged(request), pk=staged_id), by=request.user)
    return redirect("contracts:workbook_preview", staged_id)


@require_POST
@editors_only
def workbook_discard(request: HttpRequest, staged_id: int) -> HttpResponse:
    discard_sheet(get_object_or_404(_staged(request), pk=staged_id))
    messages.success(request, _("Nothing was imported, and the file is removed."))
    return redirect(IMPORTS)


@require_GET
@editors_only
def workbook_template(request: HttpRequest) -> HttpResponse:
    return made_file(template_workbook(), "kontraktregister-skabelon.xlsx")


def _staged(request: HttpRequest) -> Any:
    return StagedSheet.objects.visible_to(request.user).of_kind(STAGED_KIND)


def _after_import(request: HttpRequest, staged_id: int) -> HttpResponse:
    """Lead from an upload that background work has imported to what it changed."""
    done = Job.objects.filter(kind="contracts.import_workbook", subject_id=str(staged_id), created_by=request.user)
    get_object_or_404(done.filter(state=JobState.DONE)[:1])
    record = ContractImport.objects.visible_to(request.user).filter(imported_by=request.user).first()
    if record is None:
        messages.success(request, _("Nothing was to be changed."))
        return redirect(IMPORTS)
    return _imported(request, record)


def _imported(request: HttpRequest, record: ContractImport) -> HttpResponse:
    messages.success(request, _("“%(file)s” is imported.") % {"file": record.file_name})
    return redirect("contracts_import:inspect", record.pk)


def _large_preview(request: HttpRequest, staged: StagedSheet) -> HttpResponse:
    job = work_of(staged)
    if job is not None and job.is_open:
        return _preview(request, staged, job=job)
    if errors := errors_in(staged):
        return _preview(request, staged, errors=errors)
    if job is None or job.state == JobState.FAILED or "preview" not in staged.facts:
        return _preview(request, staged, failed=job, can_look_again=True)
    return _preview(request, staged, preview=staged.facts["preview"], digest=staged.facts["digest"])


def _preview(request: HttpRequest, staged: StagedSheet, *, status: int = 200, **context: Any) -> HttpResponse:
    addresses = {
        f"{name}_url": reverse(f"contracts:workbook_{name}", args=[staged.pk])
        for name in ("confirm", "discard", "progress", "again")
    }
    context |= {"refused": staged.facts.get("refused", ()), "kinds": dict(ChangeKind.choices)}
    title = _("Preview: %(file)s") % {"file": staged.file_name}
    return show(request, "contracts/workbook_preview.html", title=title, status=status, **addresses, **context)


def show(request: HttpRequest, template: str, *, title: str, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, template, frame(title, list_of(ContractImport)) | context, status=status)
