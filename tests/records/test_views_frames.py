from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from accounts.models import User
from records.views.frames import frame, list_of, only_for
from suppliers.models import Supplier


@only_for(lambda user: user.first_name == "Bo")
def room(request: HttpRequest, number: int) -> HttpResponse:
    return HttpResponse(f"room {number}")


def test_a_frame_leads_from_the_front_page_to_the_page() -> None:
    with translation.override("da"):
        shown = frame("Frister", list_of(Supplier), icon="calendar-alt")
    assert shown == {
        "header_title": "Frister",
        "page_title": "Frister",
        "header_icon": "calendar-alt",
        "breadcrumbs_items": [
            {"url": "/admin/", "label": "Forside"},
            {"url": "/admin/supplier/", "label": "Leverandører"},
            {"url": "", "label": "Frister"},
        ],
    }


def test_who_may_comes_in(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = User(first_name="Bo")
    assert room(request, 7).content == b"room 7"


def test_who_may_not_is_told_on_a_page(rf: RequestFactory, reader: User) -> None:
    request = rf.get("/")
    request.user = reader
    response = room(request, 7)
    assert (response.status_code, b"room" in response.content) == (403, False)
