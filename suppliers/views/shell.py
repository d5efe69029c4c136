"""What the pages of one supplier share: Wagtail's frame, the way back, banners, and a refusal that says so."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User
from records.views.frames import frame, list_of, only_for
from records.viewsets import register_of
from suppliers.banners import banners_of
from suppliers.models import Supplier
from suppliers.rules import can_edit_suppliers

editors_only = only_for(can_edit_suppliers)


def show(
    request: HttpRequest, template: str, *, title: str, supplier: Supplier, status: int = 200, **context: Any
) -> HttpResponse:
    """Render a page about a supplier below its own page."""
    own = page_of(supplier)
    facts = {"banners": banners_of(supplier), "supplier": supplier, "supplier_url": own, **context}
    return render(request, template, frame(title, list_of(Supplier), (own, supplier.name)) | facts, status=status)


def page_of(supplier: Supplier) -> str:
    return register_of(Supplier).page_url(supplier)


def actor(request: HttpRequest) -> User:
    """Return who is acting; the back office lets nobody in who has not signed in."""
    return cast("User", request.user)
