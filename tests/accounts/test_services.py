from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from accounts.enums import Role
from accounts.models import User
from accounts.services import check_still_active, create_roles, set_roles
from tests.conftest import person_with
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def permissions_of(role: Role) -> set[str]:
    user = User.objects.get(pk=person_with(role).pk)
    return {name for name in user.get_all_permissions() if name.startswith(("suppliers.", "accounts."))}


def test_roles_give_exactly_their_permissions() -> None:
    view = {"suppliers.view_supplier", "suppliers.view_historicalsupplier"}
    assert permissions_of(Role.AUDITOR) == view
    procurement = permissions_of(Role.PROCUREMENT)
    assert {"suppliers.add_supplier", "suppliers.change_supplier"} <= procurement
    assert not {name for name in procurement if name.startswith("accounts.")}
    assert "accounts.change_user" in permissions_of(Role.ADMINISTRATOR)


def test_create_roles_twice_changes_nothing() -> None:
    create_roles()
    before = {group.name: set(group.permissions.values_list("pk", flat=True)) for group in Group.objects.all()}
    create_roles()
    assert before == {group.name: set(group.permissions.values_list("pk", flat=True)) for group in Group.objects.all()}


def test_set_roles_gives_exactly_these() -> None:
    create_roles()
    user = set_roles(UserFactory(), frozenset({Role.DIRECTOR, Role.AUDITOR}), by=None)
    assert user.roles() == {Role.DIRECTOR, Role.AUDITOR}
    assert set_roles(user, frozenset(), by=None).roles() == frozenset()


def test_an_administrator_keeps_the_role() -> None:
    administrator = person_with(Role.ADMINISTRATOR)
    with pytest.raises(ValidationError):
        set_roles(administrator, frozenset({Role.AUDITOR}), by=administrator)
    other = UserFactory()
    assert set_roles(administrator, frozenset({Role.AUDITOR}), by=other).roles() == {Role.AUDITOR}


def test_nobody_switches_themselves_off() -> None:
    user = UserFactory(is_active=False)
    with pytest.raises(ValidationError):
        check_still_active(user, by=user)
    check_still_active(user, by=UserFactory())


def test_colleagues_see_each_other_and_administrators_everybody() -> None:
    officer, administrator = person_with(Role.PROCUREMENT), person_with(Role.ADMINISTRATOR)
    outsider = UserFactory()
    seen = User.objects.visible_to
    assert set(seen(officer)) == {officer, administrator}
    assert set(seen(administrator)) == {officer, administrator, outsider}
    assert set(seen(outsider)) == set()
