"""Take the whole register out: at once when it is small, else made in the background and fetched when it is there."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from contracts.models import RegisterExport
from contracts.services.exports import is_large_for, request_export
from contracts.views.workbook import show
from contracts.workbook.exporting import register_workbook
from jobs.views import progress_of
from records.views.downloads import made_file, stored_file


@require_GET
def workbook_export(request: HttpRequest) -> HttpResponse:
    """Hand out everything that the reader may see; of a large register, offer to make it in the background."""
    if not is_large_for(request.user):
        name = f"kontraktregister {timezone.localdate().isoformat()}.xlsx"
        return made_file(register_workbook(request.user), name)
    exports = RegisterExport.objects.visible_to(request.user)
    return show(request, "contracts/register_export_new.html", title=_("Export the register"), exports=exports)


@require_POST
def workbook_export_begin(request: HttpRequest) -> HttpResponse:
    return redirect("contracts:workbook_export_show", request_export(by=request.user).pk)


@require_GET
def workbook_export_show(request: HttpRequest, pk: int) -> HttpResponse:
    export = _export(request, pk)
    return show(
        request, "contracts/register_export.html", title=_("Export the register"), export=export, job=export.job
    )


@require_GET
def workbook_export_progress(request: HttpRequest, pk: int) -> JsonResponse:
    """Tell how far the work has come, for the page's progress line."""
    return progress_of(_export(request, pk).job)


@require_GET
def workbook_export_download(request: HttpRequest, pk: int) -> FileResponse:
    export = _export(request, pk)
    return stored_file(export.file, f"{export}.xlsx")


def _export(request: HttpRequest, pk: int) -> RegisterExport:
    return get_object_or_404(RegisterExport.objects.visible_to(request.user), pk=pk)
