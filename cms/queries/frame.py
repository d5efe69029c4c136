"""The frame around every page: header and footer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
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
    root: Page | None
    sections: tuple[Page, ...]
    menu: tuple[MenuItem, ...]

    @property
    def has_statement(self) -> bool:
        return bool(self.settings.statement_url or self.settings.accessibility_page_id)


def site_frame(request: HttpRequest) -> SiteFrame:
    """Return the frame of the request's site, read once for each request; makes nothing that is not there."""
    held = getattr(request, "_site_frame", None)
    if held is None:
        held = request._site_frame = _site_frame(request)  # type: ignore[attr-defined]
    return held


def pages_above(page: Page, request: HttpRequest) -> list[Page]:
    """Return the pages above this one, the front page first; no query for a page of a section."""
    frame = site_frame(request)
    root = frame.root
    if root is None or page.depth <= root.depth:
        return []
    above = [section for section in frame.sections if page.is_descendant_of(section)]
    if page.depth - root.depth > 1 + len(above):
        return list(page.get_ancestors().filter(depth__gte=root.depth))
    return [root, *above]


def _site_frame(request: HttpRequest) -> SiteFrame:
    site = Site.find_for_request(request)
    settings = SiteSettings.base_queryset().filter(site=site).first() if site else None
    sections = tuple(Page.objects.child_of(site.root_page).live()) if site else ()
    return SiteFrame(
        name=site.site_name if site else "",
        settings=settings or SiteSettings(site=site),
        root=site.root_page if site else None,
        sections=sections,
        menu=tuple(_menu(sections, site, request)),
    )


def _menu(sections: tuple[Page, ...], site: Site | None, request: HttpRequest) -> Iterator[MenuItem]:
    for page in sections:
        if page.show_in_menus and (url := page.get_url(request, site)):
            yield MenuItem(page.title, url, request.path.startswith(url))
    if site:
        experience = reverse("cms:rounds")
        yield MenuItem(_("Suppliers' experience"), experience, request.path.startswith(experience))
