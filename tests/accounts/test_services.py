from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError

from accounts.enums import Role
from accounts.models import User
from accounts.roles import EDITED_APPS, RECORD_APPS, create_roles
from accounts.services import (
    check_still_active,
    forget_old_addresses,
    set_roles,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ACCESS = "wagtailadmin.access_admin"


def permissions_of(role: Role) -> set[str]:
    rows = Group.objects.get(name=role.value).permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{name}" for app, name in rows}


def permissions_in(*apps: str, verb: str = "") -> set[str]:
    rows = Permission.objects.filter(content_type__app_label__in=apps, codename__startswith=verb)
    return {f"{app}.{name}" for app, name in rows.values_list("content_type__app_label", "codename")}


def with_role(*roles: Role) -> User:
    return set_roles(UserFactory(), frozenset(roles), by=None)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_sees_every_record_and_edits_its_own_apps(role):
    may_publish = role in {Role.DIRECTOR, Role.ADMINISTRATOR}
    edited = permissions_in(*EDITED_APPS[role])
    read = {"notifications.view_maillog"} if role in {Role.AUDITOR, Role.ADMINISTRATOR} else set()
    if not may_publish:
        edited -= permissions_in(*EDITED_APPS[role], verb="publish_")
    assert permissions_of(role) == permissions_in(*RECORD_APPS, verb="view_") | read | edited | {ACCESS}


@pytest.mark.parametrize("role", [Role.JOBCENTRE, Role.AUDITOR])
def test_readers_change_nothing(role):
    assert {name.split(".")[1].split("_")[0] for name in permissions_of(role) - {ACCESS}} == {"view"}


def test_only_director_and_administrator_approve_cases():
    holders = {role for role in Role if "cases.publish_committeecase" in permissions_of(role)}
    assert holders == {Role.DIRECTOR, Role.ADMINISTRATOR}


def test_only_the_administrator_changes_people():
    assert {role for role in Role if "accounts.change_user" in permissions_of(role)} == {Role.ADMINISTRATOR}


def test_making_roles_twice_changes_nothing():
    before = {role: permissions_of(role) for role in Role}
    count = Group.objects.count()
    create_roles()
    assert {role: permissions_of(role) for role in Role} == before
    assert Group.objects.count() == count


def test_making_roles_takes_back_what_was_added_by_hand():
    auditors = Group.objects.get(name=Role.AUDITOR.value)
    auditors.permissions.add(Permission.objects.get(codename="change_user", content_type__app_label="accounts"))
    create_roles()
    assert "accounts.change_user" not in permissions_of(Role.AUDITOR)


def test_set_roles_gives_exactly_these():
    user = with_role(Role.PROCUREMENT, Role.AUDITOR)
    set_roles(user, frozenset({Role.DIRECTOR}), by=UserFactory())
    assert user.roles() == {Role.DIRECTOR}
    assert User.objects.get(pk=user.pk).roles() == {Role.DIRECTOR}


def test_set_roles_to_none_takes_every_role():
    user = with_role(Role.PROCUREMENT)
    set_roles(user, frozenset(), by=UserFactory())
    assert User.objects.get(pk=user.pk).roles() == frozenset()
    assert not User.objects.get(pk=user.pk).has_perm(ACCESS)


def test_set_roles_writes_who_did_it():
    by = with_role(Role.ADMINISTRATOR)
    user = with_role()
    set_roles(user, frozenset({Role.AUDITOR}), by=by)
    newest = user.history.first()
    assert newest.history_user == by
    assert [row.group.name for row in newest.groups.all()] == [Role.AUDITOR.value]


def test_set_roles_before_the_roles_are_made_is_an_error():
    Group.objects.filter(name__in=Role.values).delete()
    with pytest.raises(LookupError, match="no group for the roles auditor"):
        set_roles(UserFactory(), frozenset({Role.AUDITOR}), by=None)


def test_an_administrator_cannot_take_that_role_from_themselves():
    user = with_role(Role.ADMINISTRATOR, Role.AUDITOR)
    with pytest.raises(ValidationError) as raised:
        set_roles(user, frozenset({Role.AUDITOR}), by=user)
    assert set(raised.value.message_dict) == {"groups"}
    assert User.objects.get(pk=user.pk).roles() == {Role.ADMINISTRATOR, Role.AUDITOR}


def test_an_administrator_may_give_themselves_more():
    user = with_role(Role.ADMINISTRATOR)
    set_roles(user, frozenset({Role.ADMINISTRATOR, Role.DIRECTOR}), by=user)
    assert user.roles() == {Role.ADMINISTRATOR, Role.DIRECTOR}


def test_an_administrator_may_take_the_role_from_another():
    user = with_role(Role.ADMINISTRATOR)
    set_roles(user, frozenset(), by=with_role(Role.ADMINISTRATOR))
    assert user.roles() == frozenset()


def test_nobody_switches_themselves_off():
    user = with_role(Role.ADMINISTRATOR)
    user.is_active = False
    with pytest.raises(ValidationError) as raised:
        check_still_active(user, by=user)
    assert set(raised.value.message_dict) == {"is_active"}
    check_still_active(user, by=UserFactory())
    check_still_active(user, by=None)


def test_an_old_address_opens_nothing():
    user = UserFactory(email="ny@kommune.example")
    EmailAddress.objects.create(user=user, email="Ny@kommune.example")
    EmailAddress.objects.create(user=user, email="gammel@kommune.example")
    EmailAddress.objects.create(user=UserFactory(), email="anden@kommune.example")
    forget_old_addresses(user)
    left = set(EmailAddress.objects.values_list("email", flat=True))
    assert {address.lower() for address in left} == {"ny@kommune.example", "anden@kommune.example"}


def test_colleagues_see_each_other_and_administrators_everybody():
    officer, administrator, outsider = with_role(Role.PROCUREMENT), with_role(Role.ADMINISTRATOR), UserFactory()
    seen = User.objects.visible_to
    assert set(seen(officer)) == {officer, administrator}
    assert set(seen(administrator)) == {officer, administrator, outsider}
    assert set(seen(outsider)) == set()
