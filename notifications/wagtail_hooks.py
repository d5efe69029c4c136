"""One's own reminders in the back office's menu, with the number that waits."""

from __future__ import annotations

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from notifications.queries import waiting_count

MOST_SHOWN = 99


class NoticesMenuItem(MenuItem):
    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """Show the number that waits as the style sheet draws it; nothing when nothing waits."""
        component = super().render_component(request)
        if waiting := waiting_count(request.user):
            shown = str(waiting) if waiting <= MOST_SHOWN else f"{MOST_SHOWN}+"
            component.attrs = {**component.attrs, "data-waiting": shown}
        return component


@hooks.register("register_admin_menu_item")
def notices_item() -> MenuItem:
    return NoticesMenuItem(
        _("My reminders"), reverse_lazy("notifications:list"), name="notices", icon_name="bell", order=110
    )


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("paamindelser/", include("notifications.urls"))]


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    return [*icons, "notifications/icons/bell.svg"]


@hooks.register("insert_global_admin_css")
def notices_style() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("notifications/notices.css"))
