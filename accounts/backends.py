"""Where permissions come from: roles, and nowhere else."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission
from django.db import models

from accounts.enums import Role
from accounts.models import User


class RoleBackend(AuthenticationBackend):
    """Sign in by e-mail, and hold only what one's roles give.

    A permission given to a person directly, or through a group that is no role (Wagtail makes some), counts for
    nothing. So nobody without a municipal role ever holds `access_admin`, whatever is written in the tables; and nobody who
    works for a supplier holds anything at all.
    """

    def _get_user_permissions(self, user_obj: User) -> models.QuerySet[Permission]:
        return Permission.objects.none()

    def _get_group_permissions(self, user_obj: User) -> models.QuerySet[Permission]:
        if user_obj.is_external:
            return Permission.objects.none()
        return Permission.objects.filter(group__in=user_obj.groups.filter(name__in=Role.values))
