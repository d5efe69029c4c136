"""What kinds of deadlines there are, and what is known of each kind."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DeadlineKind(models.TextChoices):
    NOTICE = "notice", pgettext_lazy("deadline", "Notice")
    OPTION = "option", pgettext_lazy("deadline", "Option")
    EXPIRY = "expiry", pgettext_lazy("deadline", "Expiry")
    RETENDER = "retender", _("Re-tender begins")
    LAST_REFERRAL = "last_referral", _("Last referral day")
    RUN_OFF = "run_off", _("End of run-off")
    OBLIGATION = "obligation", pgettext_lazy("deadline", "Obligation")
    DOCUMENT = "document", _("Document expires")
    PRICE_REGULATION = "price_regulation", _("Price regulation")
    CEILING_RETENDER = "ceiling_retender", _("Ceiling: start a new tender")
    CEILING_STOP = "ceiling_stop", _("Ceiling: stop referrals")
    TENDER_PHASE = "tender_phase", _("Phase of a tender")


# Kinds that wait until somebody has done something, also after the day. The others are days that pass.
STAYING = frozenset(
    {
        DeadlineKind.OPTION,
        DeadlineKind.RETENDER,
        DeadlineKind.OBLIGATION,
        DeadlineKind.DOCUMENT,
        DeadlineKind.PRICE_REGULATION,
        DeadlineKind.CEILING_RETENDER,
        DeadlineKind.CEILING_STOP,
        DeadlineKind.TENDER_PHASE,
    }
)


@dataclass(frozen=True)
class Buffer:
    """How long before the last day work must begin. `committee_id` is who decides when the agreement does not say."""

    administration_days: int
    decision_days: int = 0
    needs_decision: bool = False
    committee_id: int | None = None

    @property
    def days(self) -> int:
        return self.administration_days + (self.decision_days if self.needs_decision else 0)


# What a new municipality begins with; `DeadlineSetting` holds its own.
DEFAULT_BUFFERS = {
    DeadlineKind.NOTICE: Buffer(30, 30, needs_decision=True),
    DeadlineKind.OPTION: Buffer(60, 30, needs_decision=True),
    DeadlineKind.EXPIRY: Buffer(90),
    DeadlineKind.RETENDER: Buffer(30, 30, needs_decision=True),
    DeadlineKind.LAST_REFERRAL: Buffer(30),
    DeadlineKind.RUN_OFF: Buffer(30),
    DeadlineKind.OBLIGATION: Buffer(14),
    DeadlineKind.DOCUMENT: Buffer(30),
    DeadlineKind.PRICE_REGULATION: Buffer(30),
    DeadlineKind.CEILING_RETENDER: Buffer(30, 30, needs_decision=True),
    DeadlineKind.CEILING_STOP: Buffer(14),
    DeadlineKind.TENDER_PHASE: Buffer(7),
}
