"""Frameworks and contracts in the back office."""

from __future__ import annotations

from wagtail import hooks

from contracts.viewsets import ContractViewSet, FrameworkGroup, framework_chooser, lot_chooser


@hooks.register("register_admin_viewset")
def register_contracts() -> list[object]:
    return [FrameworkGroup(), ContractViewSet(), framework_chooser, lot_chooser]
