"""What the pages about deliveries of spend share: Wagtail's frame and the way back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from contracts.models import SpendDelivery


def show(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    trail: tuple[tuple[str, str], ...] = (),
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Render a page; `trail` are addresses and labels between the list of deliveries and this page."""
    steps = [
        (reverse("wagtailadmin_home"), _("Home")),
        (reverse("spend_delivery:index"), capfirst(str(SpendDelivery._meta.verbose_name_plural))),
        *trail,
        ("", title),
    ]
    frame = {
        "header_title": title,
        "page_title": title,
        "breadcrumbs_items": [{"url": url, "label": label} for url, label in steps],
    }
    return render(request, template, {**frame, **context}, status=status)
