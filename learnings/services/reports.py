"""Write, submit and reopen reports. What is submitted never changes; an edit is a new version with its author."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from accounts.models import User
from learnings.models import Answer, Attachment, ExperienceReport, Question, ReportVersion, Round
from learnings.passages import normalise
from learnings.queries import owing_suppliers, questions_for
from learnings.services.answers import DraftAnswer, check_complete, check_draft_answers
from learnings.services.changes import save_changed
from learnings.services.ratings import carry_ratings_over, rated
from suppliers.models import Supplier
from suppliers.services import hold_current

SAVED_FIELDS = ["text", "not_applicable_reason", "revision", "saved_at", "saved_by", "saved_from"]


@transaction.atomic
def start_report(round: Round, supplier: Supplier, *, by: User | None) -> ExperienceReport:
    """Return the supplier's report in the round, made now if there is none.

    A report that was begun under a name that has since been merged is the supplier's too. Raises ValidationError when the
    round takes no answers, or when the supplier has no contract in it or was itself merged.
    """
    begun = {report.supplier_id: report for report in _reports_of(supplier, round)}
    if begun:
        return begun.get(supplier.pk) or next(iter(begun.values()))
    _check_answerable(round)
    hold_current(supplier)
    if supplier not in owing_suppliers(round):
        raise ValidationError(
            _(
                "No contract of %(supplier)s asks for an experience report this year. Give the lot or the contract the "
                "obligation first; it is on the contract's tab “Obligations”."
            )
            % {"supplier": supplier}
        )
    return save_changed(ExperienceReport(round=round, supplier=supplier), by=by)


@transaction.atomic
def save_draft_answers(
    report: ExperienceReport,
    *,
    answers: Mapping[int, DraftAnswer],
    revision: int | None = None,
    handed_in_by: str | None = None,
    by: User | None,
) -> ReportVersion:
    """Save answers by question id in the report's draft; questions that are not named keep theirs.

    Drafts may be incomplete. `revision` is that of the draft the writer began from (0 for none): when somebody has
    saved since, ValidationError is raised and nothing is overwritten. None does not ask. Saving the same again changes nothing.
    Raises ValidationError when the newest version is submitted, since an edit is then a new version.
    """
    report = hold_report(report)
    _check_answerable(report.round)
    asked = {question.pk: question for question in questions_for(report)}
    check_questions(answers, asked)
    check_draft_answers(answers, asked)
    draft = draft_for_writing(report, by=by)
    if revision is not None and revision != draft.revision:
        raise ValidationError(
            _(
                "Somebody else has saved these answers since you opened them. Your text is kept below: "
                "compare it with what is saved now, and save again."
            ),
            code="conflict",
        )
    is_changed = _write_answers(draft, answers, asked, by=by)
    if handed_in_by is not None and handed_in_by != draft.handed_in_by:
        draft.handed_in_by, is_changed = handed_in_by, True
    if is_changed:
        draft.revision += 1
        draft.full_clean()
        draft.save()
    return draft


@transaction.atomic
def submit_report(
    report: ExperienceReport, *, submitted_at: dt.datetime | None = None, note: str = "", by: User | None
) -> ReportVersion:
    """Submit the report's draft and freeze it for ever.

    `submitted_at` is when it reached the municipality, now unless given. Raises ValidationError that lists each required
    question without an answer and each answer above its word limit, and when nothing has changed since the last version.
    """
    report = hold_report(report)
    _check_answerable(report.round)
    draft = _draft(report)
    moment = submitted_at or timezone.now()
    if moment > timezone.now():
        raise ValidationError(_("The report cannot be handed in at a time that has not come. Correct the date."))
    questions = questions_for(report)
    answers = {answer.question_id: answer for answer in draft.answers.all()}
    check_complete(questions, answers)
    _check_something_is_new(draft, answers)
    _freeze_wording(answers, questions)
    draft.submitted_at, draft.submitted_by = moment, by
    draft.note = note or draft.note
    draft.full_clean()
    draft.save()
    return draft


@transaction.atomic
def reopen_as_new_version(report: ExperienceReport, *, note: str = "", by: User | None) -> ReportVersion:
    """Begin a new version with the newest one's answers as its draft; the old one stays as it is.

    Raises ValidationError when nothing is submitted yet, when there is already a draft, or when the report is accepted.
    """
    report = hold_report(report)
    _check_answerable(report.round)
    newest = report.versions.submitted().last()
    if newest is None:
        raise ValidationError(_("The report is not submitted yet, so it can be edited as it is."))
    if report.versions.accepted().exists():
        raise ValidationError(_("The report is accepted, so it is not written in. Take back the acceptance first."))
    if report.versions.drafts().exists():
        raise ValidationError(_("There is already a new version being written. Go on with that one, or discard it."))
    draft = _new_version(report, number=newest.number + 1, note=note, handed_in_by=newest.handed_in_by, by=by)
    _carry_files_over(newest, draft)
    carry_ratings_over(newest, draft)
    _write_with_history([_carried_over(answer, draft) for answer in newest.answers.all()], [], by=by)
    return draft


@transaction.atomic
def discard_draft(report: ExperienceReport, *, by: User | None) -> None:
    """Throw away a new version that was begun by mistake; the submitted one counts on.

    Raises ValidationError for a report that was never submitted: its draft is all there is of the supplier's work.
    """
    report = hold_report(report)
    if not report.versions.submitted().exists():
        raise ValidationError(_("The report has not been submitted, so its draft cannot be discarded."))
    _draft(report).delete()


def _carried_over(answer: Answer, draft: ReportVersion) -> Answer:
    kept = {name: getattr(answer, name) for name in ("question_id", "wording", "text", "not_applicable_reason")}
    return Answer(version=draft, saved_at=answer.saved_at, saved_by_id=answer.saved_by_id, **kept)


def _carry_files_over(newest: ReportVersion, draft: ReportVersion) -> None:
    names = ("file", "file_name", "media_type", "sha256", "size_bytes", "uploaded_at", "uploaded_by_id")
    Attachment.objects.bulk_create(
        Attachment(version=draft, **{name: getattr(row, name) for name in names}) for row in newest.attachments.all()
    )


def _reports_of(supplier: Supplier, round: Round) -> QuerySet[ExperienceReport]:
    family = Supplier.objects.family_of(supplier)
    return ExperienceReport.objects.filter(round=round, supplier__in=family).order_by("pk")


def hold_report(report: ExperienceReport, *beside: str) -> ExperienceReport:
    """Lock a report until the transaction ends, and read it again, with its round and supplier unless told what beside it."""
    locked = ExperienceReport.objects.select_for_update(of=("self",))
    return locked.select_related(*(beside or ("round", "supplier__merged_into"))).get(pk=report.pk)


def _check_answerable(round: Round) -> None:
    if not round.is_answerable:
        raise ValidationError(_("The round is still being prepared. Open it before answers are written."))


def _draft(report: ExperienceReport) -> ReportVersion:
    draft: ReportVersion | None = report.versions.drafts().first()
    if draft is None:
        raise ValidationError(_("The report has no draft. Begin a new version to change what is submitted."))
    return draft


def draft_for_writing(report: ExperienceReport, *, by: User | None) -> ReportVersion:
    """Return the report's draft, the first one if there is none; no query when the versions are fetched."""
    versions = list(report.versions.all())
    if not versions:
        return _new_version(report, number=1, note="", handed_in_by="", by=by)
    return next((version for version in versions if not version.is_submitted), None) or _draft(report)


