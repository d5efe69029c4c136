"""A page that shows everything about one record, each tab at its own address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db import models
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from accounts.models import User
from accounts.rules import can_edit_records
from desk.tables import Table, TablePage
from desk.viewer import Viewer
from desk.views.buttons import head_buttons
from records.pages import Banner, Link
from records.views.base import with_next
from records.views.downloads import table_file
from records.views.frames import frame
from records.views.reads import Row
from records.viewsets import RecordViewSet, register_of

Read = Callable[[Any, Viewer], dict[str, Any]]


@dataclass(frozen=True)
class Tab:
    """One tab: its place in the address, and what stands on it. `tables` in what is read are shown page by page."""

    name: str
    slug: str
    label: Any
    read: Read
    template: str = "desk/_tables.html"


@dataclass(frozen=True)
class RecordPage:
    """Everything about a record of one model, below the address of its register, so that the menu shows where one is.

    `facts` are the strip below the name, `banners` what stands above it. What each returns follows what the viewer may see.
    """

    model: type[models.Model]
    prefix: str
    tabs: Sequence[Tab]
    facts: Callable[[Any, Viewer], list[Row]]
    banners: Callable[[Any, Viewer], list[Banner]]
    select_related: tuple[str, ...] = ()
    prefetch_related: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return str(self.model._meta.model_name)

    @property
    def register(self) -> RecordViewSet:
        return register_of(self.model)

    def address(self, record: models.Model, tab: Tab | None = None) -> str:
        return reverse(f"desk:{self.name}_{(tab or self.tabs[0]).name}", args=[record.pk])

    def urlpatterns(self) -> list[URLPattern]:
        return [
            path(f"{self.prefix}/<int:pk>/{tab.slug}", self._view(tab), name=f"{self.name}_{tab.name}")
            for tab in self.tabs
        ]

    def _view(self, tab: Tab) -> Callable[..., HttpResponseBase]:
        @require_GET
        def show(request: HttpRequest, pk: int) -> HttpResponseBase:
            rows = self.model._default_manager.visible_to(request.user)  # type: ignore[attr-defined]
            joined = rows.select_related(*self.select_related).prefetch_related(*self.prefetch_related)
            record = get_object_or_404(joined, pk=pk)
            if successor := self.register.successor(record):
                messages.info(request, successor.note)
                return redirect(self.address(successor.record, tab))
            return self._answer(request, record, tab)

        return show

    def _answer(self, request: HttpRequest, record: models.Model, tab: Tab) -> HttpResponseBase:
        viewer = Viewer(cast("User", request.user), timezone.localdate(), request.GET)
        content = tab.read(record, viewer)
        tables: list[Table] = content.pop("tables", [])
        if wanted := request.GET.get("export"):
            return _download(_named(tables, request.GET.get("list")), wanted, record=record, viewer=viewer)
        own = self._frame(request, record, tab, viewer)
        return render(request, "desk/record_page.html", {**own, **content, "tables": _pages(tables, request)})

    def _frame(self, request: HttpRequest, record: models.Model, tab: Tab, viewer: Viewer) -> dict[str, Any]:
        back = get_valid_next_url_from_request(request)
        index = back or reverse(self.register.get_url_name("index"))
        above = (index, capfirst(str(self.model._meta.verbose_name_plural)))
        return frame(str(record), above, icon=self.register.icon) | {
            "record": record,
            "tab": tab,
            "tabs": [(each, with_next(self.address(record, each), back), each == tab) for each in self.tabs],
            "here": with_next(self.address(record, tab), back),
            "header_title": f"{record}: {tab.label}",
            "header_buttons": self._buttons(record, viewer.user, back),
            "banners": self.banners(record, viewer),
            "facts": self.facts(record, viewer),
            "today": viewer.today,
            "user_may_change": self.register.permission_policy.user_has_permission(viewer.user, "change"),
        }

    def _buttons(self, record: models.Model, user: User, back: str) -> list[Any]:
        links = [*self.register.links(record, user=user, here="page"), *self._dossier(record, user)]
        edit = self.register.url_of("edit", record)
        return head_buttons(links, edit_url=edit, back=back)

    def _dossier(self, record: models.Model, user: User) -> list[Link]:
        if not can_edit_records(user):
            return []
        return [Link(_("Dossier"), reverse("desk:dossier_new", args=[self.name, record.pk]), "folder")]


def _download(table: Table, kind: str, *, record: models.Model, viewer: Viewer) -> HttpResponseBase:
    """Return every row of a list; 404 for a kind of file that we do not make."""
    stem = f"{record} {table.title} {viewer.today.isoformat()}"
    return table_file(stem, kind, sheet=str(table.title), headings=table.headings, rows=table.lines())


def _named(tables: list[Table], name: str | None) -> Table:
    for table in tables:
        if table.name == name:
            return table
    raise Http404


def _pages(tables: list[Table], request: HttpRequest) -> dict[str, TablePage]:
    return {table.name: table.page(request.GET.get(f"{table.name}-side")) for table in tables}
