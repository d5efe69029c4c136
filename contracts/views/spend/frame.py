"""What the pages about deliveries of spend share: Wagtail's frame and the way back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from contracts.models import SpendDelivery
from records.views.frames import frame, list_of


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
    return render(request, template, frame(title, list_of(SpendDelivery), *trail) | context, status=status)
