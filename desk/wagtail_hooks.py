"""The front page of the back office, in the place of Wagtail's own panels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from accounts.rules import can_edit_records
from desk.queries import overview
from desk.views.pages import PAGES


class OverviewPanel(Component):
    name = "overview"
    template_name = "desk/_overview.html"
    order = 100

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        return {"overview": overview(user, today=timezone.localdate()), "user": user}


@hooks.register("register_admin_menu_item")
def overview_item() -> MenuItem:
    return MenuItem(_("Overview"), reverse("wagtailadmin_home"), name="overview", icon_name="home", order=100)


class DossiersMenuItem(MenuItem):
    """For those who may ask for one."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_edit_records(request.user)


@hooks.register("register_admin_menu_item")
def dossiers_item() -> MenuItem:
    return DossiersMenuItem(_("Dossiers"), reverse("desk:dossiers"), name="dossiers", icon_name="folder", order=450)


@hooks.register("construct_homepage_panels")
def only_our_overview(request: HttpRequest, panels: list[Component]) -> None:
    panels[:] = [OverviewPanel()]


@hooks.register("construct_homepage_summary_items")
def no_counts_of_pages(request: HttpRequest, items: list[Component]) -> None:
    items.clear()


@hooks.register("insert_global_admin_css")
def desk_styles() -> SafeString:
    sheets = ("desk/overview.css", "desk/record_page.css")
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((static(sheet),) for sheet in sheets))


@hooks.register("register_admin_urls")
def register_desk_urls() -> list[URLPattern | URLResolver]:
    return [path("", include("desk.urls"))]


@hooks.register("register_record_pages")
def pages_of_records() -> dict[type[models.Model], Callable[[Any], str]]:
    """Wherever a supplier or an agreement is named, the link leads to the page that shows everything about it."""
    return {page.model: page.address for page in PAGES}
