from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_signing_in_is_remembered_but_is_no_change() -> None:
    user = UserFactory()
    user.set_password("Kastanje-allé-47")
    user.save()
    entries = user.history.count()
    signed_in = Client().post("/konto/login/", {"login": user.email, "password": "Kastanje-allé-47"})
    assert signed_in.status_code == 302
    assert User.objects.get(pk=user.pk).last_login is not None
    assert user.history.count() == entries
