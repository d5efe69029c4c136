"""Suppliers in the back office."""

from __future__ import annotations

from wagtail import hooks

from suppliers.viewsets import SupplierViewSet, supplier_chooser


@hooks.register("register_admin_viewset")
def register_suppliers() -> list[object]:
    return [SupplierViewSet(), supplier_chooser]
