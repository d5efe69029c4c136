"""Accept a report, send it back with comments, and take either back; what the contract requires follows."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.models.occurrences import OccurrenceQuerySet
from contracts.queries.experience_reports import reports_due
from contracts.services import fulfil_obligation, reopen_occurrence
from jobs.services import enqueue
from learnings.enums import TELLING_JOB, ReviewOutcome
from learnings.models import ExperienceReport, Question, ReportVersion, Review, ReviewComment
from learnings.services.editions import refuse_if_public
from learnings.services.reports import discard_draft, hold_report, reopen_as_new_version
from learnings.services.telling import tell_of_acceptance, untell_acceptance
from records.services import delete_record, save_record
from suppliers.models import Supplier


@transaction.atomic
def accept(report: ExperienceReport, *, message: str = "", by: User | None) -> Review:
    """Accept the report's newest submitted version; what the supplier's contracts require is fulfilled by it.

    It counts from the day on which the report first came in. Raises ValidationError when nothing is submitted, when it is
    reviewed already, or when a new version is being written.
    """
    report = hold_report(report)
    version = _to_review(report)
    review = _save(Review(version=version, outcome=ReviewOutcome.ACCEPTED, message=message), {}, by=by)
    first = report.versions.submitted().first()
    on = timezone.localdate(first.submitted_at if first else None)
    for occurrence in _asked_of(report).open():
        fulfil_obligation(occurrence, evidence=report, on=on, by=by)
    tell_of_acceptance(review)
    return _told(review, by=by)


@transaction.atomic
def send_back(
    report: ExperienceReport, *, comments: Mapping[Question, str], message: str = "", by: User | None
) -> Review:
    """Send the newest submitted version back with comments by question; the supplier goes on in a new version.

    Raises ValidationError when there is neither a message nor a comment, when a comment is on a question that the supplier
    is not asked, and as `accept` does.
    """
    report = hold_report(report)
    version = _to_review(report)
    written = {question: text.strip() for question, text in comments.items() if text.strip()}
    if not written and not message.strip():
        raise ValidationError(_("Say what is to be changed: in a message, or beside the answers."))
    answered = set(version.answers.values_list("question", flat=True))
    if any(question.pk not in answered for question in written):
        raise ValidationError(_("A comment is on a question that is not in this version. Reload the page."))
    review = _save(Review(version=version, outcome=ReviewOutcome.SENT_BACK, message=message.strip()), written, by=by)
    reopen_as_new_version(report, by=by)
    return _told(review, by=by)


@transaction.atomic
def take_back_review(report: ExperienceReport, *, reason: str = "", by: User | None) -> None:
    """Take back that the report was accepted or sent back; the version waits to be read again, history keeps the review.

    What it had fulfilled is open again. Raises ValidationError when there is no review, when the report is public, or when the
    supplier has begun to write after the report was sent back.
    """
    report = hold_report(report)
    review = Review.objects.filter(version__in=report.versions.newest()).first()
    if review is None:
        raise ValidationError(
            _("The report is neither accepted nor sent back. Reload the page to see where it stands.")
        )
    if review.is_acceptance:
        refuse_if_public(report)
        _reopen_obligations(report, reason=reason, by=by)
        untell_acceptance(review)
    else:
        _discard_untouched(report, by=by)
    delete_record(review, reason=reason, by=by)
    enqueue(TELLING_JOB, str(report.round_id), key=f"round-{report.round_id}", by=by)


def _to_review(report: ExperienceReport) -> ReportVersion:
    newest = report.versions.submitted().last()
    if newest is None:
        raise ValidationError(_("Nothing has been handed in yet."))
    review = Review.objects.filter(version=newest).first()
    if review is not None:
        text = _("The report is already: %(outcome)s. Take that back first, if it was a mistake.")
        raise ValidationError(text % {"outcome": review.get_outcome_display().lower()})
    if report.versions.drafts().exists():
        raise ValidationError(_("A new version is being written. Wait until it is handed in, or discard it."))
    return newest


def _save(review: Review, comments: Mapping[Question, str], *, by: User | None) -> Review:
    review.reviewed_by = by
    review.comments.set([ReviewComment(question=question, text=text) for question, text in comments.items()])
    return save_record(review, by=by)


def _told(review: Review, *, by: User | None) -> Review:
    round_id = review.version.report.round_id
    enqueue(TELLING_JOB, str(round_id), key=f"round-{round_id}", by=by)
    return review


def _asked_of(report: ExperienceReport) -> OccurrenceQuerySet:
    """Return the times in the round's year at which the supplier's contracts ask for a report."""
    family = Supplier.objects.family_of(report.supplier)
    return reports_due(report.round.closes_on.year).filter(obligation__contract__supplier__in=family)


def _reopen_obligations(report: ExperienceReport, *, reason: str, by: User | None) -> None:
    for occurrence in _asked_of(report).settled():
        if occurrence.evidence == report:
            reopen_occurrence(occurrence, reason=reason, by=by)


def _discard_untouched(report: ExperienceReport, *, by: User | None) -> None:
    draft = report.versions.drafts().first()
    if draft is None:
        return
    if draft.revision:
        raise ValidationError(_("The supplier has begun to write the new version, so sending it back is not undone."))
    discard_draft(report, by=by)
