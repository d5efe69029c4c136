"""What the public templates need beside plain values and the design system."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from wagtail.models import Page

from cms.queries.frame import SiteFrame, pages_above, site_frame

register = template.Library()


@register.simple_tag(takes_context=True)
def frame(context: dict[str, Any]) -> SiteFrame | None:
    """Return header and footer of the site; None when the template is rendered without a request."""
    request: HttpRequest | None = context.get("request")
    return site_frame(request) if request is not None else None


@register.simple_tag(takes_context=True)
def trail(context: dict[str, Any], page: Page) -> list[Page]:
    """Return the pages above this one, the front page first."""
    return pages_above(page, context["request"])
