"""Invitations to a supplier's team."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.rules import AnyUser, is_municipal
from records.querysets import RecordQuerySet
from suppliers.enums import InvitationMail, InvitationState, MemberRole
from suppliers.models.supplier import Supplier


class InvitationQuerySet(RecordQuerySet["Invitation"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Return everybody's for the municipality, and for a supplier's people those to their own teams."""
        if is_municipal(user):
            return self.all()
        return self.filter(supplier__in=Supplier.objects.visible_to(user).values("pk"))

    def waiting(self) -> Self:
        """Return those that nobody has answered, also expired ones: they can be sent again."""
        return self.filter(state=InvitationState.WAITING)

    def open(self, *, now: dt.datetime) -> Self:
        """Return those that can be accepted."""
        return self.waiting().filter(expires_at__gt=now)

    def sent_to(self, email: str) -> Self:
        return self.filter(email__iexact=email)


class Invitation(models.Model):
    """Somebody is asked by e-mail to join a team. It is accepted once, by whoever has the address.

    `key` and `number` make the link of the mail: sending again counts `number` up, and older links stop working.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    supplier = models.ForeignKey(
        Supplier, verbose_name=_("supplier"), on_delete=models.PROTECT, related_name="invitations"
    )
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=15, choices=MemberRole.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=InvitationState.choices, default=InvitationState.WAITING, editable=False
    )
    number = models.PositiveSmallIntegerField(_("times sent"), default=1, editable=False)
    expires_at = models.DateTimeField(_("expires"), editable=False)
    invited_at = models.DateTimeField(_("invited"), default=timezone.now, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    mail = models.CharField(
        _("mail"), max_length=10, choices=InvitationMail.choices, default=InvitationMail.WAITING, editable=False
    )
    asked_at = models.DateTimeField(_("last asked to be sent"), default=timezone.now, editable=False)
    membership = models.OneToOneField(
        "suppliers.Membership",
        verbose_name=_("membership"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="invitation",
    )
    settled_at = models.DateTimeField(_("accepted or withdrawn"), null=True, blank=True, editable=False)

    history = HistoricalRecords()
    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "supplier",
                condition=Q(state=InvitationState.WAITING),
                name="invitation_waiting_once",
                violation_error_message=_("The address has been invited already. Send the invitation again instead."),
            ),
            models.CheckConstraint(
                condition=Q(state=InvitationState.WAITING, settled_at__isnull=True)
                | (~Q(state=InvitationState.WAITING) & Q(settled_at__isnull=False)),
                name="invitation_settled_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state=InvitationState.ACCEPTED, membership__isnull=False)
                | (~Q(state=InvitationState.ACCEPTED) & Q(membership__isnull=True)),
                name="invitation_accepted_by_a_member",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.get_role_display()}"

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().lower()

    @property
    def is_waiting(self) -> bool:
        return self.state == InvitationState.WAITING

    def has_expired(self, *, now: dt.datetime) -> bool:
        return self.is_waiting and self.expires_at <= now
