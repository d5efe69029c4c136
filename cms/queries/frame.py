"""The frame around every page: header and footer."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page, Site

from cms.models import SiteSettings


@dataclass(frozen=True)
class MenuItem:
    title: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class SiteFrame:
    """Header and footer of every page, also of those that Wagtail does not serve."""

    name: str
    settings: SiteSettings
    menu: tuple[MenuItem, ...]
    has_statement: bool


def site_frame(request: HttpRequest) -> SiteFrame:
    """Return the frame of the request's site, read once for each request; makes nothing that is not there."""
    held = getattr(request, "_site_frame", None)
    if held is None:
        held = request._site_frame = _site_frame(request)  # type: ignore[attr-defined]
    return held


def settings_of(site: Site | None) -> SiteSettings:
    """Return the site's settings, or empty ones that are not saved."""
    held = SiteSettings.base_queryset().filter(site=site).first() if site else None
    return held or SiteSettings(site=site)


def _site_frame(request: HttpRequest) -> SiteFrame:
    site = Site.find_for_request(request)
    settings = settings_of(site)
    has_statement = bool(settings.statement_url or settings.accessibility_page_id)
    return SiteFrame(site.site_name if site else "", settings, _menu(site, request), has_statement)


def _menu(site: Site | None, request: HttpRequest) -> tuple[MenuItem, ...]:
    if site is None:
        return ()
    pages = Page.objects.child_of(site.root_page).live().public().in_menu()
    return tuple(
        MenuItem(page.title, url, request.path.startswith(url))
        for page in pages
        if (url := page.get_url(request, site))
    )
