"""Who is who: pure predicates that every other rule builds on."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from accounts.enums import APPROVERS, CASE_EDITORS, EDITORS, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

AnyUser: TypeAlias = "User | AnonymousUser"


def is_municipal(user: AnyUser) -> bool:
    """Tell whether the user works for the municipality: has a role or is a superuser."""
    return bool(_may_be_municipal(user) and (user.is_superuser or user.roles()))  # type: ignore[union-attr]


def has_role(user: AnyUser, *roles: Role) -> bool:
    return bool(_may_be_municipal(user) and (user.is_superuser or user.roles() & set(roles)))  # type: ignore[union-attr]


def _may_be_municipal(user: AnyUser) -> bool:
    """Tell whether roles count at all: never for somebody who works for a supplier, whatever groups they are in."""
    return bool(user.is_authenticated and user.is_active and not user.is_external)


def can_edit_records(user: AnyUser) -> bool:
    return has_role(user, *EDITORS)


def can_edit_cases(user: AnyUser) -> bool:
    return has_role(user, *CASE_EDITORS)


def can_approve_cases(user: AnyUser) -> bool:
    return has_role(user, *APPROVERS)


def can_administer(user: AnyUser) -> bool:
    return has_role(user, Role.ADMINISTRATOR)
