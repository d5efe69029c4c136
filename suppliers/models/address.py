"""Where something is, as Danes write it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from suppliers.validators import validate_postal_code


class Address(models.Model):
    street = models.CharField(_("street and number"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=4, blank=True, validators=[validate_postal_code])
    city = models.CharField(_("city"), max_length=100, blank=True)

    class Meta:
        abstract = True

    @property
    def address(self) -> str:
        """The address on one line; empty when nothing is known."""
        return ", ".join(part for part in (self.street, f"{self.postal_code} {self.city}".strip()) if part)
