"""The list of deadlines: what it is limited to lives in the address, and can be saved, mailed and exported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from accounts.models import User
from contracts.deadlines import Deadline, Stage
from contracts.forms.deadlines import DeadlineFilterForm
from contracts.models import CalendarFeed
from contracts.queries.deadline_rows import ORDERS, Choice, DeadlineRow, ordered, rows_of
from contracts.queries.deadlines import deadlines
from contracts.views.calendars import addresses
from records.forms import SavedViewForm
from records.models import SavedView
from records.services import delete_saved_view, save_view
from records.views.downloads import table_file
from records.views.frames import frame
from records.views.lists import canonical, saved_tabs
from records.viewsets import address_of

PER_PAGE = 50
REGISTER = "contracts.deadline"
PERIODS = (30, 90, 365)


@dataclass(frozen=True)
class Column:
    name: str
    label: Any
    value: Callable[[DeadlineRow], Any]

    @property
    def is_sortable(self) -> bool:
        return self.name in ORDERS


COLUMNS = (
    Column("due_on", gettext_lazy("Deadline"), lambda row: row.deadline.due_on),
    Column("what", gettext_lazy("What"), lambda row: row.deadline.what),
    Column("kind", gettext_lazy("Kind"), lambda row: str(row.deadline.kind.label)),
    Column("agreement", gettext_lazy("Agreement"), lambda row: row.deadline.agreement.title),
    Column("framework", gettext_lazy("Framework agreement"), lambda row: row.deadline.agreement.framework_name),
    Column("owner", gettext_lazy("Responsible"), lambda row: row.owner),
    Column("begin_by", gettext_lazy("Begin by"), lambda row: row.deadline.begin_by),
    Column("stage", gettext_lazy("Where it stands"), lambda row: str(row.stage.label)),
    Column("meeting", gettext_lazy("Last meeting"), lambda row: row.meeting),
    Column("rule", gettext_lazy("Rule"), lambda row: row.deadline.rule),
)
# Shown unless the reader chooses. The others stand in small below what they explain.
SHOWN = tuple(column for column in COLUMNS if column.name not in {"kind", "framework", "meeting", "rule"})


@require_GET
def deadline_list(request: HttpRequest) -> HttpResponseBase:
    """`?kind=&stage=&framework=&supplier=&responsible=&since=&until=&q=&ordering=&columns=&export=csv`."""
    user, today = actor(request), timezone.localdate()
    form = DeadlineFilterForm(request.GET, user=user, today=today)
    everywhere = found_by(form, choice=replace(form.choice, stages=frozenset()))
    found = ordered((row for row in everywhere if form.choice.keeps(row, today=today)), form.order)
    if wanted := request.GET.get("export"):
        rows = rows_of(found, user=user, today=today)
        return _download(rows, _chosen(request, COLUMNS), kind=wanted, today=today)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "form": form,
        "page": page,
        "rows": [(row, address_of(row.agreement_record)) for row in rows_of(page, user=user, today=today)],
        "columns": _chosen(request, SHOWN),
        "shown": {column.name for column in _chosen(request, SHOWN)},
        "counts": [(stage, sum(row.stage(today=today) == stage for row in everywhere)) for stage in Stage],
        "periods": [(days, today + dt.timedelta(days=days)) for days in PERIODS],
        "here": request.get_full_path(),
        "feeds": addresses(CalendarFeed.objects.visible_to(user).first()),
    }
    return show(request, "contracts/deadline_list.html", _("Deadlines"), context | _bar(request, user))


@require_POST
def view_save(request: HttpRequest) -> HttpResponse:
    form = SavedViewForm(request.POST)
    querystring = canonical(request.POST.get("querystring", ""))
    if form.is_valid():
        view = save_view(
            form.cleaned_data["name"],
            register=REGISTER,
            querystring=querystring,
            is_shared=form.cleaned_data["is_shared"],
            by=actor(request),
        )
        messages.success(request, _("The view “%(name)s” was saved.") % {"name": view})
    else:
        messages.error(request, _("The view needs a name of at most 60 characters."))
    return redirect(f"{reverse('contracts:deadlines')}?{querystring}")


@require_POST
def view_delete(request: HttpRequest, view_id: int) -> HttpResponse:
    """Only one's own: a colleague's shared view is not there to be deleted."""
    view = SavedView.objects.of_register(REGISTER).filter(owner=actor(request), pk=view_id).first()
    if view is None:
        raise Http404
    delete_saved_view(view)
    messages.success(request, _("The view “%(name)s” was deleted.") % {"name": view})
    return redirect("contracts:deadlines")


def found_by(form: DeadlineFilterForm, *, choice: Choice | None = None) -> list[Deadline]:
    """Return the deadlines that a filter keeps, or another choice within its scope and period, the earliest first."""
    wanted = choice or form.choice
    found = deadlines(form.scope, today=form.today, until=form.last_day)
    return [row for row in found if wanted.keeps(row, today=form.today)]


def actor(request: HttpRequest) -> User:
    return cast("User", request.user)


def show(request: HttpRequest, template: str, title: str, context: dict[str, Any]) -> HttpResponse:
    """Render a page about deadlines in Wagtail's frame."""
    whole = (reverse("contracts:deadlines"), _("Deadlines"))
    above = [whole] if title != whole[1] else []
    return render(request, template, frame(title, *above, icon="calendar-alt") | context)


def _chosen(request: HttpRequest, otherwise: Sequence[Column]) -> Sequence[Column]:
    """Return the columns that the address names, the day always among them."""
    names = request.GET.getlist("columns")
    chosen = [column for column in COLUMNS if column.name in names or column.name == "due_on"]
    return chosen if names else otherwise


def _bar(request: HttpRequest, user: User) -> dict[str, Any]:
    """Return what the bar of saved views and columns asks for (`records/_bar.html`)."""
    kept = [(name, value) for name, values in request.GET.lists() for value in values if name not in {"p", "export"}]
    tabs = saved_tabs(user, register=REGISTER, current=canonical(request.GET.urlencode()))
    mine = tabs["own_active_view"]
    shown = {column.name for column in _chosen(request, SHOWN)}
    return tabs | {
        "index_url": reverse("contracts:deadlines"),
        "column_choices": [(column, column.name in shown) for column in COLUMNS[1:]],
        "first_column": COLUMNS[0],
        "kept_without_columns": [pair for pair in kept if pair[0] != "columns"],
        "save_view_url": reverse("contracts:deadline_view_save"),
        "delete_view_url": mine and reverse("contracts:deadline_view_delete", args=[mine.pk]),
    }


def _download(rows: Iterable[DeadlineRow], columns: Sequence[Column], *, kind: str, today: dt.date) -> HttpResponseBase:
    headings = [str(column.label) for column in columns]
    lines = [[column.value(row) for column in columns] for row in rows]
    title = _("Deadlines")
    return table_file(f"{title} {today.isoformat()}", kind, sheet=title, headings=headings, rows=lines)
