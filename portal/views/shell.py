"""What every page of the portal shares: who acts for whom, the menu, and the frame of Det Fælles Designsystem."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.models import User
from portal.acting import Acting, acting_for
from portal.menu import menu_of
from records.views.downloads import not_kept
from suppliers.models import Supplier

MemberView = Callable[..., HttpResponseBase]


def member_page(view: MemberView) -> MemberView:
    """Let a member of the supplier's team in, as `acting`; to anybody else the supplier does not exist.

    The address names the supplier: two windows may act for two of them. A supplier that was merged leads to its survivor.
    """

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, supplier_id: int, **kwargs: Any) -> HttpResponseBase:
        acting = acting_for(actor(request), supplier_id)
        if acting is None:
            return _successor(request, supplier_id, kwargs)
        return view(request, acting, **kwargs)

    return guarded


def managers_only(view: MemberView) -> MemberView:
    """Refuse members who may look but not change the team. Stands below `member_page`."""

    @wraps(view)
    def guarded(request: HttpRequest, acting: Acting, **kwargs: Any) -> HttpResponseBase:
        if not acting.can_manage_team:
            raise PermissionDenied
        return view(request, acting, **kwargs)

    return guarded


def show(
    request: HttpRequest,
    template: str,
    acting: Acting | None = None,
    *,
    here: str = "",
    status: int = 200,
    **context: Any,
) -> HttpResponseBase:
    """Render a page in the portal's frame. `here` is the page of the menu that it is or lies below."""
    frame = {"acting": acting, "menu": list(menu_of(acting.supplier.pk, here=here)) if acting else []}
    return not_kept(render(request, template, {**frame, **context}, status=status))


def address(name: str, acting: Acting, *args: object) -> str:
    """Return the address of a page of the portal of whoever one acts for."""
    return reverse(f"portal:{name}", args=[acting.supplier.pk, *args])


def actor(request: HttpRequest) -> User:
    """Return who is acting; to be asked only where somebody has signed in."""
    return cast("User", request.user)


def _successor(request: HttpRequest, supplier_id: int, kwargs: dict[str, Any]) -> HttpResponseBase:
    merged = Supplier.objects.visible_to(request.user).filter(pk=supplier_id).exclude(merged_into=None).first()
    match = request.resolver_match
    if merged is None or match is None or request.method != "GET":
        raise Http404
    return redirect(reverse(match.view_name, kwargs={**kwargs, "supplier_id": merged.survivor_id}))
