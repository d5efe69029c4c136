"""Suppliers in the back office."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from suppliers.viewsets import SupplierViewSet, supplier_chooser


@hooks.register("register_admin_viewset")
def register_suppliers() -> list[object]:
    return [SupplierViewSet(), supplier_chooser]


@hooks.register("register_admin_urls")
def register_supplier_urls() -> list[URLPattern | URLResolver]:
    return [path("supplier/", include("suppliers.urls"))]


@hooks.register("insert_global_admin_css")
def suppliers_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("suppliers/suppliers.css"))
