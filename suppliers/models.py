"""The organisations that the municipality buys employment services from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from records.querysets import RecordQuerySet
from suppliers.validators import validate_cvr


class Supplier(models.Model):
    cvr = models.CharField(
        _("CVR number"),
        max_length=8,
        unique=True,
        validators=[validate_cvr],
        error_messages={"unique": _("A supplier with this CVR number already exists.")},
    )
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(
        _("short name"), max_length=40, blank=True, help_text=_("Used in narrow tables and pictures.")
    )
    website = models.URLField(_("website"), blank=True)
    note = models.TextField(_("note"), blank=True)

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("supplier")
        verbose_name_plural = _("suppliers")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        return self.short_name or self.name
