"""What every page of experience reports shares: Wagtail's frame, the round's own menu, and refusals that say so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_valid_next_url_from_request

from accounts.models import User
from learnings.models import Round
from learnings.rules import can_edit_learnings

View = Callable[..., HttpResponse]
Trail = Sequence[tuple[str, str]]


def editors_only(view: View) -> View:
    """Refuse those who may look but not change, with a page that says so."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_edit_learnings(request.user):
            return render(request, "records/refused.html", status=403)
        return view(request, *args, **kwargs)

    return guarded


def show(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    round: Round,
    trail: Trail = (),
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Render a page of a round; `trail` are addresses and labels between the round and this page."""
    steps = [
        (reverse("wagtailadmin_home"), _("Home")),
        (reverse("learnings_round:index"), capfirst(str(Round._meta.verbose_name_plural))),
        (reverse("learnings:round_show", args=[round.pk]), round.title),
        *trail,
        ("", title),
    ]
    frame = {
        "header_title": title,
        "page_title": title,
        "breadcrumbs_items": [{"url": url, "label": label} for url, label in steps],
        "round": round,
        "can_edit": can_edit_learnings(request.user),
    }
    return render(request, template, {**frame, **context}, status=status)


def actor(request: HttpRequest) -> User:
    """Return who is acting; the back office lets nobody in who has not signed in."""
    return cast("User", request.user)


def back(request: HttpRequest, default: str) -> str:
    """Return where the person came from, when that is a page of ours."""
    return get_valid_next_url_from_request(request) or default
