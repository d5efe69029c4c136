"""Users are made and found by e-mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import Q

from accounts.enums import Role

if TYPE_CHECKING:
    from accounts.models import User
    from accounts.rules import AnyUser


class UserQuerySet(models.QuerySet["User"]):
    def municipal(self) -> Self:
        """Return those who work for the municipality."""
        has_role = Q(pk__in=self.model.objects.filter(groups__name__in=Role.values))
        return self.filter(Q(is_superuser=True) | has_role, is_external=False)

    def visible_to(self, user: AnyUser) -> Self:
        """Return everybody for administrators, colleagues for the rest of the municipality, else nobody."""
        from accounts.rules import can_administer, is_municipal

        if can_administer(user):
            return self.all()
        return self.municipal() if is_municipal(user) else self.none()


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        if not email:
            raise ValueError(f"a user needs an e-mail address, got {email!r}")
        user = self.model(email=email.lower(), **fields)  # allauth looks only for the small letters
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email__iexact=email)
