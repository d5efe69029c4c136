"""The website in Wagtail's shell, and what it adds to the page of a case."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

WEBSITE_ITEMS = ("explorer", "images", "documents")


@hooks.register("construct_main_menu")
def gather_website(request: HttpRequest, items: list[MenuItem]) -> None:
    """Put Wagtail's pages, images and files under one heading, for those who have any of them."""
    held = [_plain(item) for item in items if item.name in WEBSITE_ITEMS]
    if held:
        items[:] = [item for item in items if item.name not in WEBSITE_ITEMS]
        menu = Menu(items=held)
        items.append(SubmenuMenuItem(gettext_lazy("Website"), menu, name="website", icon_name="site", order=900))


def _plain(item: MenuItem) -> MenuItem:
    """Return the item as a link: the page explorer's own panel cannot open from inside a submenu."""
    return MenuItem(item.label, item.url, name=item.name, icon_name=item.icon_name, order=item.order)
