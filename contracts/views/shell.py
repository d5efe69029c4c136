"""What the pages of agreements share: Wagtail's frame, the way back, and a refusal that says so."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from contracts.models import Contract, FrameworkAgreement
from contracts.rules import can_edit_agreements
from records.viewsets import register_of

View = Callable[..., HttpResponse]
Agreement = Contract | FrameworkAgreement


def editors_only(view: View) -> View:
    """Refuse those who may look but not change, with a page that says so."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_edit_agreements(request.user):
            return render(request, "records/refused.html", status=403)
        return view(request, *args, **kwargs)

    return guarded


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
    register = reverse(f"{agreement._meta.model_name}:index")
    steps = [
        (reverse("wagtailadmin_home"), _("Home")),
        (register, capfirst(str(agreement._meta.verbose_name_plural))),
        (page_of(agreement), str(agreement)),
        *trail,
        ("", title),
    ]
    frame = {
        "header_title": title,
        "page_title": title,
        "page_subtitle": str(agreement),
        "breadcrumbs_items": [{"url": url, "label": label} for url, label in steps],
        "agreement": agreement,
        "agreement_url": page_of(agreement),
    }
    return render(request, template, {**frame, **context}, status=status)
