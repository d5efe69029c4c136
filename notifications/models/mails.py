"""How people want mail, the mails that gather their notices, and the log of what left the house."""

from __future__ import annotations

import datetime as dt
from typing import Any, NoReturn, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.rules import AnyUser
from notifications.enums import MailFrequency, MailKind, MailState
from notifications.kinds import all_kinds
from notifications.rules import can_read_mail_log


class PreferenceQuerySet(models.QuerySet["Preference"]):
    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(user=user.pk) if user.is_authenticated and user.is_active else self.none()


class Preference(models.Model):
    """How one person wants mail. Who has chosen nothing gets the day's reminders gathered."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="mail_preference"
    )
    frequency = models.CharField(
        _("mail about reminders"), max_length=10, choices=MailFrequency.choices, default=MailFrequency.DAILY
    )
    muted_kinds = models.JSONField(_("no mail about"), default=list, blank=True)

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice of mail")
        verbose_name_plural = _("choices of mail")

    def __str__(self) -> str:
        return f"{self.user}: {self.get_frequency_display()}"

    def clean(self) -> None:
        super().clean()
        allowed = {kind.code for kind in all_kinds() if kind.can_be_switched_off}
        if not isinstance(self.muted_kinds, list) or not set(self.muted_kinds) <= allowed:
            raise ValidationError({"muted_kinds": _("Mail about one of these kinds cannot be switched off.")})


class MailQuerySet(models.QuerySet["Mail"]):
    def waiting(self) -> Self:
        return self.filter(state=MailState.WAITING)

    def due(self, *, now: dt.datetime) -> Self:
        """Return waiting mails that may be tried now."""
        return self.waiting().filter(try_at__lte=now)


class Mail(models.Model):
    """One mail to one person, composed when it is sent of what still matters then.

    Its state is set before it is handed to the mail server, so that a mail that may have left is never sent again.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("recipient"), on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=MailKind.choices)
    day = models.DateField(_("day"))
    state = models.CharField(_("state"), max_length=10, choices=MailState.choices, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    try_at = models.DateTimeField(_("tried not before"))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "day"], condition=Q(kind=MailKind.DIGEST), name="mail_one_digest_a_day"
            ),
            models.UniqueConstraint(
                fields=["recipient"], condition=Q(state=MailState.WAITING), name="mail_one_waiting_a_person"
            ),
            models.CheckConstraint(
                condition=Q(state=MailState.SENT, sent_at__isnull=False)
                | (~Q(state=MailState.SENT) & Q(sent_at__isnull=True)),
                name="mail_sent_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "try_at"]), models.Index(fields=["recipient", "created_at"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.recipient}"


class AppendOnlyError(Exception):
    """Somebody's code tried to change or remove a line of the mail log."""


class MailLogQuerySet(models.QuerySet["MailLog"]):
    def visible_to(self, user: AnyUser) -> Self:
        return self.all() if can_read_mail_log(user) else self.none()

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("the mail log is append-only")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("the mail log is append-only")


class MailLog(models.Model):
    """One attempt to send a mail: to whom, what it said and how it went. Never changed."""

    mail = models.ForeignKey(
        Mail, verbose_name=_("mail"), null=True, blank=True, on_delete=models.PROTECT, related_name="log"
    )
    to = models.EmailField(pgettext_lazy("mail", "to"))
    subject = models.CharField(_("subject line"), max_length=300, blank=True)
    body = models.TextField(_("text"), blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=MailKind.choices)
    logged_at = models.DateTimeField(_("tried"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)

    objects = MailLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail in the log")
        verbose_name_plural = _("mail log")
        ordering = ["-logged_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=False, error="") | (Q(sent_at__isnull=True) & ~Q(error="")),
                name="mail_log_sent_or_error",
            ),
            models.CheckConstraint(
                condition=Q(kind=MailKind.LETTER, mail__isnull=True)
                | (~Q(kind=MailKind.LETTER) & Q(mail__isnull=False)),
                name="mail_log_of_a_mail_or_letter",
            ),
        ]
        indexes = [models.Index(fields=["logged_at"])]

    def __str__(self) -> str:
        return self.subject or self.to

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError("the mail log is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("the mail log is append-only")