def _new_version(
    report: ExperienceReport, *, number: int, note: str, handed_in_by: str, by: User | None
) -> ReportVersion:
    version = ReportVersion(report=report, number=number, note=note, handed_in_by=handed_in_by, created_by=by)
    version.full_clean()
    version.save()
    return version


def check_questions(answers: Mapping[int, DraftAnswer], asked: Mapping[int, Question]) -> None:
    if unknown := set(answers) - set(asked):
        raise ValidationError(
            ngettext(
                "%(count)d answer is to a question that the supplier is not asked. Reload the page.",
                "%(count)d answers are to questions that the supplier is not asked. Reload the page.",
                len(unknown),
            )
            % {"count": len(unknown)}
        )


def _write_answers(
    draft: ReportVersion, answers: Mapping[int, DraftAnswer], asked: Mapping[int, Question], *, by: User | None
) -> bool:
    existing = {answer.question_id: answer for answer in draft.answers.all()}
    new: list[Answer] = []
    changed: list[Answer] = []
    for question_id, given in answers.items():
        text, reason = normalise(given.text), normalise(given.not_applicable_reason)
        answer = existing.get(question_id)
        if answer is None:
            answer = Answer(version=draft, question_id=question_id, wording=asked[question_id].wording)
            new.append(answer)
        elif (answer.text, answer.not_applicable_reason) != (text, reason):
            changed.append(answer)
        answer.text, answer.not_applicable_reason = text, reason
        answer.clean_fields(exclude={"version", "question", "saved_by"})
    written = [*changed, *(answer for answer in new if answer.is_answered)]
    for answer in written:
        answer.count_saving(by=by)
    _write_with_history(new, changed, by=by)
    return bool(written)


def _write_with_history(new: list[Answer], changed: list[Answer], *, by: User | None) -> None:
    if new:
        bulk_create_with_history(new, Answer, default_user=by)
    if changed:
        bulk_update_with_history(changed, Answer, SAVED_FIELDS, default_user=by)


def _check_something_is_new(draft: ReportVersion, answers: Mapping[int, Answer]) -> None:
    before = draft.report.versions.submitted().last()
    if before is None:
        return
    is_same = _contents(before.answers.all()) == _contents(answers.values())
    if is_same and _files(before) == _files(draft) and rated(before) == rated(draft):
        raise ValidationError(
            _("The answers are the same as in version %(number)d. Change one, or discard the draft.")
            % {"number": before.number}
        )


def _files(version: ReportVersion) -> set[str]:
    return set(version.attachments.values_list("sha256", flat=True))


def _contents(answers: Iterable[Answer]) -> dict[int, tuple[str, str]]:
    filled = (answer for answer in answers if answer.is_answered)
    return {answer.question_id: (answer.text, answer.not_applicable_reason) for answer in filled}


def _freeze_wording(answers: Mapping[int, Answer], questions: list[Question]) -> None:
    asked = {question.pk: question.wording for question in questions}
    # The question may have been corrected since the answer was begun: what stands on the page at submission counts.
    for answer in answers.values():
        answer.wording = asked.get(answer.question_id, answer.wording)
    Answer.objects.bulk_update(answers.values(), ["wording"])
