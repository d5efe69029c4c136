"""What happens to a case: its documents are made, and it is approved."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

from accounts.enums import Role
from accounts.models import User
from cases.assembly.paper import assemble
from cases.blocks import CaseBody
from cases.checks.paper import check
from cases.models import CommitteeCase, TemplateSection
from documents.models import Snapshot
from documents.numbering import DuplicateAnchorError, UnknownTargetError
from documents.services.snapshots import freeze, request_renditions
from jobs.enums import JobState
from jobs.models import Job
from jobs.services import run
from records.services import attribute_change, delete_record, save_record


@transaction.atomic
def create_case(
    case: CommitteeCase,
    *,
    content: Mapping[str, Sequence[Any]] | None = None,
    annexes: Sequence[Any] = (),
    answers: Mapping[str, Sequence[int]] | None = None,
    by: User,
) -> CommitteeCase:
    """Save a new case with a section for each of its template's, and the first revision of its text.

    `content` holds the blocks of sections by key, as the text stores them, and `answers` the points of the decision that a
    section answers; the others are empty. Raises ValidationError when the facts do not hold together.
    """
    case.live = False
    filled, answered = content or {}, answers or {}
    sections = [
        _section(section, filled.get(section.key, ()), answered.get(section.key, ()))
        for section in case.template.sections.all()
    ]
    case.body = CaseBody().to_python([*sections, *annexes])
    save_record(case, by=by)
    case.save_revision(user=by, log_action="wagtail.create")
    return case


def _section(section: TemplateSection, content: Sequence[Any], answers: Sequence[int]) -> dict[str, Any]:
    items = [{"type": "item", "id": str(uuid.uuid4()), "value": pk} for pk in answers]
    value = {"section": section.pk, "answers": items, "content": list(content)}
    return {"type": "section", "id": str(uuid.uuid4()), "value": value}


@transaction.atomic
def insert_live_block(
    case: CommitteeCase, *, part_id: str, kind: str, value: Mapping[str, Any], by: User
) -> CommitteeCase:
    """Put a live block at the end of a section or annex of the newest text, as a new revision of the draft.

    `value` is as the text stores it; a `name` that is taken gets a number. Raises ValidationError when the text is locked for the
    person, or the part has gone meanwhile.
    """
    locked = CommitteeCase.objects.select_for_update().get(pk=case.pk)
    lock = locked.get_lock()
    if lock is not None and lock.for_user(by):
        raise ValidationError(
            _("The text is locked, so nothing can be put into it. Unlock it, or wait for the decision.")
        )
    text = locked.newest_text()
    parts = list(text.body.get_prep_value())
    part = next((each for each in parts if each["id"] == part_id), None)
    if part is None:
        raise ValidationError(_("The section is no longer in the case. Choose another one."))
    content = part["value"]["content"] = list(part["value"]["content"] or [])
    named = {"name": _free_name(value["name"], parts)} if "name" in value else {}
    content.append({"type": kind, "id": str(uuid.uuid4()), "value": {**value, **named}})
    text.body = CaseBody().to_python(parts)
    text.save_revision(user=by, log_action="wagtail.edit")
    return text


def _free_name(wanted: str, parts: list[Any]) -> str:
    taken = {block["value"]["name"] for part in parts for block in part["value"]["content"] or () if _has_name(block)}
    numbered = (f"{wanted}-{number}" for number in itertools.count(2))
    return wanted if wanted not in taken else next(name for name in numbered if name not in taken)


def _has_name(block: Any) -> bool:
    return isinstance(block["value"], Mapping) and "name" in block["value"]


@transaction.atomic
def make_documents(
    case: CommitteeCase, *, today: dt.date | None = None, by: User | None
) -> tuple[Snapshot, Job | None]:
    """Freeze the newest text with data as they stand now, and ask for its documents.

    An unchanged case gives its newest snapshot, and no job when the documents are there. Raises ValidationError when the text
    has references that lead nowhere, since nothing can be numbered then.
    """
    snapshot = freeze_case(case, today=today, by=by)
    return snapshot, request_renditions(snapshot, by=by)


@transaction.atomic
def freeze_case(case: CommitteeCase, *, today: dt.date | None = None, by: User | None) -> Snapshot:
    """Freeze the newest text with data as they stand now; see `make_documents` for what it raises."""
    newest = case.newest_text()
    paper = assemble(newest)
    findings = check(paper, newest, today=today or timezone.localdate())
    try:
        return freeze(
            case,
            paper.document,
            paper.evidence,
            findings=[asdict(finding) for finding in findings],
            data_as_of=paper.data_as_of,
            by=by,
        )
    except (UnknownTargetError, DuplicateAnchorError) as error:
        messages = [finding.message for finding in findings if finding.code in {"unknown-reference", "duplicate-name"}]
        raise ValidationError(messages or [str(error)]) from error


@transaction.atomic
def record_approval(case: CommitteeCase, *, by: User | None) -> None:
    """Remember what was approved: the text and the figures together, as a snapshot of this moment has them.

    A text that cannot be frozen is approved as it is, but nothing can be published of it before it is mended and approved anew.
    """
    if not case.live:
        return  # to be approved at a later hour
    try:
        digest = freeze_case(case, by=by).digest
    except ValidationError:
        digest = ""
    case.approved_digest = digest
    attribute_change(case, reason=_("Approved"), by=by)
    case.save(update_fields=["approved_digest"])


@transaction.atomic
def delete_case(case: CommitteeCase, *, by: User) -> None:
    """Delete a case that no documents have been made of.

    Raises ValidationError otherwise: what a committee or the public may have seen must be found again.
    """
    if Snapshot.objects.of(case).exists():
        raise ValidationError(
            _("Documents have been made of “%(case)s”, so it cannot be deleted. Withdraw it from the website instead.")
            % {"case": case}
        )
    delete_record(case, by=by)


def make_documents_now(case: CommitteeCase, *, today: dt.date | None = None, by: User | None) -> Snapshot:
    """Make the documents in this process, as commands do that have no worker beside them.

    Raises ValidationError when they cannot be made, or a worker is making them at this moment.
    """
    snapshot, job = make_documents(case, today=today, by=by)
    if job is not None:
        run(job.pk)
        job.refresh_from_db()
        if job.state != JobState.DONE:
            being_made = _("The documents of “%(case)s” are being made by a worker. Try again in a minute.")
            raise ValidationError(job.message or being_made % {"case": case})
    return snapshot


@transaction.atomic
def approve(case: CommitteeCase, *, by: User) -> CommitteeCase:
    """Approve the newest text outside a workflow, as an administrator or a loader does.

    Raises ValidationError when there is no saved text.
    """
    revision = case.latest_revision
    if revision is None:
        raise ValidationError(_("The case has no saved text to approve."))
    revision.publish(user=by)
    case.refresh_from_db()
    return case


@transaction.atomic
def ensure_workflow() -> Workflow:
    """Make the workflow in which a director approves cases, once."""
    workflow, created = Workflow.objects.get_or_create(name="Godkendelse af sager")
    if created:
        task = GroupApprovalTask.objects.create(name="Direktørens godkendelse")
        task.groups.add(Group.objects.get(name=Role.DIRECTOR.value))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    content_type = ContentType.objects.get_for_model(CommitteeCase)
    WorkflowContentType.objects.update_or_create(content_type=content_type, defaults={"workflow": workflow})
    return workflow
