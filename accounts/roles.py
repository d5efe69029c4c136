"""What each role may do, and the group that stands for it.

Apart from what is done to people, which needs the sign-in: roles are made by every migration, also where nobody signs in.
"""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from accounts.enums import APPROVERS, Role

# Apps whose records each role may change. Everyone with a role may see everything in `RECORD_APPS`.
RECORD_APPS = ("committees", "suppliers", "contracts", "results", "learnings", "cases")
# What some roles may read besides: the log of mails that were sent.
READ_MODELS: dict[Role, tuple[str, ...]] = {Role.AUDITOR: ("view_maillog",), Role.ADMINISTRATOR: ("view_maillog",)}
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


def _permissions_of(role: Role) -> list[Permission]:
    records = Permission.objects.filter(content_type__app_label__in=RECORD_APPS)
    viewed = records.filter(codename__startswith="view_")
    read = Permission.objects.filter(codename__in=READ_MODELS.get(role, ()))
    edited = Permission.objects.filter(content_type__app_label__in=EDITED_APPS[role])
    if role not in APPROVERS:
        edited = edited.exclude(codename__startswith="publish_")  # to publish a case's text is to approve it
    access = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    return list((viewed | read | edited | access).distinct())
