"""The people at a supplier whom the municipality talks to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from records.history import ChildRecords
from records.querysets import RecordQuerySet
from suppliers.enums import MeetingLevel
from suppliers.models.supplier import Supplier


class Contact(models.Model):
    """Somebody who leaves is made inactive and not removed: minutes and agreements name them."""

    supplier = ParentalKey(Supplier, verbose_name=_("supplier"), on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=150)
    title = models.CharField(_("title"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    level = models.CharField(
        _("meeting level"), max_length=10, choices=MeetingLevel.choices, default=MeetingLevel.STAFF
    )
    is_active = models.BooleanField(_("active"), default=True)

    history = ChildRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["-is_active", "name", "pk"]

    def __str__(self) -> str:
        level = self.get_level_display()
        text = f"{self.name}, {self.title} ({level})" if self.title else f"{self.name} ({level})"
        return text if self.is_active else _("%(contact)s, no longer active") % {"contact": text}
