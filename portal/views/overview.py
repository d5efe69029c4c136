"""The front page of a supplier's portal."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from portal.acting import Acting
from portal.queries.invitations import invitations_to
from portal.queries.overview import overview
from portal.views.shell import member_page, show


@require_safe
@member_page
def overview_show(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    found = overview(acting)
    return show(
        request,
        "portal/overview.html",
        acting,
        here="overview",
        overview=found,
        my_invitations=invitations_to(acting.user),
    )
