"""A draft's way into force, or aside."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from contracts import services
from contracts.forms.amendments import ForceForm
from contracts.forms.decisions import ReasonForm
from contracts.models import Amendment
from contracts.queries.amendments import changes_of, drift_of
from contracts.views.shell import editors_only, show
from records.forms import add_service_errors
from records.views.telling import told


@require_http_methods(["GET", "POST"])
@editors_only
def amendment_force(request: HttpRequest, amendment_id: int) -> HttpResponse:
    """Show once more what changes, ask for the day of signing, and put the draft into force."""
    amendment = amendment_or_404(request, amendment_id)
    form = ForceForm(request.POST or None, amendment=amendment)
    if request.method == "POST" and form.is_valid():
        try:
            done = services.put_into_force(amendment, **form.cleaned_data, today=timezone.localdate(), by=request.user)
        except ValidationError as error:
            add_service_errors(form, error)
        else:
            messages.success(request, _done_sentence(done))
            return redirect("amendment:inspect", amendment.pk)
    waits = amendment.effective_on > timezone.localdate()
    context = {"form": form, "changes": changes_of(amendment), "drift": drift_of(amendment), "waits": waits}
    title = _("Record as agreed") if waits else _("Put into force")
    return _show(request, "contracts/amendment_force.html", amendment, title=title, action=title, **context)


def _done_sentence(amendment: Amendment) -> str:
    if not amendment.is_agreed:
        return _("The amendment is in force, and the agreement's terms follow it.")
    return _(
        "The amendment is agreed and takes effect on %(day)s. The terms stay as they are until then; the agreement's end and "
        "deadlines count with it from now on."
    ) % {"day": formats.date_format(amendment.effective_on)}


@require_http_methods(["GET", "POST"])
@editors_only
def amendment_take_back(request: HttpRequest, amendment_id: int) -> HttpResponse:
    """Make an agreed amendment a draft again, before its day."""
    amendment = amendment_or_404(request, amendment_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.take_back_agreed(amendment, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            add_service_errors(form, error)
        else:
            messages.success(
                request, _("The amendment is a draft again. The agreement's end is what it was without it.")
            )
            return redirect("amendment:inspect", amendment.pk)
    lead = _(
        "The amendment becomes a draft again and is signed anew. The agreement's end and deadlines no longer count with it."
    )
    context = {"form": form, "lead": lead, "action": _("Take back")}
    return _show(request, "contracts/take_back.html", amendment, title=_("Take back"), **context)


@require_POST
@editors_only
def amendment_take_effect(request: HttpRequest, amendment_id: int) -> HttpResponse:
    """Bring an agreed amendment into force when its day has come, should the program not have done it yet."""
    service = partial(services.bring_into_force, today=timezone.localdate())
    return _step(request, amendment_id, service, _("The amendment is in force, and the agreement's terms follow it."))


@require_http_methods(["GET", "POST"])
@editors_only
def amendment_withdraw(request: HttpRequest, amendment_id: int) -> HttpResponse:
    amendment = amendment_or_404(request, amendment_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw_amendment(amendment, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            add_service_errors(form, error)
        else:
            messages.success(request, _("The draft is withdrawn. It can be taken up again."))
            return redirect("amendment:inspect", amendment.pk)
    lead = _("The draft is put aside and keeps its number. Nothing in the agreement changes.")
    context = {"form": form, "lead": lead, "action": _("Withdraw")}
    return _show(request, "contracts/take_back.html", amendment, title=_("Withdraw"), **context)


@require_POST
@editors_only
def amendment_resume(request: HttpRequest, amendment_id: int) -> HttpResponse:
    """Take a withdrawn draft up again: an undo, so nothing is asked."""
    return _step(request, amendment_id, services.resume_amendment, _("The draft is taken up again."))


@require_POST
@editors_only
def amendment_take_in(request: HttpRequest, amendment_id: int) -> HttpResponse:
    """Base a draft on what the agreement is now."""
    done = _("The draft is based on the agreement as it is now. Read what it changes before you put it into force.")
    return _step(request, amendment_id, services.take_in_current_terms, done)


def _step(request: HttpRequest, amendment_id: int, service: Any, done: str) -> HttpResponse:
    amendment = amendment_or_404(request, amendment_id)
    with told(request, done):
        service(amendment, by=request.user)
    return redirect("amendment:inspect", amendment.pk)


def amendment_or_404(request: HttpRequest, amendment_id: int) -> Amendment:
    rows = Amendment.objects.visible_to(request.user)
    joined = ("contract__lot__framework", "contract__supplier", "framework", "legal_basis", "document")
    return get_object_or_404(rows.select_related(*joined), pk=amendment_id)


def _show(request: HttpRequest, template: str, amendment: Amendment, *, title: str, **context: Any) -> HttpResponse:
    """Show a page about one amendment, on the way down from its agreement."""
    url = reverse("amendment:inspect", args=[amendment.pk])
    trail = ((url, str(amendment)),)
    return show(
        request,
        template,
        title=title,
        agreement=amendment.target,
        trail=trail,
        back_url=url,
        amendment=amendment,
        subject=str(amendment),
        **context,
    )
