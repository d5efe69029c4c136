"""Make roles and give them to people."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import APPROVERS, Role
from accounts.models import User

# Apps whose records each role may change. Everyone with a role may see everything in `RECORD_APPS`.
RECORD_APPS = ("committees", "suppliers", "contracts", "results", "learnings", "cases")
EDITED_APPS: dict[Role, tuple[str, ...]] = {
    Role.PROCUREMENT: ("suppliers", "contracts", "results", "learnings", "cases", "committees"),
    Role.JOBCENTRE: (),
    Role.DIRECTOR: ("cases",),
    Role.SECRETARIAT: ("committees", "cases"),
    Role.AUDITOR: (),
    Role.ADMINISTRATOR: (*RECORD_APPS, "accounts", "auth", "cms", "wagtailcore", "wagtailimages", "wagtaildocs"),
}


@transaction.atomic
def create_roles() -> None:
    """Make every role's group and give it exactly its permissions; running it again changes nothing."""
    for role in Role:
        group, _created = Group.objects.get_or_create(name=role.value)
        group.permissions.set(_permissions_of(role))


@transaction.atomic
def set_roles(user: User, roles: frozenset[Role], *, by: User | None) -> User:
    """Give the user exactly these roles.

    Raises ValidationError when an administrator would take that role from themselves, and so lock everybody out;
    LookupError when the roles have not been made.
    """
    if by is not None and by.pk == user.pk and Role.ADMINISTRATOR in user.roles() - roles:
        raise ValidationError(
            {"groups": _("You cannot take the administrator role from yourself. Ask another administrator.")}
        )
    user._history_user = by  # type: ignore[attr-defined]
    user.groups.set(_groups_of(roles))
    if hasattr(user, "_roles"):
        del user._roles
    return user


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
        raise LookupError(f"no group for the roles {', '.join(sorted(missing))}: run create_roles() first")
    return groups


def _permissions_of(role: Role) -> list[Permission]:
    records = Permission.objects.filter(content_type__app_label__in=RECORD_APPS)
    viewed = records.filter(codename__startswith="view_")
    edited = Permission.objects.filter(content_type__app_label__in=EDITED_APPS[role])
    if role not in APPROVERS:
        edited = edited.exclude(codename__startswith="publish_")  # to publish a case's text is to approve it
    access = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    return list((viewed | edited | access).distinct())
