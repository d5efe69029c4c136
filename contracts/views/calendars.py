"""Calendars that people subscribe to: the secret address, and what is read there without signing in."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from accounts.models import User
from contracts.deadlines import Deadline
from contracts.deadlines.calendar import calendar_bytes
from contracts.models import CalendarFeed
from contracts.queries.deadline_rows import record_of
from contracts.queries.deadlines import Scope, deadlines
from contracts.services.calendars import renew_calendar, revoke_calendar
from records.viewsets import address_of

AHEAD = dt.timedelta(days=3 * 365)
MINE = "mine"


@never_cache
@require_safe
def calendar_feed(request: HttpRequest, key: uuid.UUID, signature: str) -> HttpResponse:
    """All deadlines of the next three years that the owner may see and what is overdue; `?mine=1` only their own.

    A wrong, renewed or stopped address, and one of somebody who has left, does not exist.
    """
    feed = CalendarFeed.objects.select_related("user").filter(key=key, user__is_active=True).first()
    if feed is None or not feed.is_signed_by(signature):
        raise Http404
    today = timezone.localdate()
    found = deadlines(Scope(feed.user), today=today, until=today + AHEAD)
    is_mine = MINE in request.GET
    content = calendar_bytes(
        [row for row in found if not is_mine or row.owner_id == feed.user_id],
        name=_("My deadlines") if is_mine else _("Deadlines"),
        address_of=_absolute,
        site=settings.PUBLIC_URL,
        now=timezone.now(),
        has_alarms=is_mine,
    )
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    # Not to be saved: a calendar program shows it, and asks again for it.
    response["Content-Disposition"] = content_disposition_header(as_attachment=False, filename="frister.ics")
    response["X-Robots-Tag"] = "noindex"
    return response


@require_POST
def calendar_renew(request: HttpRequest) -> HttpResponse:
    had_one = CalendarFeed.objects.visible_to(request.user).exists()
    renew_calendar(cast("User", request.user))
    text = (
        _("Your calendar has a new address, and the old one has stopped working.")
        if had_one
        else _("Your calendar has an address. Copy it into your calendar program.")
    )
    messages.success(request, text)
    return redirect(f"{reverse('contracts:deadlines')}#kalender")


@require_POST
def calendar_revoke(request: HttpRequest) -> HttpResponse:
    revoke_calendar(cast("User", request.user))
    messages.success(request, _("Your calendar's address has stopped working."))
    return redirect(f"{reverse('contracts:deadlines')}#kalender")


def addresses(feed: CalendarFeed | None) -> list[tuple[str, str]]:
    """Return what a person may subscribe to and where; nothing without a feed."""
    if feed is None:
        return []
    path = reverse("calendar_feed", args=[feed.key, feed.signature])
    url = f"{settings.PUBLIC_URL}{path}"
    return [(_("Only what I follow up"), f"{url}?{MINE}=1"), (_("All deadlines"), url)]


def _absolute(deadline: Deadline) -> str:
    return f"{settings.PUBLIC_URL}{address_of(record_of(deadline.agreement))}"
