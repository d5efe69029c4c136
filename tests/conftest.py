"""The same people in every test: an officer, a reader, a supplier's user and another supplier's."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from hypothesis import HealthCheck, settings

from accounts.enums import Role
from accounts.models import User
from tests.factories import UserFactory

pytest_plugins = ["tests.browser", "tests.databases"]


# A busy machine is no fault of the program: no test is held to a time.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database-only", action="store_true", help="leave out tests that no database can change")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("database_only"):
        pure = [item for item in items if not uses_database(item)]
        config.hook.pytest_deselected(items=pure)
        items[:] = [item for item in items if uses_database(item)]


def uses_database(item: pytest.Item) -> bool:
    asked_for = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(asked_for & {"db", "transactional_db"})


def person_with(role: Role) -> User:
    user = UserFactory(email=f"{role.value}@kommune.example")
    user.groups.add(Group.objects.get(name=role.value))
    return user


@pytest.fixture
def officer(db: None) -> User:
    """A procurement officer, who may edit."""
    return person_with(Role.PROCUREMENT)


@pytest.fixture
def reader(db: None) -> User:
    """An auditor, who may only look."""
    return person_with(Role.AUDITOR)


@pytest.fixture
def director(db: None) -> User:
    return person_with(Role.DIRECTOR)


@pytest.fixture
def supplier_user(db: None) -> User:
    """Somebody who works for a supplier: signs in, but has no role in the municipality."""
    return UserFactory(email="konsulent@leverandoer.example")


@pytest.fixture
def other_supplier_user(db: None) -> User:
    return UserFactory(email="konsulent@anden-leverandoer.example")


def client_for(user: User | None = None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


@pytest.fixture
def officer_client(officer: User) -> Client:
    return client_for(officer)


@pytest.fixture
def reader_client(reader: User) -> Client:
    return client_for(reader)


@pytest.fixture
def supplier_client(supplier_user: User) -> Client:
    return client_for(supplier_user)
