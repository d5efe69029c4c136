"""One count from the registers: what was brought, what came of it, and the delivery it became."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rules import AnyUser, is_municipal
from results.models.delivery import Delivery

COUNT, SAVE = "results.derive", "results.save_derivation"
EXTRACTS = "results/deriving/"


class DerivationQuerySet(models.QuerySet["Derivation"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Return the person's own counts, and those that have become a delivery."""
        if not isinstance(user, User) or not is_municipal(user):
            return self.none()
        return self.filter(Q(asked_by=user) | Q(delivery__isnull=False))

    def unsaved(self) -> Self:
        return self.filter(delivery__isnull=True)

    def asked_before(self, moment: dt.datetime) -> Self:
        return self.filter(asked_at__lt=moment)


class Derivation(models.Model):
    """The two files are removed when they are counted; the figures are aggregates and stay as a file until they are saved.

    `facts` is what the page shows: totals, what was left out, or what is wrong. Nothing in it comes from a row.
    """

    courses_file = models.FileField(_("courses"), upload_to=EXTRACTS, blank=True)
    courses_name = models.CharField(_("file of courses"), max_length=255)
    courses_sha256 = models.CharField(_("courses' SHA-256"), max_length=64, blank=True)
    register_file = models.FileField(_("register"), upload_to=EXTRACTS, blank=True)
    register_name = models.CharField(_("file of the register"), max_length=255)
    register_sha256 = models.CharField(_("register's SHA-256"), max_length=64, blank=True)
    as_of = models.DateField(_("counted as of"))
    source = models.CharField(_("source"), max_length=200)
    extracted_on = models.DateField(_("extracted on"))
    count_unknown = models.BooleanField(_("unknown codes count as not found"), default=False)
    last_week = models.CharField(_("last week of the register"), max_length=10, blank=True)
    definitions_digest = models.CharField(_("definitions' SHA-256"), max_length=64, blank=True)
    output_file = models.FileField(_("figures"), upload_to="results/derived/", blank=True)
    output_sha256 = models.CharField(_("figures' SHA-256"), max_length=64, blank=True)
    facts = models.JSONField(_("facts"), default=dict, blank=True, encoder=DjangoJSONEncoder)
    asked_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked for by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    delivery = models.OneToOneField(
        Delivery,
        verbose_name=_("delivery"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="derivation",
    )

    objects = DerivationQuerySet.as_manager()

    class Meta:
        verbose_name = _("count from registers")
        verbose_name_plural = _("counts from registers")
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.courses_name}, {self.register_name}"

    @property
    def is_counted(self) -> bool:
        return bool(self.output_sha256)

    @property
    def last_week_label(self) -> str:
        """Return the register's last week as people say it."""
        year, _sign, week = self.last_week.partition("-W")
        return gettext("week %(week)s of %(year)s") % {"week": int(week), "year": year} if week else "–"
