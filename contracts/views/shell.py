"""What the pages of agreements share: Wagtail's frame, the way back, and a refusal that says so."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from contracts.models import Contract, FrameworkAgreement
from contracts.rules import can_edit_agreements
from records.views.frames import frame, list_of, only_for
from records.viewsets import register_of

Agreement = Contract | FrameworkAgreement


editors_only = only_for(can_edit_agreements)


def contract_or_404(request: HttpRequest, contract_id: int) -> Contract:
    visible = Contract.objects.visible_to(request.user).select_related("lot__framework", "supplier")
    return get_object_or_404(visible, pk=contract_id)


def framework_or_404(request: HttpRequest, framework_id: int) -> FrameworkAgreement:
    return get_object_or_404(FrameworkAgreement.objects.visible_to(request.user), pk=framework_id)


def page_of(agreement: Agreement) -> str:
    """Return the address of an agreement's own page."""
    return register_of(type(agreement)).page_url(agreement)


def show(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    agreement: Agreement,
    trail: tuple[tuple[str, str], ...] = (),
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Render a page about an agreement; `trail` are addresses and labels between the agreement's page and this one."""
    own = (page_of(agreement), str(agreement))
    facts = {"agreement": agreement, "agreement_url": page_of(agreement), "page_subtitle": str(agreement), **context}
    return render(request, template, frame(title, list_of(type(agreement)), own, *trail) | facts, status=status)
