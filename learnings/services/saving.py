"""Save one answer of a draft while somebody writes it: often, by several people, and over lines that break."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from learnings.models import Answer, ExperienceReport, Part, Question, ReportVersion
from learnings.passages import normalise
from learnings.queries import question_for
from learnings.services.answers import DraftAnswer, check_draft_answers
from learnings.services.reports import check_questions, draft_for_writing, hold_report
from learnings.services.standing import check_supplier_may_write
from records.services import attribute_change


@dataclass(frozen=True)
class Basis:
    """What a page began from: the answer's revision then, and the page's own key; a form without JavaScript has none."""

    revision: int
    page: str = ""


class SavingConflictError(Exception):
    """Somebody else has saved it since the page was opened; `saved` is what stands there now."""

    def __init__(self, saved: Part) -> None:
        super().__init__(f"{saved._meta.label} {saved.pk} is at revision {saved.revision}")
        self.saved = saved


@transaction.atomic
def save_answer(
    report: ExperienceReport, question_id: int, *, given: DraftAnswer, basis: Basis, by: User | None
) -> Answer:
    """Save what a supplier's person writes to one question, with one entry in history; a report without a draft gets one.

    The same sent again changes nothing, and a page never conflicts with itself: when its request was carried out and
    the reply got lost, it may send what was written since with the old revision. Raises SavingConflictError when
    somebody else has saved meanwhile, and then nothing is overwritten; ValidationError when the report takes no answers, when
    the supplier is not asked the question, and for an answer that also says why it does not apply.
    """
    report = hold_report(report, "round")
    check_supplier_may_write(report)
    question = question_for(report, question_id)
    asked = {question.pk: question} if question else {}
    check_questions({question_id: given}, asked)
    check_draft_answers({question_id: given}, asked)
    draft = draft_for_writing(report, by=by)
    answer = _stored(draft, asked[question_id])
    text, reason = normalise(given.text), normalise(given.not_applicable_reason)
    if (answer.text, answer.not_applicable_reason) == (text, reason):
        return answer
    if answer.is_changed_since(basis.revision, page=basis.page):
        if _is_untouched(answer, basis, text, reason):
            return answer
        raise SavingConflictError(answer)
    answer.text, answer.not_applicable_reason = text, reason
    _write(answer, draft, page=basis.page, by=by)
    return answer


def _stored(draft: ReportVersion, question: Question) -> Answer:
    answer = draft.answers.select_related("saved_by").filter(question=question).first()
    return answer or Answer(version=draft, question=question, wording=question.wording)


def _is_untouched(answer: Answer, basis: Basis, text: str, reason: str) -> bool:
    """Tell whether the writer sends back what stood there when the page was opened: another's change is then none of theirs."""
    if not basis.revision:
        return not (text or reason)
    return (
        bool(answer.pk)
        and answer.history.filter(revision=basis.revision, text=text, not_applicable_reason=reason).exists()
    )


def _write(answer: Answer, draft: ReportVersion, *, page: str, by: User | None) -> None:
    answer.count_saving(page=page, by=by)
    answer.clean_fields(exclude={"version", "question", "saved_by"})
    attribute_change(answer, reason="", by=by)
    ReportVersion.objects.count_saving(draft)  # whoever has the whole report open in the back office is told
    answer.save(is_proved_draft=True)
