"""What a municipality decides about deadlines: its buffers, whom it reminds when, and calendars that people subscribe to."""

from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.rules import AnyUser
from committees.models import Committee
from contracts.deadlines.kinds import DEFAULT_BUFFERS, Buffer, DeadlineKind
from contracts.deadlines.reminders import Moment, Whom
from contracts.models.contract import Contract
from contracts.models.framework import FrameworkAgreement
from records.querysets import RecordQuerySet

LONGEST_DAYS = 3 * 366


class DeadlineSettingQuerySet(RecordQuerySet["DeadlineSetting"]):
    def buffers(self) -> dict[DeadlineKind, Buffer]:
        """Return the buffer of every kind, as set or else as a new municipality begins; one query."""
        return DEFAULT_BUFFERS | {DeadlineKind(row.kind): row.buffer for row in self}


class DeadlineSetting(models.Model):
    """How long before the last day work on a kind of deadline must begin."""

    kind = models.CharField(
        _("kind of deadline"), max_length=20, choices=DeadlineKind.choices, unique=True, editable=False
    )
    administration_days = models.PositiveSmallIntegerField(
        _("days of administration"),
        validators=[MaxValueValidator(LONGEST_DAYS)],
        help_text=_("How many days it takes to prepare, before a decision is asked for."),
    )
    needs_decision = models.BooleanField(
        _("a committee decides"),
        default=False,
        help_text=_("The last meeting that can still decide is found in the committees' calendar."),
    )
    decision_days = models.PositiveSmallIntegerField(
        _("days of decision"),
        default=0,
        validators=[MaxValueValidator(LONGEST_DAYS)],
        help_text=_("From the case is handed in until the other side has been told. Counts when a committee decides."),
    )
    committee = models.ForeignKey(
        Committee,
        verbose_name=_("committee"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty: the committee that decided on the framework agreement, else any."),
    )

    history = HistoricalRecords()
    objects = DeadlineSettingQuerySet.as_manager()

    class Meta:
        verbose_name = _("buffer of a deadline")
        verbose_name_plural = _("buffers of deadlines")
        ordering = ["kind"]
        constraints = [
            models.CheckConstraint(
                condition=Q(administration_days__lte=LONGEST_DAYS, decision_days__lte=LONGEST_DAYS),
                name="deadline_setting_days",
                violation_error_message=_("A buffer is three years at most."),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def buffer(self) -> Buffer:
        return Buffer(self.administration_days, self.decision_days, self.needs_decision, self.committee_id)


class ReminderRule(models.Model):
    """Whom to remind of a kind of deadline, and when; for all agreements, or for one contract or framework."""

    kind = models.CharField(_("kind of deadline"), max_length=20, choices=DeadlineKind.choices)
    days = models.PositiveSmallIntegerField(_("days"), validators=[MaxValueValidator(LONGEST_DAYS)])
    moment = models.CharField(_("counted"), max_length=20, choices=Moment.choices, default=Moment.BEFORE_DUE)
    whom = models.CharField(_("who is reminded"), max_length=20, choices=Whom.choices, default=Whom.RESPONSIBLE)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    contract = models.ForeignKey(
        Contract,
        verbose_name=_("only for the contract"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reminder_rules",
    )
    framework = models.ForeignKey(
        FrameworkAgreement,
        verbose_name=_("only for the framework agreement"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reminder_rules",
        help_text=_("With its contracts. Own rules of a kind replace the general ones of that kind."),
    )
    is_active = models.BooleanField(
        _("switched on"),
        default=True,
        help_text=_("Switch an agreement's own rule off, and nobody is reminded of that kind for it."),
    )

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder rule")
        verbose_name_plural = _("reminder rules")
        ordering = ["kind", "moment", "-days", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(contract__isnull=True) | Q(framework__isnull=True),
                name="reminder_rule_of_one",
                violation_error_code="framework",
                violation_error_message=_(
                    "A rule is for all agreements, for one contract or for one framework agreement. Choose one of them."
                ),
            ),
            models.CheckConstraint(
                condition=Q(whom=Whom.PERSON, person__isnull=False) | (~Q(whom=Whom.PERSON) & Q(person__isnull=True)),
                name="reminder_rule_person",
                violation_error_code="person",
                violation_error_message=_("Choose the person, and only when the rule reminds a person."),
            ),
            models.CheckConstraint(
                condition=~Q(whom=Whom.SUPPLIER)
                | (
                    Q(kind=DeadlineKind.OBLIGATION, contract__isnull=True, framework__isnull=True)
                    & ~Q(moment=Moment.BEFORE_BEGIN)
                ),
                name="reminder_rule_supplier",
                violation_error_code="whom",
                violation_error_message=_(
                    "Suppliers' teams are reminded of obligations, of all agreements alike, and counted from the deadline. "
                    "Choose the kind “Obligation” and no agreement."
                ),
            ),
            models.CheckConstraint(
                condition=Q(days__lte=LONGEST_DAYS),
                name="reminder_rule_days",
                violation_error_code="days",
                violation_error_message=_("A reminder lies at most three years from its deadline."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.when}"

    @property
    def when(self) -> str:
        return _("%(days)s days %(moment)s") % {"days": self.days, "moment": self.get_moment_display()}


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(user=user.pk) if user.is_authenticated and user.is_active else self.none()


class CalendarFeed(models.Model):
    """The secret address at which a person's calendar program reads the deadlines that the person may see.

    The address is made of `key` and the program's own secret, so that whoever reads the table alone cannot use it.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="calendar_feed"
    )
    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")

    def __str__(self) -> str:
        return str(self.user)

    @property
    def signature(self) -> str:
        return salted_hmac("contracts.calendar_feed", f"{self.user_id}:{self.key}", algorithm="sha256").hexdigest()[:40]

    def is_signed_by(self, signature: str) -> bool:
        return constant_time_compare(self.signature, signature)
