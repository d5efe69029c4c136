"""What a person is told of: once for each cause, until the matter is done."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.rules import AnyUser
from notifications.enums import UNRESOLVED, NoticeState
from notifications.kinds import kind_or_bare
from notifications.models.mails import Mail


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Return the person's own notices; nobody reads another's."""
        return self.filter(recipient=user.pk) if user.is_authenticated and user.is_active else self.none()

    def in_state(self, state: NoticeState) -> Self:
        return self.filter(state=state)

    def unresolved(self) -> Self:
        return self.filter(state__in=sorted(UNRESOLVED))

    def unmailed(self) -> Self:
        """Return open notices that no mail has told of."""
        return self.filter(state=NoticeState.OPEN, mail__isnull=True)

    def caused_by(self, prefix: str) -> Self:
        """Return the notices whose cause begins so; a whole cause is its own beginning."""
        return self.filter(cause__startswith=prefix)

    def most_urgent_first(self) -> Self:
        return self.order_by(F("due_on").asc(nulls_last=True), "created_at", "pk")


class Notice(models.Model):
    """One thing that one person is told of. `resolved_by` is empty when the matter itself ended it."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("recipient"), on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField(_("kind"), max_length=60)
    title = models.CharField(_("title"), max_length=250)
    url = models.CharField(
        _("address within the site"),
        max_length=500,
        validators=[RegexValidator(r"^/(?!/)", _("The address must be a path within the site, such as /admin/."))],
    )
    content_type = models.ForeignKey(ContentType, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    subject = GenericForeignKey("content_type", "object_id")
    due_on = models.DateField(_("due"), null=True, blank=True)
    cause = models.CharField(
        _("cause"), max_length=250, db_index=True, help_text=_("The same cause never gives a person a second notice.")
    )
    state = models.CharField(_("state"), max_length=10, choices=NoticeState.choices, default=NoticeState.OPEN)
    snoozed_until = models.DateField(_("put off until"), null=True, blank=True)
    resolved_at = models.DateTimeField(_("done"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("done by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    mail = models.ForeignKey(
        Mail, verbose_name=_("mail"), null=True, blank=True, on_delete=models.PROTECT, related_name="notices"
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "cause"], name="notice_once_per_cause"),
            models.CheckConstraint(
                condition=Q(state=NoticeState.SNOOZED, snoozed_until__isnull=False)
                | (~Q(state=NoticeState.SNOOZED) & Q(snoozed_until__isnull=True)),
                name="notice_snoozed_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state=NoticeState.RESOLVED, resolved_at__isnull=False)
                | (~Q(state=NoticeState.RESOLVED) & Q(resolved_at__isnull=True, resolved_by__isnull=True)),
                name="notice_resolved_at_a_time",
            ),
            models.CheckConstraint(condition=Q(url__startswith="/"), name="notice_url_within_the_site"),
        ]
        indexes = [
            models.Index(fields=["recipient", "state", "due_on"]),
            models.Index(fields=["content_type", "object_id"]),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kind_label(self) -> str:
        return str(kind_or_bare(self.kind).label)

    @property
    def is_open(self) -> bool:
        return self.state == NoticeState.OPEN

    def is_overdue(self, *, today: dt.date) -> bool:
        return self.due_on is not None and self.due_on < today
