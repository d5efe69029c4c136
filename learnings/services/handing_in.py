"""Hand a report in on behalf of its supplier, with a receipt."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from jobs.services import enqueue
from learnings.enums import RECEIPT_JOB
from learnings.models import ExperienceReport, Receipt, ReportVersion
from learnings.services.reports import hold_report, save_draft_answers, submit_report
from learnings.services.standing import check_supplier_may_write


@transaction.atomic
def hand_in(report: ExperienceReport, *, revision: int, by: User) -> ReportVersion:
    """Submit the draft that somebody has looked at, in their name, and mail them a receipt.

    Raises ValidationError when the report takes no answers, when something is missing or too long, and when somebody has
    changed it since `revision`: nobody hands in what they have not seen.
    """
    report = hold_report(report)
    check_supplier_may_write(report)
    draft = report.versions.drafts().first()
    if draft is None or draft.revision != revision:
        raise ValidationError(
            _("Somebody has changed the report since you opened this page. Look at it below, and hand it in again.")
        )
    save_draft_answers(report, answers={}, handed_in_by=str(by), by=by)
    version = submit_report(report, by=by)
    receipt = Receipt.objects.create(version=version, to=by.email)
    enqueue(RECEIPT_JOB, str(receipt.pk), key=f"receipt-{receipt.pk}", by=by)
    return version
