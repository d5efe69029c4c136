"""One door to the back office."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

BACK_OFFICE = "/admin/"
SIGN_IN_AND_OUT = ("/admin/login/", "/admin/logout/")


class BackOfficeDoor:
    """Refuse signed-in people without `access_admin` everywhere under /admin/.

    Wagtail sends them to the sign-in page, which sends signed-in people back: round and round.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._is_shut(request):
            return render(request, "accounts/refused.html", status=403)
        return self.get_response(request)

    def _is_shut(self, request: HttpRequest) -> bool:
        if not request.path.startswith(BACK_OFFICE) or request.path in SIGN_IN_AND_OUT:
            return False
        return request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin")
