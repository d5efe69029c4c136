"""Give a supplier more time, and note what was discussed with it."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _

from accounts.models import User
from jobs.services import enqueue
from learnings.enums import TELLING_JOB
from learnings.models import Discussion, ExperienceReport, Round
from learnings.services.changes import save_changed
from learnings.services.reports import hold_report, start_report
from suppliers.models import Supplier


@transaction.atomic
def extend(round: Round, supplier: Supplier, *, until: dt.date, reason: str, by: User | None) -> ExperienceReport:
    """Give a supplier until a later day than the round's last; its team is told.

    Raises ValidationError without a reason, for a day that is not later, and as `start_report` does.
    """
    if until <= round.closes_on:
        text = _("The round itself is open until %(day)s. Choose a later day.")
        raise ValidationError({"until": text % {"day": formats.date_format(round.closes_on)}})
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the supplier gets more time.")})
    report = hold_report(start_report(round, supplier, by=by))
    report.extended_to, report.extension_reason = until, reason.strip()
    return _saved(report, reason=reason.strip()[:100], by=by)


@transaction.atomic
def take_back_extension(report: ExperienceReport, *, by: User | None) -> ExperienceReport:
    """Let the round's own last day count again; history keeps that there was more time."""
    report = hold_report(report)
    report.extended_to, report.extension_reason = None, ""
    return _saved(report, reason=_("The extension was taken back"), by=by)


@transaction.atomic
def save_discussion(discussion: Discussion, *, reason: str = "", by: User | None) -> Discussion:
    """Note what was talked over with a supplier. Raises ValidationError when its report has not come in."""
    if not discussion.report.versions.submitted().exists():
        raise ValidationError(_("The report has not come in, so there is nothing to discuss yet."))
    return save_changed(discussion, reason=reason, by=by)


def _saved(report: ExperienceReport, *, reason: str, by: User | None) -> ExperienceReport:
    save_changed(report, reason=reason, by=by)
    enqueue(TELLING_JOB, str(report.round_id), key=f"round-{report.round_id}", by=by)
    return report
