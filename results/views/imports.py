"""Import a file: upload with provenance, see what will change, confirm."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from results.forms import UploadForm
from results.models import StagedUpload
from results.services import (
    ImportRefusedError,
    RowError,
    confirm_upload,
    discard_upload,
    plan_digest,
    plan_of,
    stage_upload,
)
from results.uploads import LimitUploadHandler
from results.views.previews import change_groups
from results.views.shell import importers_only, show

AS_NEW = {"is_validated": True}


@csrf_exempt  # only until the limit is set: the protected view below reads the request's body first
@importers_only
def import_new(request: HttpRequest) -> HttpResponse:
    handler = LimitUploadHandler(request, limit=settings.IMPORT_MAX_BYTES)
    request.upload_handlers.insert(0, handler)
    return _import_new(request, handler)


@csrf_protect
@require_http_methods(["GET", "POST"])
def _import_new(request: HttpRequest, handler: LimitUploadHandler) -> HttpResponse:
    errors: tuple[RowError, ...] = ()
    if request.method == "POST":
        posted, files = request.POST, request.FILES  # reads the body, and so the handler learns its size
        data = AS_NEW if handler.is_too_large else posted
        form = UploadForm(data, files, user=request.user, is_too_large=handler.is_too_large)
        if form.is_valid():
            try:
                staged = stage_upload(**form.cleaned_data, by=request.user)
            except ImportRefusedError as refusal:
                errors = refusal.errors
            else:
                return redirect("results:import_preview", staged.pk)
    else:
        form = UploadForm(user=request.user, initial=AS_NEW)
    status = 422 if errors else 200
    return show(request, "results/import_new.html", title=_("Import results"), form=form, errors=errors, status=status)


@require_GET
@importers_only
def import_preview(request: HttpRequest, staged_id: int) -> HttpResponse:
    staged = get_object_or_404(StagedUpload.objects.visible_to(request.user).select_related("supersedes"), pk=staged_id)
    try:
        plan = plan_of(staged)
    except ImportRefusedError as refusal:
        return _preview(request, staged, errors=refusal.errors, status=422)
    return _preview(request, staged, groups=change_groups(plan), digest=plan_digest(plan))


@require_POST
@importers_only
def import_confirm(request: HttpRequest, staged_id: int) -> HttpResponse:
    staged = get_object_or_404(StagedUpload.objects.visible_to(request.user), pk=staged_id)
    try:
        result = confirm_upload(staged, digest=request.POST.get("digest", ""), by=request.user)
    except ImportRefusedError as refusal:
        for error in refusal.errors:
            messages.error(request, str(error))
        return redirect("results:import_preview", staged_id)
    count = len(result.plan.figures)
    imported = ngettext("%(count)s figure was imported.", "%(count)s figures were imported.", count) % {"count": count}
    messages.success(request, imported)
    return redirect("results_delivery:inspect", result.delivery.pk)  # type: ignore[union-attr]


@require_POST
@importers_only
def import_discard(request: HttpRequest, staged_id: int) -> HttpResponse:
    staged = get_object_or_404(StagedUpload.objects.visible_to(request.user), pk=staged_id)
    discard_upload(staged)
    messages.success(request, _("Nothing was imported, and the file is removed."))
    return redirect("results_delivery:index")


def _preview(request: HttpRequest, staged: StagedUpload, *, status: int = 200, **context: object) -> HttpResponse:
    title = _("Preview: %(file)s") % {"file": staged.file_name}
    return show(request, "results/import_preview.html", title=title, staged=staged, status=status, **context)
