"""The plan of a tender: the days of all phases on one page, written by hand or proposed from one end."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from contracts.forms.tenders.steps import PlanForms, ProposalForm
from contracts.models import Tender
from contracts.services.tenders import propose_plan, save_plan
from contracts.views.shell import editors_only
from contracts.views.tenders.shell import page_of, show, tender_or_404
from records.services import EditConflictError, check_version
from records.versions import Change, changes_since, current_version


@require_http_methods(["GET", "POST"])
@editors_only
def plan(request: HttpRequest, tender_id: int) -> HttpResponse:
    tender = tender_or_404(request, tender_id)
    forms = PlanForms(
        tender, request.POST if request.method == "POST" else None, loaded_version=current_version(tender)
    )
    if request.method != "POST":
        return _page(request, tender, forms)
    if not forms.is_valid():
        return _page(request, tender, forms, problems=[_("The plan is not saved. Correct what is marked below.")])
    try:
        with transaction.atomic():
            check_version(tender, forms.loaded_version)
            save_plan(tender, rows=forms.rows, by=request.user)
    except EditConflictError:
        others = changes_since(tender, forms.loaded_version)
        forms.loaded_version = current_version(tender)
        return _page(request, tender, forms, others=others, status=409)
    except ValidationError as error:
        return _page(request, tender, forms, problems=error.messages)
    messages.success(request, _("The plan is saved."), buttons=[_undo(tender)])
    return redirect(page_of(tender))


@require_POST
@editors_only
def plan_propose(request: HttpRequest, tender_id: int) -> HttpResponse:
    tender = tender_or_404(request, tender_id)
    form = ProposalForm(request.POST)
    if not form.is_valid():
        forms = PlanForms(tender, loaded_version=current_version(tender))
        return _page(request, tender, forms, proposal=form)
    try:
        tender = propose_plan(tender, **form.days, by=request.user)
    except ValidationError as error:
        forms = PlanForms(tender, loaded_version=current_version(tender))
        return _page(request, tender, forms, proposal=form, problems=error.messages)
    messages.success(request, _("The phases that have not begun are planned."), buttons=[_undo(tender)])
    _warn_when_too_late(request, tender)
    return redirect("tenders:plan", tender.pk)


def _warn_when_too_late(request: HttpRequest, tender: Tender) -> None:
    """Say so when the plan should have begun already."""
    first = next((phase for phase in tender.phases_in_order() if not phase.is_skipped), None)
    if first and first.started_on is None and first.planned_start_on and first.planned_start_on < timezone.localdate():
        day = formats.date_format(first.planned_start_on)
        text = _("By this plan the tender should have begun on %(day)s. Shorten phases, or let contracts begin later.")
        messages.warning(request, text % {"day": day})


def _undo(tender: Tender) -> messages.MessageButton:
    return messages.button(reverse("tender:history", args=[tender.pk]), _("Undo…"))


def _page(
    request: HttpRequest,
    tender: Tender,
    forms: PlanForms,
    *,
    proposal: ProposalForm | None = None,
    problems: list[str] | None = None,
    others: list[Change] | None = None,
    status: int = 200,
) -> HttpResponse:
    is_backwards = tender.contracts_start_on is not None
    initial = {
        "direction": ProposalForm.BACKWARDS if is_backwards else ProposalForm.FORWARDS,
        "day": tender.contracts_start_on or timezone.localdate(),
    }
    return show(
        request,
        "contracts/tenders/plan.html",
        title=_("Plan"),
        tender=tender,
        tab="plan",
        plan=forms,
        proposal=proposal or ProposalForm(initial=initial),
        problems=problems or [],
        others=others or [],
        status=status,
    )
