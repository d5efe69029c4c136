from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.urls import reverse
from wagtail.admin.menu import admin_menu, settings_menu

from accounts.enums import Role
from accounts.models import User
from tests.conftest import person_with

OURS = ["frameworks", "contracts", "suppliers"]


def names(menu: object, user: User) -> list[str]:
    request = RequestFactory().get(reverse("wagtailadmin_home"))  # which loads what registers itself in the menu
    request.user = user
    return [item.name for item in sorted(menu.menu_items_for_request(request), key=lambda item: item.order)]


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.PROCUREMENT, Role.AUDITOR, Role.DIRECTOR, Role.ADMINISTRATOR])
def test_registers_stand_in_the_menu_in_the_order_of_the_work(role: Role) -> None:
    shown = names(admin_menu, person_with(role))
    assert [name for name in shown if name in OURS] == OURS


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_menu_leaves_out_what_nobody_needs(role: Role) -> None:
    shown = set(names(admin_menu, person_with(role)))
    assert not shown & {"reports", "help"}
    assert role == Role.ADMINISTRATOR or not shown & {"images", "documents"}


@pytest.mark.django_db
def test_dossiers_are_found_in_the_menu_by_those_who_may_ask_for_one() -> None:
    assert "dossiers" in names(admin_menu, person_with(Role.PROCUREMENT))
    assert "dossiers" not in names(admin_menu, person_with(Role.AUDITOR))


def test_menu_of_an_outsider_is_empty(supplier_user: User) -> None:
    assert not set(names(admin_menu, supplier_user)) & {*OURS, "settings"}


@pytest.mark.django_db
def test_people_are_found_under_settings_by_administrators_alone() -> None:
    assert "users" in names(settings_menu, person_with(Role.ADMINISTRATOR))
    assert "users" not in names(settings_menu, person_with(Role.PROCUREMENT))
