"""One person for each role, and one from a supplier. Their passwords are known to everybody who has the source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from allauth.account.models import EmailAddress

from accounts.enums import Role
from accounts.models import User
from accounts.services import set_roles
from example import files
from records.services import save_record
from suppliers.enums import MemberRole
from suppliers.models import Membership, Supplier
from suppliers.services import add_member

SUPPLIER = "supplier"


@dataclass(frozen=True)
class Person:
    """Somebody of `municipality.toml`; `role` is None for somebody who works for a supplier, whose key is `supplier`."""

    key: str
    name: str
    title: str
    email: str
    role: Role | None
    supplier: str

    @property
    def password(self) -> str:
        return f"fjordby-2024-{self.key}"


def people() -> Iterator[Person]:
    for key, row in files.read("municipality")["users"].items():
        role = None if row["role"] == SUPPLIER else Role(row["role"])
        yield Person(key, row["name"], row["title"], row["email"], role, row.get("supplier", ""))


def load(*, by: User | None) -> None:
    """Make people; somebody who is there keeps password and roles."""
    for person in people():
        if not User.objects.filter(email__iexact=person.email).exists():
            _add(person, by=by)


def load_teams(*, by: User | None) -> None:
    """Put the suppliers' people on their teams as administrators; a team that somebody has been on stays as it is."""
    suppliers = files.read("register")["suppliers"]
    for person in people():
        if person.supplier:
            supplier = Supplier.objects.get(cvr=suppliers[person.supplier]["cvr"]).survivor
            if not Membership.objects.filter(supplier=supplier).exists():
                add_member(supplier, user=user(person.key), role=MemberRole.ADMINISTRATOR, by=by)


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
