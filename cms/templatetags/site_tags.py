"""What the public templates need beside plain values."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.models import Page

from cms.queries.frame import SiteFrame, pages_above, site_frame

register = template.Library()


@register.simple_tag
def icon(name: str, css_class: str = "") -> SafeString:
    """Return an icon of the design system as an ornament: what it says must stand in words beside it."""
    address = f"{static('dkfds/img/all-svg-icons.svg')}#{name}"
    classes = f"icon-svg {css_class}".strip()
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', classes, address
    )


@register.simple_tag
def form_input(field: BoundField) -> SafeString:
    """Return a form field's input as the design system writes it; Django links it to its help and error texts."""
    kind = "checkbox" if field.widget_type == "checkbox" else "input"
    return field.as_widget(attrs={"class": f"form-{kind}", "placeholder": ""})


@register.simple_tag(takes_context=True)
def frame(context: dict[str, Any]) -> SiteFrame | None:
    """Return header and footer of the site; None when the template is rendered without a request."""
    request: HttpRequest | None = context.get("request")
    return site_frame(request) if request is not None else None


@register.simple_tag(takes_context=True)
def trail(context: dict[str, Any], page: Page) -> list[Page]:
    """Return the pages above this one, the front page first."""
    return pages_above(page, context["request"])
