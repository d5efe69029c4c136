"""The registers' own style sheet, and what Wagtail may not do past the services."""

from __future__ import annotations

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.bulk_action import BulkAction

from records.mail_log import MailLogViewSet
from records.versions import has_history
from records.views.base import refused


@hooks.register("register_admin_viewset")
def register_mail_log() -> MailLogViewSet:
    return MailLogViewSet()


@hooks.register("insert_global_admin_css")
def registers_style() -> SafeString:
    sheets = ((static(f"records/{name}.css"),) for name in ("registers", "sheets"))
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("construct_main_menu")
def hide_what_nobody_needs(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave out Wagtail's reports and help: its reports read its own log, and its help is about the editor.

    Pictures and documents belong to the website, and show for those who may change it.
    """
    menu_items[:] = [item for item in menu_items if item.name not in {"reports", "help"}]


@hooks.register("before_bulk_action")
def refuse_bulk_changes_of_tracked_rows(
    request: HttpRequest, action_type: str, objects: list[models.Model], action: BulkAction
) -> HttpResponse | None:
    """A bulk write never bypasses history: Wagtail's own for users writes with `QuerySet.update()`."""
    if has_history(action.model):
        return refused(request)
    return None
