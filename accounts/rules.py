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
    return bool(user.is_authenticated and user.is_active and (user.is_superuser or user.roles()))


def has_role(user: AnyUser, *roles: Role) -> bool:
    return bool(user.is_authenticated and user.is_active and (user.is_superuser or user.roles() & set(roles)))


def can_edit_records(user: AnyUser) -> bool:
    return has_role(user, *EDITORS)


def can_edit_cases(user: AnyUser) -> bool:
    return has_role(user, *CASE_EDITORS)


def can_approve_cases(user: AnyUser) -> bool:
    return has_role(user, *APPROVERS)


def can_administer(user: AnyUser) -> bool:
    return has_role(user, Role.ADMINISTRATOR)
