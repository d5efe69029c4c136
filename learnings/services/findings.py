"""Decide on personal data that was found in an answer before it is published."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from learnings.enums import FindingDecision, FindingKind
from learnings.models import Answer, ExperienceReport, Resolution
from learnings.passages import Span, find_passage, normalise
from learnings.personal import find_personal, looks_like_cpr
from learnings.queries.editions import names_by_supplier, prepared_report
from learnings.services.editions import renew_edition
from learnings.services.reports import hold_report
from records.services import delete_record, save_record

NOTHING_YET = "new"


def seen(resolution: Resolution | None) -> str:
    """Return what a page says that it looked at, so that nobody decides over another's decision unseen."""
    return f"{resolution.pk} {resolution.decided_at.isoformat()}" if resolution else NOTHING_YET


@transaction.atomic
def resolve(
    answer: Answer,
    span: Span,
    *,
    decision: FindingDecision,
    reason: str = "",
    looked_at: str,
    by: User | None,
) -> Resolution:
    """Decide what is done with the words at a place in an answer; deciding again replaces it, and history keeps both.

    `looked_at` is what `seen` said when the page was opened. What is now kept out disappears from what is public at once. Raises
    ValidationError when the report is not accepted, when somebody else has decided meanwhile, when words may stand without a
    reason, and when what looks like a CPR number is to stand.
    """
    _check_place(answer, span)
    row = _held(answer, span)
    if seen(row) != looked_at:
        text = _(
            "Somebody else has decided on this meanwhile: %(decision)s. Look at it, and decide again if it is wrong."
        )
        raise ValidationError(text % {"decision": row.get_decision_display() if row else _("not decided")})
    row = row or Resolution(answer=answer, start=span[0], end=span[1], kind=_kind(answer, span))
    row.decision, row.reason = decision, normalise(reason)
    row.decided_at, row.decided_by = timezone.now(), by
    save_record(row, by=by)
    _renew(answer, row, by=by)
    return row


@transaction.atomic
def redact_words(answer: Answer, words: str, *, reason: str = "", by: User | None) -> list[Resolution]:
    """Keep words out that nothing found by itself, everywhere they stand in the answer.

    Raises ValidationError at `words` when they do not stand in it, and as `resolve` does.
    """
    spans = find_passage(answer.said, words)
    if not spans:
        raise ValidationError({"words": _("These words do not stand in the answer. Copy them from it as they are.")})
    return [_redact(answer, span, reason=reason, by=by) for span in spans]


@transaction.atomic
def redact_found(report: ExperienceReport, *, by: User | None) -> list[Resolution]:
    """Keep everything out that waits for a decision in a report. Raises ValidationError when nothing does."""
    prepared = prepared_report(hold_report(report))
    waiting = prepared.open_findings if prepared else ()
    if not waiting:
        raise ValidationError(_("Nothing waits for a decision. Reload the page to see where the report stands."))
    return [_redact(finding.answer, finding.span, reason="", by=by) for finding in waiting]


@transaction.atomic
def reconsider(resolution: Resolution, *, by: User | None) -> None:
    """Take a decision back: the words wait for one again, and are kept out until then. History keeps the decision."""
    row = Resolution.objects.select_for_update().filter(pk=resolution.pk).first()
    if row is None:
        raise ValidationError(_("The decision was taken back already."))
    was_shown, answer = row.decision == FindingDecision.STANDS, row.answer
    delete_record(row, by=by)
    if was_shown:
        renew_edition(answer.version.report, by=by)


def _redact(answer: Answer, span: Span, *, reason: str, by: User | None) -> Resolution:
    looked_at = seen(_held(answer, span))
    return resolve(answer, span, decision=FindingDecision.REDACTED, reason=reason, looked_at=looked_at, by=by)


def _kind(answer: Answer, span: Span) -> FindingKind:
    """Return what was found there; what nothing finds was found by hand."""
    version = answer.version
    survivor = version.report.supplier.survivor_id
    people = names_by_supplier([survivor])[survivor] | {version.handed_in_by}
    found = {each.span: each.kind for each in find_personal(answer.said, people)}
    return FindingKind.CPR if looks_like_cpr(answer.said[slice(*span)]) else found.get(span, FindingKind.OTHER)


def _check_place(answer: Answer, span: Span) -> None:
    hold_report(answer.version.report)
    if not answer.version.is_accepted:
        raise ValidationError(_("The report is not accepted, so there is nothing to publish of it yet."))
    if not 0 <= span[0] < span[1] <= len(answer.said):
        raise ValidationError(_("The place is not in the answer. Reload the page."))


def _held(answer: Answer, span: Span) -> Resolution | None:
    start, end = span
    return Resolution.objects.select_for_update().filter(answer=answer, start=start, end=end).first()


def _renew(answer: Answer, row: Resolution, *, by: User | None) -> None:
    if row.decision != FindingDecision.STANDS:
        renew_edition(answer.version.report, by=by)
