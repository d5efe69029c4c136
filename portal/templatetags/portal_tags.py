"""What the portal's templates need beside plain values."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField
from django.template.defaultfilters import filesizeformat
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.models import Site

from contracts.models import DocumentVersion
from learnings.models import Attachment
from suppliers.enums import ROLE_HELP, MemberRole

register = template.Library()
ICONS = "dkfds/img/all-svg-icons.svg"


@register.simple_tag
def icon(name: str, css_class: str = "") -> SafeString:
    """Return an icon of the design system as an ornament: what it says must stand in words beside it."""
    classes = f"icon-svg {css_class}".strip()
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        classes,
        static(ICONS),
        name,
    )


@register.simple_tag(takes_context=True)
def municipality(context: dict[str, Any]) -> str:
    """Return what the site is called; nothing when the template is rendered without a request."""
    request = context.get("request")
    site = Site.find_for_request(request) if request is not None else None
    return site.site_name if site else ""


@register.simple_tag
def form_input(field: BoundField) -> SafeString:
    """Return a form field's input as the design system writes it; Django links it to its help and error texts."""
    return field.as_widget(attrs={"class": "form-input", "placeholder": ""})


@register.filter
def file_facts(version: DocumentVersion | Attachment) -> str:
    """Return a file's kind and size, for the words of its link."""
    suffix = version.file_name.rpartition(".")[2].upper()
    return f"{suffix}, {filesizeformat(version.size_bytes)}"


@register.simple_tag
def role_help(role: str) -> str:
    """Return what somebody with a role on a team may do."""
    return str(ROLE_HELP[MemberRole(role)])
