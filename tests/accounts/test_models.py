from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.enums import Role
from accounts.models import User
from accounts.services import set_roles
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("other", ["anna@kommune.example", "ANNA@kommune.example", "Anna@Kommune.Example"])
def test_an_address_belongs_to_one_person_however_it_is_written(other):
    UserFactory(email="anna@kommune.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email=other)
    assert User.objects.count() == 1


def test_a_taken_address_is_told_in_a_sentence():
    UserFactory(email="anna@kommune.example")
    with pytest.raises(ValidationError) as raised:
        User(email="ANNA@kommune.example", password="x").full_clean()
    assert (
        raised.value.messages == ["Somebody already has this e-mail address."] or "e-mail" in raised.value.messages[0]
    )


def test_an_address_outside_ascii_is_refused():
    # SQLite and PostgreSQL disagree about the small letter of Æ: such addresses must not come in.
    with pytest.raises(ValidationError):
        User(email="ærø@kommune.example", password="x").full_clean()


@pytest.mark.parametrize("typed", ["anna@kommune.example", "ANNA@KOMMUNE.EXAMPLE"])
def test_one_signs_in_however_the_address_is_typed(rf, typed):
    anna = User.objects.create_user("Anna@kommune.example", "en lang adgangskode")
    assert authenticate(rf.get("/"), email=typed, password="en lang adgangskode") == anna
    assert authenticate(rf.get("/"), email=typed, password="en anden adgangskode") is None


def test_an_address_is_kept_in_small_letters():
    user = User(email="Anna@Kommune.Example", password="x")
    user.full_clean()
    assert user.email == "anna@kommune.example"


def test_nobody_who_is_switched_off_signs_in(rf):
    User.objects.create_user("anna@kommune.example", "en lang adgangskode", is_active=False)
    assert authenticate(rf.get("/"), email="anna@kommune.example", password="en lang adgangskode") is None


def test_a_user_without_an_address_is_refused():
    with pytest.raises(ValueError, match="needs an e-mail address, got ''"):
        User.objects.create_user("")


def test_a_superuser_is_no_staff_of_djangos_admin():
    user = User.objects.create_superuser("rod@kommune.example", "en lang adgangskode")
    assert (user.is_superuser, user.is_staff) == (True, False)


@pytest.mark.parametrize(
    ("fields", "name", "short"),
    [
        ({"first_name": "Kim", "last_name": "Testesen"}, "Kim Testesen", "Kim"),
        ({"first_name": "", "last_name": "Testesen"}, "Testesen", "kim@kommune.example"),
        ({"first_name": "", "last_name": ""}, "kim@kommune.example", "kim@kommune.example"),
    ],
)
def test_a_person_reads_as_the_name(fields, name, short):
    user = User(email="kim@kommune.example", **fields)
    assert (str(user), user.get_short_name()) == (name, short)


def test_roles_are_the_groups_that_are_roles(django_assert_num_queries):
    user = set_roles(UserFactory(), frozenset({Role.DIRECTOR, Role.AUDITOR}), by=None)
    user.groups.add(Group.objects.create(name="noget andet"))
    user = User.objects.get(pk=user.pk)
    with django_assert_num_queries(1):
        assert user.roles() == {Role.DIRECTOR, Role.AUDITOR}
        assert user.roles() == {Role.DIRECTOR, Role.AUDITOR}


def test_history_keeps_neither_password_nor_sign_ins():
    names = {field.name for field in User.history.model._meta.get_fields()}
    assert names.isdisjoint({"password", "last_login"})
