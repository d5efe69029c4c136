"""Ask for a dossier, follow the work, download the file."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.rules import can_edit_records
from desk.dossiers.names import safe_part
from desk.enums import Edition, LeftOut
from desk.forms import DossierForm
from desk.models import SUBJECTS, Dossier
from desk.services.dossiers import request_dossier
from jobs.views import progress_of
from records.forms import add_service_errors
from records.views.base import refused
from records.views.downloads import stored_file
from records.views.frames import frame

SHOWN = 100


@require_http_methods(["GET", "POST"])
def dossier_new(request: HttpRequest, *, kind: str, pk: int) -> HttpResponse:
    subject = get_object_or_404(_visible(request, kind), pk=pk)
    if not can_edit_records(request.user):
        return refused(request)
    form = DossierForm(request.POST or None)
    if form.is_valid():
        try:
            dossier = request_dossier(subject, **_asked(form), by=request.user)
        except ValidationError as error:
            add_service_errors(form, error)
        else:
            return redirect("desk:dossier_show", dossier.pk)
    title = _("Dossier about %(record)s") % {"record": subject}
    return _show(request, "desk/dossier_new.html", title=title, form=form, subject=subject)


@require_GET
def dossier_index(request: HttpRequest) -> HttpResponse:
    dossiers = Dossier.objects.visible_to(request.user)[:SHOWN]
    return _show(request, "desk/dossier_index.html", title=_("Dossiers"), dossiers=dossiers)


@require_GET
def dossier_show(request: HttpRequest, pk: int) -> HttpResponse:
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user), pk=pk)
    left_out = [LeftOut(kind).label for kind in dossier.left_out]
    return _show(
        request, "desk/dossier_show.html", title=dossier.title, dossier=dossier, job=dossier.job, left_out=left_out
    )


@require_GET
def dossier_progress(request: HttpRequest, pk: int) -> JsonResponse:
    """Tell how far the work has come, for the page's progress line."""
    return progress_of(get_object_or_404(Dossier.objects.visible_to(request.user), pk=pk).job)


@require_GET
def dossier_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).exclude(file=""), pk=pk)
    return stored_file(dossier.file, f"{safe_part(dossier.title)}.zip")


def _visible(request: HttpRequest, kind: str) -> Any:
    if kind not in SUBJECTS:
        raise Http404
    return SUBJECTS[kind]._default_manager.visible_to(request.user)  # type: ignore[attr-defined]


def _asked(form: DossierForm) -> dict[str, Any]:
    return {**form.cleaned_data, "edition": Edition(form.cleaned_data["edition"])}


def _show(request: HttpRequest, template: str, *, title: str, **context: Any) -> HttpResponse:
    own = (reverse("desk:dossiers"), capfirst(str(Dossier._meta.verbose_name_plural)))
    return render(request, template, frame(title, own, icon="folder") | context)
