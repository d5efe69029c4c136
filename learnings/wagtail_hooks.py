"""Experience reports in the back office."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from learnings.viewsets import LearningsGroup


@hooks.register("register_admin_viewset")
def register_learnings() -> LearningsGroup:
    return LearningsGroup()


@hooks.register("register_admin_urls")
def register_learnings_urls() -> list[URLPattern | URLResolver]:
    return [path("erfaringsopsamling/", include("learnings.urls"))]


@hooks.register("insert_global_admin_css")
def learnings_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("learnings/learnings.css"))
