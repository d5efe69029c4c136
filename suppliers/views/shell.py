"""What the pages of one supplier share: Wagtail's frame, the way back, banners, and a refusal that says so."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from records.viewsets import register_of
from suppliers.banners import banners_of
from suppliers.models import Supplier
from suppliers.rules import can_edit_suppliers

View = Callable[..., HttpResponse]


def editors_only(view: View) -> View:
    """Refuse those who may look but not change, with a page that says so."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_edit_suppliers(request.user):
            return render(request, "records/refused.html", status=403)
        return view(request, *args, **kwargs)

    return guarded


def show(
    request: HttpRequest, template: str, *, title: str, supplier: Supplier, status: int = 200, **context: Any
) -> HttpResponse:
    """Render a page about a supplier below its own page."""
    steps = [
        (reverse("wagtailadmin_home"), _("Home")),
        (reverse("supplier:index"), capfirst(str(Supplier._meta.verbose_name_plural))),
        (page_of(supplier), supplier.name),
        ("", title),
    ]
    frame = {
        "header_title": title,
        "page_title": title,
        "breadcrumbs_items": [{"url": url, "label": label} for url, label in steps],
        "banners": banners_of(supplier),
        "supplier": supplier,
        "supplier_url": page_of(supplier),
    }
    return render(request, template, {**frame, **context}, status=status)


def page_of(supplier: Supplier) -> str:
    return register_of(Supplier).page_url(supplier)


def actor(request: HttpRequest) -> User:
    """Return who is acting; the back office lets nobody in who has not signed in."""
    return cast("User", request.user)
