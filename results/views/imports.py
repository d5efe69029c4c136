"""Import a file: upload with provenance, see what will change, confirm."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from records.models import StagedSheet
from records.sheets.staging import discard_sheet
from records.sheets.uploads import LimitUploadHandler, receives_sheet
from results.forms import UploadForm
from results.models import Delivery
from results.services import (
    STAGED_KIND,
    ImportRefusedError,
    RowError,
    confirm_upload,
    plan_digest,
    plan_of,
    provenance_of,
    stage_upload,
)
from results.views.previews import change_groups
from results.views.shell import importers_only, show


@require_http_methods(["GET", "POST"])
@importers_only
@receives_sheet
def import_new(request: HttpRequest, *, upload: LimitUploadHandler) -> HttpResponse:
    form = UploadForm.of_request(request, upload, user=request.user)
    errors: tuple[RowError, ...] = ()
    if form.is_valid():
        try:
            staged = stage_upload(**form.cleaned_data, by=request.user)
        except ImportRefusedError as refusal:
            errors = refusal.errors
        else:
            return redirect("results:import_preview", staged.pk)
    status = 422 if errors else 200
    return show(request, "results/import_new.html", title=_("Import results"), form=form, errors=errors, status=status)


@require_GET
@importers_only
def import_preview(request: HttpRequest, staged_id: int) -> HttpResponse:
    staged = get_object_or_404(_staged(request), pk=staged_id)
    try:
        plan = plan_of(staged)
    except ImportRefusedError as refusal:
        return _preview(request, staged, errors=refusal.errors, status=422)
    return _preview(request, staged, groups=change_groups(plan), digest=plan_digest(plan))


@require_POST
@importers_only
def import_confirm(request: HttpRequest, staged_id: int) -> HttpResponse:
    staged = get_object_or_404(_staged(request), pk=staged_id)
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
    staged = get_object_or_404(_staged(request), pk=staged_id)
    discard_sheet(staged)
    messages.success(request, _("Nothing was imported, and the file is removed."))
    return redirect("results_delivery:index")


def _staged(request: HttpRequest) -> QuerySet[StagedSheet]:
    return StagedSheet.objects.visible_to(request.user).of_kind(STAGED_KIND)


def _preview(request: HttpRequest, staged: StagedSheet, *, status: int = 200, **context: object) -> HttpResponse:
    title = _("Preview: %(file)s") % {"file": staged.file_name}
    provenance = provenance_of(staged)
    old = Delivery.objects.filter(pk=provenance["supersedes"]).first() if provenance["supersedes"] else None
    context |= {
        "provenance": provenance,
        "supersedes": old,
        "confirm_url": reverse("results:import_confirm", args=[staged.pk]),
        "discard_url": reverse("results:import_discard", args=[staged.pk]),
    }
    return show(request, "results/import_preview.html", title=title, status=status, **context)
