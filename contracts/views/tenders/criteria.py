"""The page of award criteria: the tree with its weights, and what each level comes to."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from contracts.enums import TenderState
from contracts.forms.tenders.criteria import CriteriaForms
from contracts.models import Tender
from contracts.rules import can_edit_agreements
from contracts.services.tenders import criteria_version, save_criteria
from contracts.services.tenders.guards import weight_problem
from contracts.tendering.weights import level_sums, tree_of
from contracts.views.tenders.shell import show, tender_or_404
from records.services import EditConflictError
from records.views.base import refused


@require_http_methods(["GET", "POST"])
def criteria(request: HttpRequest, tender_id: int) -> HttpResponse:
    """Show the criteria; those who may change them write all rows at once while the tender is prepared."""
    tender = tender_or_404(request, tender_id)
    if request.method != "POST":
        held = tender.criteria.all()
        return _page(request, tender, CriteriaForms.of_criteria(held, loaded_version=criteria_version(tender)))
    if not can_edit_agreements(request.user):
        return refused(request)
    forms = CriteriaForms.of_post(request.POST)
    if "add" in request.POST:
        return _page(request, tender, forms.with_new_row(request.POST["add"]), has_new=True)
    if not forms.is_valid():
        return _page(request, tender, forms)
    return _save(request, tender, forms)


def _save(request: HttpRequest, tender: Tender, forms: CriteriaForms) -> HttpResponse:
    try:
        save_criteria(tender, rows=forms.rows, loaded_version=forms.loaded_version, by=request.user)
    except EditConflictError:
        forms.loaded_version = criteria_version(tender)
        return _page(request, tender, forms, is_conflict=True, status=409)
    except ValidationError as error:
        return _page(request, tender, forms, problems=error.messages)
    messages.success(request, _("The criteria are saved."))
    return redirect("tenders:criteria", tender.pk)


def _page(
    request: HttpRequest,
    tender: Tender,
    forms: CriteriaForms,
    *,
    problems: list[str] | None = None,
    is_conflict: bool = False,
    has_new: bool = False,
    status: int = 200,
) -> HttpResponse:
    held = list(tender.criteria.all())
    return show(
        request,
        "contracts/tenders/criteria.html",
        title=_("Criteria"),
        tender=tender,
        tab="criteria",
        criteria=forms,
        nodes=tree_of(held),
        unfinished=[weight_problem(level) for level in level_sums(held) if not level.is_whole],
        may_write=can_edit_agreements(request.user) and tender.state == TenderState.DRAFT,
        problems=problems or [],
        is_conflict=is_conflict,
        has_new=has_new,
        status=status,
    )
