"""People who sign in, whether they work for the municipality or for a supplier."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.enums import Role
from accounts.managers import UserManager


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an e-mail address; what they may do follows from their groups."""

    email = models.EmailField(_("e-mail address"))
    first_name = models.CharField(_("first name"), max_length=150, blank=True)
    last_name = models.CharField(_("last name"), max_length=150, blank=True)
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Switch off instead of deleting, so that history keeps its names.")
    )
    is_external = models.BooleanField(
        _("works for a supplier"),
        default=False,
        editable=False,
        help_text=_("Kept with the person's memberships. Such a person never holds a role in the municipality."),
    )
    is_staff = False  # Django's admin is off
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    history = HistoricalRecords(excluded_fields=["password", "last_login"], m2m_fields=["groups"])

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["first_name", "last_name", "email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique",
                violation_error_message=_("Somebody already has this e-mail address."),
            ),
            models.CheckConstraint(
                condition=~Q(is_superuser=True, is_external=True), name="user_external_is_no_superuser"
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def clean(self) -> None:
        super().clean()
        self.email = self.email.lower()  # allauth looks only for the small letters

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name or self.email

    def roles(self) -> frozenset[Role]:
        """Return the roles that the user's groups give; queries once for each user object."""
        if not hasattr(self, "_roles"):
            names = self.groups.values_list("name", flat=True)
            self._roles = frozenset(Role(name) for name in names if name in Role.values)
        return self._roles

    def role_names(self) -> str:
        """Return the roles as people call them; reads the groups, which a list fetches beforehand."""
        names = {group.name for group in self.groups.all()}
        return ", ".join(str(role.label) for role in Role if role.value in names)

    role_names.short_description = _("roles")  # type: ignore[attr-defined]
