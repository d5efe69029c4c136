"""Settle what was due, in one click where there is no more to say; each can be undone."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from contracts import services
from contracts.forms.obligations import FulfilForm, WaiveForm
from contracts.models import Obligation, ObligationOccurrence
from contracts.queries.obligations import documents_for, occurrence_row, usual_category
from contracts.views.shell import editors_only, show
from records.files.uploads import LimitUploadHandler, receives_upload
from records.forms import add_service_errors
from records.views.telling import told


@require_POST
@editors_only
def occurrence_fulfil_now(request: HttpRequest, occurrence_id: int) -> HttpResponse:
    """Fulfilled today, without more words."""
    occurrence = _occurrence_or_404(request, occurrence_id)
    with told(request):
        services.fulfil_obligation(occurrence, on=timezone.localdate(), by=request.user)
        _say_settled(request, occurrence, _("“%(occurrence)s” is fulfilled."))
    return redirect(_back(request, occurrence))


@require_http_methods(["GET", "POST"])
@editors_only
@receives_upload("DOCUMENT_MAX_BYTES")
def occurrence_fulfil(request: HttpRequest, occurrence_id: int, *, upload: LimitUploadHandler) -> HttpResponse:
    occurrence = _occurrence_or_404(request, occurrence_id)
    today = timezone.localdate()
    documents = documents_for(occurrence.obligation, user=request.user)
    initial = {"on": today, "category": usual_category(occurrence.obligation)}
    form = FulfilForm.of_request(request, upload, documents=documents, today=today, initial=initial)
    if form.is_valid():
        try:
            _fulfil(occurrence, form, request)
        except ValidationError as error:
            add_service_errors(form, error)
        else:
            _say_settled(request, occurrence, _("“%(occurrence)s” is fulfilled."))
            return redirect(_back(request, occurrence))
    return _page(request, "contracts/occurrence_fulfil.html", occurrence, title=_("Fulfilled"), form=form)


def _fulfil(occurrence: ObligationOccurrence, form: FulfilForm, request: HttpRequest) -> None:
    facts: dict[str, Any] = {"on": form.cleaned_data["on"], "note": form.cleaned_data["note"], "by": request.user}
    if file := form.cleaned_data["file"]:
        services.fulfil_with_file(occurrence, form.new_document(occurrence), file=file, **facts)
    else:
        services.fulfil_obligation(occurrence, evidence=form.cleaned_data["document"], **facts)


@require_http_methods(["GET", "POST"])
@editors_only
def occurrence_waive(request: HttpRequest, occurrence_id: int) -> HttpResponse:
    occurrence = _occurrence_or_404(request, occurrence_id)
    today = timezone.localdate()
    form = WaiveForm(request.POST or None, today=today, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        try:
            services.waive_obligation(occurrence, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            add_service_errors(form, error)
        else:
            _say_settled(request, occurrence, _("“%(occurrence)s” is waived."))
            return redirect(_back(request, occurrence))
    return _page(request, "contracts/occurrence_waive.html", occurrence, title=_("Waive"), form=form)


@require_POST
@editors_only
def occurrence_reopen(request: HttpRequest, occurrence_id: int) -> HttpResponse:
    occurrence = _occurrence_or_404(request, occurrence_id)
    text = _("“%(occurrence)s” is open again. History keeps that it was settled.") % {"occurrence": occurrence}
    with told(request, text):
        services.reopen_occurrence(occurrence, by=request.user)
    return redirect(_back(request, occurrence))


@require_POST
@editors_only
def obligation_follow_set(request: HttpRequest, obligation_id: int) -> HttpResponse:
    visible = Obligation.objects.visible_to(request.user).select_related("template__obligation_set")
    obligation = get_object_or_404(visible, pk=obligation_id)
    with told(request, _("The obligation follows the set again.")):
        services.follow_set_again(obligation, by=request.user)
    return redirect("obligation:inspect", obligation.pk)


def _occurrence_or_404(request: HttpRequest, occurrence_id: int) -> ObligationOccurrence:
    visible = ObligationOccurrence.objects.visible_to(request.user).with_agreements()
    return get_object_or_404(visible, pk=occurrence_id)


def _back(request: HttpRequest, occurrence: ObligationOccurrence) -> str:
    """Return the page that the person came from, else the obligation's."""
    here = reverse("obligation:inspect", args=[occurrence.obligation_id])
    return get_valid_next_url_from_request(request) or here


def _say_settled(request: HttpRequest, occurrence: ObligationOccurrence, text: str) -> None:
    """Say what was done, with a button that undoes it."""
    undo = {
        "text": text % {"occurrence": occurrence},
        "undo_url": reverse("contracts:occurrence_reopen", args=[occurrence.pk]),
        "next_url": get_valid_next_url_from_request(request),
    }
    messages.success(request, render_to_string("contracts/_settled.html", undo, request=request))


def _page(request: HttpRequest, template: str, occurrence: ObligationOccurrence, **context: Any) -> HttpResponse:
    obligation = occurrence.obligation
    trail = ((reverse("obligation:inspect", args=[obligation.pk]), obligation.title),)
    return show(
        request,
        template,
        agreement=obligation.source,
        trail=trail,
        occurrence=occurrence,
        row=occurrence_row(occurrence, today=timezone.localdate()),
        next_url=get_valid_next_url_from_request(request),
        back_url=_back(request, occurrence),
        **context,
    )
