"""The website in Wagtail's shell, and what it adds to the page of a case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from cases.models import CommitteeCase
from cases.queries import Step, latest_snapshot, publish_obstacles
from cases.rules import can_publish
from cms.models import CasePage
from cms.queries.cases import is_public, page_of
from cms.views import backoffice

WEBSITE_ITEMS = ("explorer", "images", "documents")


@dataclass(frozen=True)
class CaseAction:
    """A button on the page of a case."""

    label: str
    url: str
    is_primary: bool = False
    method: Literal["get", "post"] = "get"


@hooks.register("register_admin_urls")
def publication_urls() -> list[URLPattern | URLResolver]:
    return [
        path("hjemmeside/sager/<int:pk>/offentliggoer/", backoffice.publish, name="cms_publish_case"),
        path("hjemmeside/sager/<int:pk>/traek-tilbage/", backoffice.withdraw, name="cms_withdraw_case"),
    ]


@hooks.register("register_case_action")
def publication_actions(request: HttpRequest, case: CommitteeCase) -> list[CaseAction]:
    """Offer what the user may do now: publish the newest version, see the page, take it down."""
    page = page_of(case)
    may_publish = can_publish(request.user, case)
    actions = list(_publish_action(case, page)) if may_publish else []
    if page is not None and page.live:
        actions.append(CaseAction(_("See it on the website"), page.get_url(request) or ""))
        if may_publish:
            actions.append(CaseAction(_("Withdraw"), reverse("cms_withdraw_case", args=[case.pk])))
    return actions


@hooks.register("register_case_step")
def publication_step(request: HttpRequest, case: CommitteeCase) -> list[Step]:
    page, snapshot = page_of(case), latest_snapshot(case)
    return [Step(_("Public"), bool(page and snapshot and is_public(page, snapshot)))]


@hooks.register("construct_main_menu")
def gather_website(request: HttpRequest, items: list[MenuItem]) -> None:
    """Put Wagtail's pages, images and files under one heading, for those who have any of them."""
    held = [_plain(item) for item in items if item.name in WEBSITE_ITEMS]
    if held:
        items[:] = [item for item in items if item.name not in WEBSITE_ITEMS]
        menu = Menu(items=held)
        items.append(SubmenuMenuItem(gettext_lazy("Website"), menu, name="website", icon_name="site", order=900))


def _publish_action(case: CommitteeCase, page: CasePage | None) -> Iterable[CaseAction]:
    snapshot = latest_snapshot(case)
    if snapshot is None or publish_obstacles(case) or (page and is_public(page, snapshot)):
        return
    yield CaseAction(_("Publish …"), reverse("cms_publish_case", args=[case.pk]), is_primary=True)


def _plain(item: MenuItem) -> MenuItem:
    """Return the item as a link: the page explorer's own panel cannot open from inside a submenu."""
    return MenuItem(item.label, item.url, name=item.name, icon_name=item.icon_name, order=item.order)
