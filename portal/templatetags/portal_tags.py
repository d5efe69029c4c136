"""What the portal's templates need beside plain values and the design system."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.defaultfilters import filesizeformat
from wagtail.models import Site

from contracts.models import DocumentVersion
from learnings.models import Attachment
from suppliers.enums import ROLE_HELP, MemberRole

register = template.Library()


@register.simple_tag(takes_context=True)
def municipality(context: dict[str, Any]) -> str:
    """Return what the site is called; nothing when the template is rendered without a request."""
    request = context.get("request")
    site = Site.find_for_request(request) if request is not None else None
    return site.site_name if site else ""


@register.filter
def file_facts(version: DocumentVersion | Attachment) -> str:
    """Return a file's kind and size, for the words of its link."""
    suffix = version.file_name.rpartition(".")[2].upper()
    return f"{suffix}, {filesizeformat(version.size_bytes)}"


@register.simple_tag
def role_help(role: str) -> str:
    """Return what somebody with a role on a team may do."""
    return str(ROLE_HELP[MemberRole(role)])
