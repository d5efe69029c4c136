"""What the pages of results share: Wagtail's frame, the way back, and a refusal that says so."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from records.views.frames import frame, list_of, only_for
from results.models import Delivery
from results.rules import can_import_results

importers_only = only_for(can_import_results)


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
    return render(request, template, frame(title, list_of(Delivery), *trail) | context, status=status)
