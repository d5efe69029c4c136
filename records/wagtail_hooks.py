"""The registers' own style sheet in the back office."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def registers_style() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("records/registers.css"))
