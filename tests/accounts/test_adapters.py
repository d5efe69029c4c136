"""Signing in, through allauth's own pages."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from accounts.services import set_roles

pytestmark = pytest.mark.django_db

PASSWORD = "en lang adgangskode"


def person(*roles: Role) -> User:
    user = User.objects.create_user("anna@kommune.example", PASSWORD)
    return set_roles(user, frozenset(roles), by=None)


def sign_in(email: str, **more: str):
    return Client().post("/konto/login/", {"login": email, "password": PASSWORD, **more})


@pytest.mark.parametrize("typed", ["anna@kommune.example", "ANNA@Kommune.example"])
def test_staff_come_to_the_back_office(typed):
    person(Role.AUDITOR)
    response = sign_in(typed)
    assert (response.status_code, response["Location"]) == (302, "/admin/")


def test_others_come_to_the_portal():
    person()
    response = sign_in("anna@kommune.example")
    assert (response.status_code, response["Location"]) == (302, "/portal/")


def test_one_comes_to_where_one_was_going():
    person(Role.AUDITOR)
    assert sign_in("anna@kommune.example", next="/admin/account/")["Location"] == "/admin/account/"


def test_nobody_is_sent_to_another_host():
    person(Role.AUDITOR)
    assert sign_in("anna@kommune.example", next="https://ondt.example/")["Location"] == "/admin/"


def test_a_wrong_password_is_told_on_the_page():
    person(Role.AUDITOR)
    response = Client().post("/konto/login/", {"login": "anna@kommune.example", "password": "forkert adgangskode"})
    assert response.status_code == 200
    assert response.context["form"].errors


def test_nobody_signs_up():
    response = Client().post(
        "/konto/signup/", {"email": "ny@kommune.example", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert response.status_code in {200, 302, 404}
    assert not User.objects.exists()


def test_a_reset_says_the_same_whether_or_not_one_is_known():
    person(Role.AUDITOR)
    answers = [
        Client().post("/konto/password/reset/", {"email": email})
        for email in ("anna@kommune.example", "ukendt@kommune.example")
    ]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, answers[0]["Location"])] * 2
    assert {message.to[0] for message in mail.outbox} <= {"anna@kommune.example", "ukendt@kommune.example"}
