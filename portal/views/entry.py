"""The way in: where somebody lands after signing in, and whom they act for."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from accounts.rules import is_municipal
from portal.acting import memberships_of
from portal.queries.invitations import invitations_to
from portal.views.shell import actor, show


@require_safe
@login_required
def start(request: HttpRequest) -> HttpResponseBase:
    """Lead to the only supplier that somebody acts for; else let them choose, or say what they lack."""
    user = actor(request)
    memberships = memberships_of(user)
    if len(memberships) == 1:
        return redirect("portal:overview", memberships[0].supplier_id)
    return show(
        request,
        "portal/start.html",
        memberships=memberships,
        invitations=invitations_to(user),
        is_municipal=is_municipal(user),
    )
