"""The organisations that the municipality buys employment services from."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from simple_history.models import HistoricalRecords

from accounts.rules import AnyUser, is_municipal
from records.querysets import RecordQuerySet
from suppliers.enums import STOPS_REFERRALS, TAKES_REFERRALS, SupplierStatus
from suppliers.models.address import Address
from suppliers.validators import validate_cvr


class SupplierQuerySet(RecordQuerySet["Supplier"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Return every supplier for the municipality, and for a supplier's people those whose team they are on now.

        What a supplier sees anywhere follows from here: whoever is removed from a team sees nothing more, at once. The names
        that a supplier had before it was merged go with it.
        """
        if is_municipal(user):
            return self.all()
        if not (user.is_authenticated and user.is_active):
            return self.none()
        teams = self.model._base_manager.filter(memberships__user=user.pk, memberships__left_at=None, merged_into=None)
        own = teams.order_by().values("pk")
        return self.filter(Q(pk__in=own) | Q(merged_into__in=own))

    def current(self) -> Self:
        """Return the suppliers that have not been merged into another."""
        return self.filter(merged_into=None)

    def offered_to(self, user: AnyUser) -> Self:
        """Leave merged suppliers out of lists and choices; their addresses still lead to the survivor."""
        return super().offered_to(user).current()

    def taking_referrals(self) -> Self:
        return self.current().filter(status__in=TAKES_REFERRALS)

    def family_of(self, supplier: Supplier) -> Self:
        """Return the supplier that stands for this one today, and all that were merged into it."""
        return self.filter(Q(pk=supplier.survivor_id) | Q(merged_into=supplier.survivor_id))

    def resolve(self, pk: int) -> Supplier:
        """Return the supplier that an id stands for today; raises DoesNotExist for one that never was."""
        return self.select_related("merged_into").get(pk=pk).survivor


class Supplier(Address, ClusterableModel):  # type: ignore[django-manager-missing]  # of the clusterable contracts and bids
    """Contacts and units are edited and saved together with their supplier.

    `merged_into` always names a supplier that stands for itself: a merge brings along those merged before it, so there
    are no chains to follow and no circles to get lost in.
    """

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
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    note = models.TextField(_("note"), blank=True)
    status = models.CharField(_("status"), max_length=10, choices=SupplierStatus.choices, default=SupplierStatus.ACTIVE)
    status_reason = models.CharField(_("reason for the status"), max_length=300, blank=True)
    status_since = models.DateField(_("status since"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="merged",
    )
    merged_at = models.DateTimeField(_("merged"), null=True, blank=True, editable=False)

    history = HistoricalRecords()
    objects = SupplierQuerySet.as_manager()

    class Meta:
        verbose_name = _("supplier")
        verbose_name_plural = _("suppliers")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=SupplierStatus.ACTIVE) | (~Q(status_reason="") & Q(status_since__isnull=False)),
                name="supplier_status_has_reason",
                violation_error_code="status_reason",
                violation_error_message=_(
                    "Write a reason and a day for the status: only “In cooperation” stands without them."
                ),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True, merged_at__isnull=True)
                | Q(merged_into__isnull=False, merged_at__isnull=False),
                name="supplier_merge_has_time",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="supplier_not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        return self.short_name or self.name

    @property
    def is_merged(self) -> bool:
        return self.merged_into_id is not None

    @property
    def survivor(self) -> Supplier:
        """The supplier that stands for this one today: itself, or the one that it was merged into.

        Fetches that one unless `merged_into` was joined.
        """
        return self.merged_into or self

    @property
    def survivor_id(self) -> int:
        return self.merged_into_id or self.pk

    @property
    def takes_referrals(self) -> bool:
        """Whether citizens may be sent to the supplier, as far as the supplier itself is concerned."""
        return not self.is_merged and self.status in TAKES_REFERRALS

    def stops_referrals_on(self, day: dt.date) -> bool:
        """Tell whether the status lets no citizens be sent to the supplier from that day or an earlier one."""
        return self.status in STOPS_REFERRALS and self.status_since is not None and self.status_since <= day

    @property
    def name_then_and_now(self) -> str:
        """The name, and after it the survivor's when this one has been merged; see `survivor` on queries."""
        if not self.is_merged:
            return self.name
        return _("%(name)s (now %(survivor)s)") % {"name": self.name, "survivor": self.survivor.name}

    def active_contacts(self) -> list[str]:
        """Return the names of those who can be written to; queries unless `contacts` was fetched."""
        return [contact.name for contact in self.contacts.all() if contact.is_active]
