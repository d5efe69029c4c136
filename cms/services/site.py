"""Make the pages that the site rests on."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
)

from accounts.enums import Role
from accounts.models import User
from cms.models import CaseIndexPage, HomePage, SiteSettings, StandardPage

CONTENT = Path(__file__).resolve().parent.parent / "content" / "pages.toml"
PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
FILE_PERMISSIONS = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")


@transaction.atomic
def ensure_site(name: str, *, by: User | None = None, **contact: Any) -> HomePage:
    """Make front page, list of cases, text pages and the default site where they are missing; what is there stays.

    `name` is the municipality's. `contact` are first values of `SiteSettings` fields (department, address, phone, email).
    Wagtail's own welcome page is removed.
    """
    content = tomllib.loads(CONTENT.read_text(encoding="utf-8"))
    home = _home(content["home"], by)
    _ensure_child(home, CaseIndexPage, content["cases"], by, show_in_menus=True)
    pages = {key: _text_page(home, content[key], by) for key in ("about", "accessibility", "privacy")}
    site = _site(home, content["home"]["site_name"])
    SiteSettings.objects.get_or_create(
        site=site,
        defaults={
            "municipality": name,
            "accessibility_page": pages["accessibility"],
            "privacy_page": pages["privacy"],
            **contact,
        },
    )
    _remove_welcome_page()
    _let_administrators_edit(home)
    return home


def _home(texts: dict[str, str], by: User | None) -> HomePage:
    if (held := HomePage.objects.first()) is not None:
        return held
    return _add(
        Page.objects.get(depth=1),
        HomePage(**{key: text for key, text in texts.items() if key != "site_name"}, slug="forside"),
        by,
    )


def _text_page(home: HomePage, texts: dict[str, Any], by: User | None) -> StandardPage:
    fields = {key: value for key, value in texts.items() if key not in {"in_menu", "body"}}
    body = [{"type": kind, "value": value} for block in texts["body"] for kind, value in block.items()]
    return _ensure_child(home, StandardPage, {**fields, "body": body}, by, show_in_menus=texts["in_menu"])


def _ensure_child(home: HomePage, model: type[Page], fields: dict[str, Any], by: User | None, **more: Any) -> Page:
    held = model.objects.child_of(home).filter(slug=fields["slug"]).first()
    return held or _add(home, model(**fields, **more), by)


def _add(parent: Page, page: Any, by: User | None) -> Any:
    page.owner = by
    parent.add_child(instance=page)
    page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    return page


def _site(home: HomePage, site_name: str) -> Site:
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    if site.root_page_id != home.pk:
        site.root_page, site.site_name = home, site_name
        site.save()
    return site


def _remove_welcome_page() -> None:
    """Remove the page that Wagtail's first migration makes: the only one at its level that has no type of its own."""
    for page in Page.objects.filter(depth=2, content_type__app_label="wagtailcore", content_type__model="page"):
        page.delete()


def _let_administrators_edit(home: HomePage) -> None:
    group, _created = Group.objects.get_or_create(name=Role.ADMINISTRATOR.value)
    for codename in PAGE_PERMISSIONS:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)
    root = Collection.get_first_root_node()
    files = Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=FILE_PERMISSIONS
    )
    for permission in files:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
