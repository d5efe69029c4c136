"""One person for each role, and one from a supplier. Their passwords are known to everybody who has the source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from allauth.account.models import EmailAddress

from accounts.enums import Role
from accounts.models import User
from accounts.services import create_roles, set_roles
from example import files
from records.services import save_record

SUPPLIER = "supplier"


@dataclass(frozen=True)
class Person:
    """Somebody of `municipality.toml`; `role` is None for somebody who works for a supplier."""

    key: str
    name: str
    title: str
    email: str
    role: Role | None

    @property
    def password(self) -> str:
        return f"fjordby-2024-{self.key}"


def people() -> Iterator[Person]:
    for key, row in files.read("municipality")["users"].items():
        role = None if row["role"] == SUPPLIER else Role(row["role"])
        yield Person(key, row["name"], row["title"], row["email"], role)


def load(*, by: User | None) -> None:
    """Make roles and people; somebody who is there keeps password and roles."""
    create_roles()
    for person in people():
        if not User.objects.filter(email__iexact=person.email).exists():
            _add(person, by=by)


def user(key: str) -> User:
    """Return the user of a key in `municipality.toml`. Raises KeyError, User.DoesNotExist."""
    return User.objects.get(email__iexact=files.read("municipality")["users"][key]["email"])


def holder_of(role: Role) -> User:
    """Return the person with the role. Raises StopIteration, User.DoesNotExist."""
    return user(next(person.key for person in people() if person.role is role))


def _add(person: Person, *, by: User | None) -> None:
    first_name, _space, last_name = person.name.rpartition(" ")
    added = User(email=person.email, first_name=first_name, last_name=last_name)
    added.set_password(person.password)
    save_record(added, by=by)
    set_roles(added, frozenset({person.role} if person.role else ()), by=by)
    EmailAddress.objects.create(user=added, email=person.email, verified=True, primary=True)
