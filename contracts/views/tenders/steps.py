"""Moves of a tender: its phases begin, are finished and taken back, and it is cancelled or taken up again."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from contracts.enums import Phase
from contracts.forms.tenders.steps import StepForm, WhyForm
from contracts.models import Tender
from contracts.services.tenders import begin_phase, cancel_tender, finish_phase, reopen_tender, undo_phase
from contracts.views.shell import editors_only
from contracts.views.tenders.shell import back, page_of, show, tender_or_404
from records.forms import add_service_errors
from records.views.telling import refuse_form, told


@require_POST
@editors_only
def phase_begin(request: HttpRequest, tender_id: int, phase: str) -> HttpResponse:
    return _step(request, tender_id, phase, begin_phase, _("“%(phase)s” is begun on %(day)s."))


@require_POST
@editors_only
def phase_finish(request: HttpRequest, tender_id: int, phase: str) -> HttpResponse:
    return _step(request, tender_id, phase, finish_phase, _("“%(phase)s” is finished on %(day)s."))


@require_POST
@editors_only
def phase_undo(request: HttpRequest, tender_id: int, phase: str) -> HttpResponse:
    tender, kind = tender_or_404(request, tender_id), _kind_or_404(phase)
    with told(request, _("What was last done to “%(phase)s” is taken back.") % {"phase": kind.label}):
        undo_phase(tender, kind=kind, by=request.user)
    return redirect(back(request, page_of(tender)))


def _step(request: HttpRequest, tender_id: int, phase: str, service: Callable[..., Tender], said: str) -> HttpResponse:
    tender, kind = tender_or_404(request, tender_id), _kind_or_404(phase)
    form = StepForm(request.POST)
    if not form.is_valid():
        refuse_form(request, form)
        return redirect(back(request, page_of(tender)))
    on = form.cleaned_data["on"]
    with told(request, said % {"phase": kind.label, "day": formats.date_format(on)}):
        service(tender, kind=kind, on=on, today=timezone.localdate(), by=request.user)
    return redirect(back(request, page_of(tender)))


def _kind_or_404(phase: str) -> Phase:
    try:
        return Phase(phase)
    except ValueError as error:
        raise Http404 from error


@require_http_methods(["GET", "POST"])
@editors_only
def tender_cancel(request: HttpRequest, tender_id: int) -> HttpResponse:
    tender = tender_or_404(request, tender_id)
    form = WhyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_tender(tender, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            add_service_errors(form, error)
        else:
            messages.success(request, _("The tender is cancelled. You can take that back on its page."))
            return redirect(page_of(tender))
    return show(
        request,
        "contracts/tenders/why.html",
        title=_("Cancel the tender"),
        tender=tender,
        tab="overview",
        form=form,
        lead=_(
            "Nothing is deleted: phases, bids and points can still be read, and the cancellation can be taken back."
        ),
        action=_("Cancel the tender"),
        back_url=page_of(tender),
    )


@require_POST
@editors_only
def tender_reopen(request: HttpRequest, tender_id: int) -> HttpResponse:
    tender = tender_or_404(request, tender_id)
    with told(request):
        reopen_tender(tender, by=request.user)
        url = reverse("tender:history", args=[tender.pk])
        messages.success(request, _("The cancellation is taken back."), buttons=[messages.button(url, _("History"))])
    return redirect(page_of(tender))
