"""What every page of experience reports shares: Wagtail's frame, the round's own menu, and refusals that say so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.utils import get_valid_next_url_from_request

from accounts.models import User
from learnings.models import Round
from learnings.rules import can_edit_learnings
from records.views.frames import frame, list_of, only_for

Trail = Sequence[tuple[str, str]]


editors_only = only_for(can_edit_learnings)


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
    own = (reverse("learnings:round_show", args=[round.pk]), round.title)
    links = [link for hook in hooks.get_hooks("round_links") for link in hook(request, round)]
    facts = {"round": round, "can_edit": can_edit_learnings(request.user), "round_links": links, **context}
    return render(request, template, frame(title, list_of(Round), own, *trail) | facts, status=status)


def actor(request: HttpRequest) -> User:
    """Return who is acting; the back office lets nobody in who has not signed in."""
    return cast("User", request.user)


def back(request: HttpRequest, default: str) -> str:
    """Return where the person came from, when that is a page of ours."""
    return get_valid_next_url_from_request(request) or default
