"""Results in the back office."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from results.viewsets import ResultsGroup


@hooks.register("register_admin_viewset")
def register_results() -> ResultsGroup:
    return ResultsGroup()


@hooks.register("register_admin_urls")
def register_results_urls() -> list[URLPattern | URLResolver]:
    return [path("resultater/", include("results.urls"))]


@hooks.register("insert_global_admin_css")
def results_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("results/results.css"))
