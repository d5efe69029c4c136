"""Who acts for a supplier in the portal, and since when."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.rules import AnyUser, is_municipal
from records.querysets import RecordQuerySet
from suppliers.enums import MemberRole
from suppliers.models.supplier import Supplier


class MembershipQuerySet(RecordQuerySet["Membership"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Return everybody's for the municipality, and for a supplier's people those of their own teams."""
        if is_municipal(user):
            return self.all()
        return self.filter(supplier__in=Supplier.objects.visible_to(user).values("pk"))

    def active(self) -> Self:
        return self.filter(left_at=None)

    def of_person(self, user: AnyUser) -> Self:
        """Return the memberships by which a person may act now; none for those who may not sign in."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        return self.active().filter(user=user.pk, supplier__merged_into=None)


class Membership(models.Model):
    """One person on one supplier's team. Somebody who is removed leaves; the row stays, so that history keeps its names."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="memberships"
    )
    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=15, choices=MemberRole.choices)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)
    left_at = models.DateTimeField(_("left"), null=True, blank=True, editable=False)

    history = HistoricalRecords()
    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["supplier", "user__first_name", "user__last_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "supplier"],
                condition=Q(left_at__isnull=True),
                name="membership_active_once",
                violation_error_message=_("The person is on the team already."),
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("joined_at")), name="membership_left_after_joining"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"

    @property
    def is_active(self) -> bool:
        return self.left_at is None
