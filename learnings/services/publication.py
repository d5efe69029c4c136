"""Mark what a supplier wants kept out when its report is published, and decide on it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from learnings.enums import WithholdingDecision, WithholdingKind
from learnings.models import ExperienceReport, Withholding
from learnings.passages import normalise, stands_in
from learnings.queries.publication import newest_version
from learnings.services.editions import renew_edition
from records.services import delete_record, save_record


@transaction.atomic
def withhold(
    report: ExperienceReport, question_id: int, *, passage: str, kind: WithholdingKind, reason: str, by: User | None
) -> Withholding:
    """Ask that a passage, or with an empty one the whole answer, is kept out of what is published, and of what already is.

    Raises ValidationError at its field when the passage does not stand in the answer, and without a reason.
    """
    version = newest_version(report)
    answer = version.answers.filter(question=question_id).first() if version else None
    if answer is None or not answer.is_answered:
        raise ValidationError(_("The question is not answered, so there is nothing to keep out. Reload the page."))
    passage = normalise(passage)
    if passage and not stands_in(answer.said, passage):
        raise ValidationError(
            {
                "passage": _(
                    "These words do not stand in the answer. Copy them from it as they are, or leave this empty."
                )
            }
        )
    row = Withholding(report=report, question_id=question_id, passage=passage, kind=kind, reason=reason, marked_by=by)
    save_record(row, by=by)
    renew_edition(report, by=by)
    return row


@transaction.atomic
def take_back(withholding: Withholding, *, by: User | None) -> None:
    """Let a passage be published after all; raises ValidationError when the municipality has decided on it."""
    current = Withholding.objects.select_for_update().get(pk=withholding.pk)
    if current.decision:
        raise ValidationError(_("The municipality has decided on this, so it can no longer be taken back."))
    delete_record(withholding, by=by)


@transaction.atomic
def decide_withholding(
    withholding: Withholding, *, decision: WithholdingDecision, reason: str, by: User | None
) -> Withholding:
    """Decide whether a marked passage is kept out; deciding again replaces the decision, and history keeps both.

    Raises ValidationError without a reason: the supplier sees it.
    """
    row = Withholding.objects.select_for_update().get(pk=withholding.pk)
    row.decision, row.decision_reason = decision, normalise(reason)
    row.decided_at, row.decided_by = timezone.now(), by
    save_record(row, by=by)
    if decision == WithholdingDecision.WITHHELD:
        renew_edition(row.report, by=by)
    return row
