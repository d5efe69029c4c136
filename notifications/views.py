"""One's own reminders: read, put off, done, undone; and how one wants mail of them."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from accounts.models import User
from notifications.enums import MailFrequency, NoticeState
from notifications.forms import NoticeFilterForm, PreferenceForm, SnoozeForm
from notifications.kinds import all_kinds
from notifications.models import Notice
from notifications.queries import chosen_mail, count_by_state
from notifications.services import mark_done, reopen, save_preference, snooze

PER_PAGE = 50
UNDO = "fortryd"  # the address names what was just put off or done, so that it can be undone


@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    """`?tilstand=` is the state (what waits, unless given), `?slags=` the kind."""
    user, today = _actor(request), timezone.localdate()
    wished = NoticeFilterForm(request.GET)
    state, kind = wished.state, wished.kind
    rows = Notice.objects.visible_to(user).in_state(state)
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.order_by("-resolved_at", "-pk") if state == NoticeState.RESOLVED else rows.most_urgent_first()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    counts = count_by_state(user)
    context = {
        "header_title": _("My reminders"),
        "page_title": _("My reminders"),
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": _("My reminders")},
        ],
        "tabs": [(each, counts[each], _address(tilstand=each, slags=kind)) for each in NoticeState],
        "state": state,
        "kinds": all_kinds(),
        "kind": kind,
        "page": page,
        "rows": [(notice, notice.is_overdue(today=today)) for notice in page],
        "pages_url": _address(tilstand=state, slags=kind),
        "here": _address(tilstand=state, slags=kind, p=request.GET.get("p", "")),
        "undone": _just_changed(request),
        "snooze_form": SnoozeForm(today=today),
        "preference_form": PreferenceForm.of(chosen_mail({user.pk})[user.pk]),
    }
    return render(request, "notifications/notice_list.html", context)


@require_POST
def notice_done(request: HttpRequest, notice_id: int) -> HttpResponse:
    notice = _notice_or_404(request, notice_id)
    try:
        mark_done(notice, by=_actor(request))
    except ValidationError as error:
        return _refused(request, error)
    return redirect(_back(request, undo=notice))


@require_POST
def notice_snooze(request: HttpRequest, notice_id: int) -> HttpResponse:
    notice = _notice_or_404(request, notice_id)
    form = SnoozeForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return _refused(request, _errors(form))
    try:
        snooze(notice, until=form.cleaned_data["until"], today=form.today, by=_actor(request))
    except ValidationError as error:
        return _refused(request, error)
    return redirect(_back(request, undo=notice))


@require_POST
def notice_reopen(request: HttpRequest, notice_id: int) -> HttpResponse:
    notice = _notice_or_404(request, notice_id)
    try:
        reopen(notice, by=_actor(request))
    except ValidationError as error:
        return _refused(request, error)
    messages.success(request, _("“%(title)s” waits again.") % {"title": notice.title})
    return redirect(_back(request))


@require_POST
def preference_save(request: HttpRequest) -> HttpResponse:
    form = PreferenceForm(request.POST)
    if not form.is_valid():
        return _refused(request, _errors(form))
    preference = save_preference(
        _actor(request),
        frequency=MailFrequency(form.cleaned_data["frequency"]),
        muted_kinds=form.cleaned_data.get("muted_kinds", ()),
    )
    text = _("Your choice of mail is saved: %(choice)s.")
    messages.success(request, text % {"choice": preference.get_frequency_display().lower()})
    return redirect(_back(request))


def _actor(request: HttpRequest) -> User:
    return cast("User", request.user)


def _notice_or_404(request: HttpRequest, notice_id: int) -> Notice:
    return get_object_or_404(Notice.objects.visible_to(request.user), pk=notice_id)


def _address(**query: str) -> str:
    given = QueryDict(mutable=True)
    given.update({name: value for name, value in query.items() if value})
    return f"{reverse('notifications:list')}?{given.urlencode()}" if given else reverse("notifications:list")


def _back(request: HttpRequest, *, undo: Notice | None = None) -> str:
    """Return where the person came from, which offers to undo what was done."""
    path, _mark, given = (get_valid_next_url_from_request(request) or reverse("notifications:list")).partition("?")
    query = QueryDict(given, mutable=True)
    query.pop(UNDO, None)
    if undo is not None:
        query[UNDO] = str(undo.pk)
    return f"{path}?{query.urlencode()}" if query else path


def _just_changed(request: HttpRequest) -> Notice | None:
    named = request.GET.get(UNDO, "")
    if not (named.isascii() and named.isdigit() and len(named) < 19):
        return None
    return Notice.objects.visible_to(request.user).exclude(state=NoticeState.OPEN).filter(pk=named).first()


def _errors(form: Form) -> ValidationError:
    return ValidationError([text for errors in form.errors.values() for text in errors])


def _refused(request: HttpRequest, error: ValidationError) -> HttpResponse:
    for text in error.messages:
        messages.error(request, text)
    return redirect(_back(request))
