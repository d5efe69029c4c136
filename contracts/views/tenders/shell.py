"""What the pages of one tender share: Wagtail's frame, the tender's own menu, and the way back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_valid_next_url_from_request

from contracts.models import Tender
from contracts.rules import can_edit_agreements
from contracts.tender_tabs import Tab, tabs_from_above
from records.views.frames import frame, list_of

Trail = tuple[tuple[str, str], ...]


def tender_or_404(request: HttpRequest, tender_id: int) -> Tender:
    visible = Tender.objects.visible_to(request.user).select_related(
        "framework", "predecessor_framework", "responsible"
    )
    return get_object_or_404(visible, pk=tender_id)


def page_of(tender: Tender) -> str:
    return reverse("tender:inspect", args=[tender.pk])


def tabs_of(tender: Tender, *, can_edit: bool) -> list[Tab]:
    """Return the pages of a tender that the person may open, each with its own address."""
    plan = [Tab("plan", _("Plan"), reverse("tenders:plan", args=[tender.pk]))] if can_edit and tender.is_running else []
    return [
        Tab("overview", _("Overview"), page_of(tender)),
        *plan,
        Tab("criteria", _("Criteria"), reverse("tenders:criteria", args=[tender.pk])),
        Tab("bids", _("Lots and bids"), reverse("tenders:bids", args=[tender.pk])),
        Tab("award", _("Award"), reverse("tenders:award", args=[tender.pk])),
        Tab("documents", _("Documents"), reverse("tenders:documents", args=[tender.pk])),
        *tabs_from_above(tender),
        Tab("history", _("History"), reverse("tender:history", args=[tender.pk])),
    ]


def frame_of(request: HttpRequest, tender: Tender, *, tab: str) -> dict[str, Any]:
    """Return what the frame of a tender's page shows."""
    can_edit = can_edit_agreements(request.user)
    return {
        "tender": tender,
        "tabs": tabs_of(tender, can_edit=can_edit),
        "tab": tab,
        "can_edit": can_edit,
        "here": request.path,
    }


def show(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    tender: Tender,
    tab: str,
    trail: Trail = (),
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Render a page of a tender; `trail` are addresses and labels between the tender's own page and this one."""
    outer = frame(title, list_of(Tender), (page_of(tender), str(tender)), *trail) | {"page_subtitle": str(tender)}
    return render(request, template, outer | frame_of(request, tender, tab=tab) | context, status=status)


def back(request: HttpRequest, default: str) -> str:
    """Return where the person came from, when that is a page of ours."""
    return get_valid_next_url_from_request(request) or default
