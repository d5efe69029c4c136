"""What every register keeps about its own lists."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.rules import AnyUser, is_municipal


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Return the person's own views and those that colleagues share."""
        return self.filter(Q(owner=user.pk) | Q(is_shared=True)) if is_municipal(user) else self.none()

    def of_register(self, register: str) -> Self:
        return self.filter(register=register)


class SavedView(models.Model):
    """A list's filters, columns, search and order under a name: shown as a tab above the list."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("owner"), on_delete=models.CASCADE, related_name="saved_views"
    )
    register = models.CharField(_("register"), max_length=100, help_text=_("The model's label, as app.model."))
    name = models.CharField(_("name"), max_length=60)
    querystring = models.TextField(_("choices"), blank=True)
    is_shared = models.BooleanField(_("shared with colleagues"), default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "register", "name"],
                name="saved_view_name_unique",
                violation_error_message=_("You already have a view with this name. Choose another name."),
            )
        ]

    def __str__(self) -> str:
        return self.name
