"""What the pages of results share: Wagtail's frame, the way back, and a refusal that says so."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from results.models import Delivery
from results.rules import can_import_results

View = Callable[..., HttpResponse]


def importers_only(view: View) -> View:
    """Refuse those who may look but not change, with a page that says so."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_import_results(request.user):
            return render(request, "records/refused.html", status=403)
        return view(request, *args, **kwargs)

    return guarded


def show(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    trail: tuple[tuple[str, str], ...] = (),
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Render a page about deliveries; `trail` are addresses and labels between their list and this page."""
    steps = [
        (reverse("wagtailadmin_home"), _("Home")),
        (reverse("results_delivery:index"), capfirst(str(Delivery._meta.verbose_name_plural))),
        *trail,
        ("", title),
    ]
    frame = {
        "header_title": title,
        "page_title": title,
        "breadcrumbs_items": [{"url": url, "label": label} for url, label in steps],
    }
    return render(request, template, {**frame, **context}, status=status)
