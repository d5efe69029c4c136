"""Give roles and addresses to people."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User


@transaction.atomic
def set_roles(user: User, roles: frozenset[Role], *, by: User | None) -> User:
    """Give the user exactly these roles.

    Raises ValidationError when an administrator would take that role from themselves, and so lock everybody out, and when
    the person works for a supplier; LookupError when the roles have not been made.
    """
    held = lock_person(user)
    if roles and held.is_external:
        raise ValidationError({"groups": _("The person works for a supplier, and so cannot have a role here.")})
    if by is not None and by.pk == user.pk and Role.ADMINISTRATOR in user.roles() - roles:
        raise ValidationError(
            {"groups": _("You cannot take the administrator role from yourself. Ask another administrator.")}
        )
    user._history_user = by  # type: ignore[attr-defined]
    user.groups.set(_groups_of(roles))
    if hasattr(user, "_roles"):
        del user._roles
    return user


def lock_person(user: User) -> User:
    """Lock a person until the transaction ends, and return them as they stand now: roles and memberships exclude each other."""
    return User.objects.select_for_update().get(pk=user.pk)


@transaction.atomic
def set_external(user: User, *, is_external: bool, by: User | None) -> User:
    """Say whether somebody works for a supplier, and so can hold no role in the municipality.

    Raises ValidationError when they hold one: somebody sits on one side of the table.
    """
    held = lock_person(user)
    if is_external and (held.is_superuser or held.roles()):
        raise ValidationError(
            _("You work for the municipality with this access, and cannot also be on a supplier's team with it.")
        )
    if held.is_external != is_external:
        held.is_external, held._history_user = is_external, by  # type: ignore[attr-defined]
        held.save(update_fields=["is_external"])
    user.is_external = is_external
    return user


@transaction.atomic
def add_person(email: str, *, first_name: str, last_name: str, password: str) -> User:
    """Make a person whose e-mail address has been proved to be theirs; they write themselves into history.

    Raises ValidationError when somebody has the address, and by field when a name is missing or too long.
    """
    user = User(email=email.lower(), first_name=first_name, last_name=last_name)
    user.set_password(password)
    user.full_clean(exclude={"password"})
    user.save()
    confirm_address(user)
    return user


def confirm_address(user: User) -> None:
    """Note that a person has proved their e-mail address to be theirs, as allauth does; once is enough."""
    EmailAddress.objects.filter(user=user, primary=True).exclude(email__iexact=user.email).update(primary=False)
    known = EmailAddress.objects.filter(user=user, email__iexact=user.email)
    if not known.update(verified=True, primary=True):
        EmailAddress.objects.create(user=user, email=user.email.lower(), verified=True, primary=True)


def has_confirmed_address(user: User) -> bool:
    """Tell whether a person has proved the address that they sign in with to be theirs; one query."""
    return EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists()


def check_still_active(user: User, *, by: User | None) -> None:
    """Raise ValidationError when somebody would shut themselves out."""
    if by is not None and by.pk == user.pk and not user.is_active:
        raise ValidationError({"is_active": _("You cannot switch yourself off. Ask another administrator.")})


def forget_old_addresses(user: User) -> None:
    """Drop the addresses by which allauth would still let the person sign in after the e-mail was changed."""
    EmailAddress.objects.filter(user=user).exclude(email__iexact=user.email).delete()


def _groups_of(roles: frozenset[Role]) -> list[Group]:
    groups = list(Group.objects.filter(name__in=roles))
    if missing := roles - {Role(group.name) for group in groups}:
        raise LookupError(f"no group for the roles {', '.join(sorted(missing))}: run migrate first")
    return groups
