"""The front page of the back office, in the place of Wagtail's own panels."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from desk.queries import overview


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


@hooks.register("construct_homepage_panels")
def only_our_overview(request: HttpRequest, panels: list[Component]) -> None:
    panels[:] = [OverviewPanel()]


@hooks.register("construct_homepage_summary_items")
def no_counts_of_pages(request: HttpRequest, items: list[Component]) -> None:
    items.clear()


@hooks.register("insert_global_admin_css")
def overview_style() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("desk/overview.css"))
