from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.enums import Role
from accounts.rules import can_administer, can_approve_cases, can_edit_cases, can_edit_records, has_role, is_municipal
from accounts.services import set_roles
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

RULES = (is_municipal, can_edit_records, can_edit_cases, can_approve_cases, can_administer)
ALLOWED = {
    Role.PROCUREMENT: {is_municipal, can_edit_records, can_edit_cases},
    Role.JOBCENTRE: {is_municipal},
    Role.DIRECTOR: {is_municipal, can_edit_cases, can_approve_cases},
    Role.SECRETARIAT: {is_municipal, can_edit_cases},
    Role.AUDITOR: {is_municipal},
    Role.ADMINISTRATOR: set(RULES),
}


@pytest.mark.parametrize("role", list(Role))
def test_what_each_role_may(role):
    user = set_roles(UserFactory(), frozenset({role}), by=None)
    assert {rule for rule in RULES if rule(user)} == ALLOWED[role]


def test_a_superuser_may_everything():
    assert all(rule(UserFactory(is_superuser=True)) for rule in RULES)


@pytest.mark.parametrize("fields", [{"is_superuser": True}, {}], ids=["superuser", "administrator"])
def test_nobody_who_is_switched_off_may_anything(fields):
    user = set_roles(UserFactory(is_active=False, **fields), frozenset({Role.ADMINISTRATOR}), by=None)
    assert not any(rule(user) for rule in RULES)


def test_strangers_may_nothing():
    assert not any(rule(person) for rule in RULES for person in (AnonymousUser(), UserFactory()))


def test_has_role_is_any_of_those_named():
    user = set_roles(UserFactory(), frozenset({Role.AUDITOR}), by=None)
    assert has_role(user, Role.DIRECTOR, Role.AUDITOR)
    assert not has_role(user, Role.DIRECTOR)
