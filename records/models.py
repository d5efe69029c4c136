"""What every register keeps about its own lists."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
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


class StagedSheetQuerySet(models.QuerySet["StagedSheet"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Return the sheets that `user` brought: what one person is about to import is no one else's."""
        return self.filter(uploaded_by=user) if isinstance(user, User) else self.none()

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def uploaded_before(self, moment: dt.datetime) -> Self:
        return self.filter(uploaded_at__lt=moment)


class StagedSheet(models.Model):
    """A file kept between preview and confirmation, so that what is confirmed is what was shown. Removed afterwards."""

    kind = models.CharField(_("kind"), max_length=40, help_text=_("What imports it, as contracts.spend."))
    file = models.FileField(_("file"), upload_to="records/staged/")
    file_name = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)
    facts = models.JSONField(
        _("facts"),
        default=dict,
        encoder=DjangoJSONEncoder,
        help_text=_("What was said of the file when it was brought."),
    )
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("uploaded by"), on_delete=models.CASCADE, related_name="+"
    )

    objects = StagedSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("staged sheet")
        verbose_name_plural = _("staged sheets")
        ordering = ["-uploaded_at"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "sha256", "uploaded_by"], name="staged_sheet_once_per_person"),
        ]

    def __str__(self) -> str:
        return self.file_name
