"""What a person meets first: what needs them, by when, and what has happened."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from wagtail.models import TaskState

from accounts.models import User
from accounts.rules import can_edit_cases
from cases.models import CommitteeCase
from committees.models import CommitteeMeeting
from contracts.queries.deadline_rows import DeadlineRow, rows_of
from contracts.queries.deadlines import Scope, deadlines
from jobs.enums import JobState
from jobs.models import Job
from learnings.models import Round
from learnings.queries import RoundSummary, round_summary
from notifications.queries import waiting_count
from records.viewsets import address_of
from results.models import Delivery

HORIZON = dt.timedelta(days=90)
FIRST_DUE = 8


@dataclass(frozen=True)
class Task:
    """Something that waits for the person. `due_on` is None when no day is set."""

    label: str
    kind: str
    url: str
    due_on: dt.date | None
    is_overdue: bool


@dataclass(frozen=True)
class Deadline:
    meeting: CommitteeMeeting
    cases: tuple[CommitteeCase, ...]
    days_left: int


@dataclass(frozen=True)
class AgreementDeadlines:
    """What is due by agreements in the next 90 days, and what is overdue: the first of them, and how many there are."""

    first: tuple[tuple[DeadlineRow, str], ...]
    count: int
    overdue: int
    until: dt.date


@dataclass(frozen=True)
class Overview:
    tasks: tuple[Task, ...]
    reminders: int
    agreements: AgreementDeadlines
    deadlines: tuple[Deadline, ...]
    round: Round | None
    round_summary: RoundSummary | None
    deliveries: tuple[Delivery, ...]
    cases: tuple[CommitteeCase, ...]
    failed_jobs: int


def overview(user: User, *, today: dt.date) -> Overview:
    """Return the front page of one person; the number of queries does not grow with the rows."""
    newest = Round.objects.visible_to(user).order_by("-year").first()
    drafts = _unfinished_cases(user)
    return Overview(
        tasks=tuple(_tasks(user, drafts, today)),
        reminders=waiting_count(user),
        agreements=_agreements(user, today),
        deadlines=tuple(_deadlines(user, today)),
        round=newest,
        round_summary=round_summary(newest) if newest else None,
        deliveries=tuple(Delivery.objects.visible_to(user).order_by("-imported_at", "-pk")[:5]),
        cases=tuple(drafts[:5]) or tuple(_cases(user).order_by("-dated_on")[:5]),
        failed_jobs=Job.objects.filter(state=JobState.FAILED, created_by=user).count(),
    )


def _cases(user: User) -> models.QuerySet[CommitteeCase]:
    return CommitteeCase.objects.visible_to(user).select_related("meeting", "committee", "case_officer")


def _unfinished_cases(user: User) -> list[CommitteeCase]:
    unfinished = _cases(user).filter(Q(live=False) | Q(has_unpublished_changes=True))
    return list(unfinished.order_by("meeting__agenda_deadline_on", "title"))


def _tasks(user: User, drafts: list[CommitteeCase], today: dt.date) -> list[Task]:
    approvals = [_approval(state, today) for state in _approvals(user)]
    writing = [_writing(case, today) for case in drafts if can_edit_cases(user) and case.case_officer_id == user.pk]
    return sorted(
        [*approvals, *writing], key=lambda task: (not task.is_overdue, task.due_on or dt.date.max, task.label)
    )


def _approvals(user: User) -> models.QuerySet[TaskState]:
    waiting = TaskState.objects.reviewable_by(user).filter(status=TaskState.STATUS_IN_PROGRESS)
    return waiting.select_related("revision__content_type", "task")


def _approval(state: TaskState, today: dt.date) -> Task:
    case = state.revision.as_object()
    due_on = case.meeting.agenda_deadline_on if getattr(case, "meeting", None) else None
    return Task(str(case), "approve", case.get_absolute_url(), due_on, _is_overdue(due_on, today))


def _writing(case: CommitteeCase, today: dt.date) -> Task:
    due_on = case.meeting.agenda_deadline_on if case.meeting else None
    return Task(case.title, "write", case.get_absolute_url(), due_on, _is_overdue(due_on, today))


def _is_overdue(due_on: dt.date | None, today: dt.date) -> bool:
    return due_on is not None and due_on < today


def _agreements(user: User, today: dt.date) -> AgreementDeadlines:
    until = today + HORIZON
    found = deadlines(Scope(user), today=today, until=until)
    rows = rows_of(found[:FIRST_DUE], user=user, today=today)
    overdue = sum(row.due_on < today for row in found)
    return AgreementDeadlines(
        tuple((row, address_of(row.agreement_record)) for row in rows), len(found), overdue, until
    )


def _deadlines(user: User, today: dt.date) -> list[Deadline]:
    soon = CommitteeMeeting.objects.visible_to(user).filter(agenda_deadline_on__range=(today, today + HORIZON))
    meetings = soon.select_related("committee").prefetch_related("cases").order_by("agenda_deadline_on")
    return [
        Deadline(meeting, tuple(meeting.cases.all()), (meeting.agenda_deadline_on - today).days) for meeting in meetings
    ]
