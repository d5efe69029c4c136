"""Import a file of spend: upload with provenance, see what will change, confirm."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from contracts.forms.spend import SpendForm
from contracts.services.spend import (
    SPEND_KIND,
    SpendImport,
    confirm_spend,
    spend_provenance,
    stage_spend,
    staged_plan,
)
from contracts.spend_words import alarm_text
from contracts.views.shell import editors_only
from contracts.views.spend.frame import show
from contracts.views.spend.previews import change_groups
from records.models import StagedSheet
from records.sheets.errors import ImportRefusedError, RowError
from records.sheets.staging import discard_sheet
from records.sheets.uploads import LimitUploadHandler, receives_sheet


@require_http_methods(["GET", "POST"])
@editors_only
@receives_sheet
def spend_new(request: HttpRequest, *, upload: LimitUploadHandler) -> HttpResponse:
    form = SpendForm.of_request(request, upload, user=request.user)
    errors: tuple[RowError, ...] = ()
    if form.is_valid():
        try:
            staged = stage_spend(**form.cleaned_data, by=request.user)
        except ImportRefusedError as refusal:
            errors = refusal.errors
        else:
            return redirect("contracts:spend_preview", staged.pk)
    status = 422 if errors else 200
    return show(request, "contracts/spend_new.html", title=_("Import spend"), form=form, errors=errors, status=status)


@require_GET
@editors_only
def spend_preview(request: HttpRequest, staged_id: int) -> HttpResponse:
    staged = get_object_or_404(_staged(request), pk=staged_id)
    try:
        plan = staged_plan(staged)
    except ImportRefusedError as refusal:
        return _preview(request, staged, errors=refusal.errors, status=422)
    return _preview(
        request,
        staged,
        groups=change_groups(plan),
        digest=plan.digest,
        warnings=plan.warnings,
        alarms=[alarm_text(alarm) for alarm in plan.alarms],
    )


@require_POST
@editors_only
def spend_confirm(request: HttpRequest, staged_id: int) -> HttpResponse:
    staged = get_object_or_404(_staged(request), pk=staged_id)
    try:
        result = confirm_spend(staged, digest=request.POST.get("digest", ""), by=request.user)
    except ImportRefusedError as refusal:
        for error in refusal.errors:
            messages.error(request, str(error))
        return redirect("contracts:spend_preview", staged_id)
    _tell(request, result)
    return redirect("spend_delivery:inspect", result.delivery.pk)  # type: ignore[union-attr]


@require_POST
@editors_only
def spend_discard(request: HttpRequest, staged_id: int) -> HttpResponse:
    discard_sheet(get_object_or_404(_staged(request), pk=staged_id))
    messages.success(request, _("Nothing was imported, and the file is removed."))
    return redirect("spend_delivery:index")


def _staged(request: HttpRequest) -> QuerySet[StagedSheet]:
    return StagedSheet.objects.visible_to(request.user).of_kind(SPEND_KIND)


def _tell(request: HttpRequest, result: SpendImport) -> None:
    count = len(result.plan.changes)
    imported = ngettext("%(count)s month was imported.", "%(count)s months were imported.", count) % {"count": count}
    messages.success(request, imported)
    for alarm in result.plan.alarms:
        messages.warning(request, alarm_text(alarm))


def _preview(request: HttpRequest, staged: StagedSheet, *, status: int = 200, **context: object) -> HttpResponse:
    context |= {
        "provenance": spend_provenance(staged),
        "confirm_url": reverse("contracts:spend_confirm", args=[staged.pk]),
        "discard_url": reverse("contracts:spend_discard", args=[staged.pk]),
    }
    title = _("Preview: %(file)s") % {"file": staged.file_name}
    return show(request, "contracts/spend_preview.html", title=title, status=status, **context)
