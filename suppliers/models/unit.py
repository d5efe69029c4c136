"""The places where a supplier works."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey

from records.history import ChildRecords
from records.querysets import RecordQuerySet
from suppliers.models.address import Address
from suppliers.models.supplier import Supplier
from suppliers.validators import validate_p_number


class Unit(Address):
    """A production unit of the CVR register, or simply an address."""

    supplier = ParentalKey(Supplier, verbose_name=_("supplier"), on_delete=models.CASCADE, related_name="units")
    name = models.CharField(_("name"), max_length=150)
    p_number = models.CharField(
        _("P-number"), max_length=10, blank=True, validators=[validate_p_number], help_text=_("Ten digits, from CVR.")
    )

    history = ChildRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("supplier", "unit")
        verbose_name_plural = pgettext_lazy("supplier", "units")
        ordering = ["name", "pk"]
        constraints = [
            # Not across suppliers: that the same number stands at two is how duplicates are found.
            models.UniqueConstraint(
                fields=["supplier", "p_number"],
                condition=~Q(p_number=""),
                name="unit_once_per_supplier_and_p_number",
                violation_error_code="p_number",
                violation_error_message=_("Two units of the supplier have the same P-number."),
            )
        ]

    def __str__(self) -> str:
        parts = (self.name, _("P-number %(number)s") % {"number": self.p_number} if self.p_number else "", self.address)
        return ", ".join(part for part in parts if part)
