"""Deadlines as a person's list shows them: where each stands today, who follows it up, and the person's own reminder of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from accounts.models import User
from contracts.deadlines import Deadline, DeadlineKind, Stage
from contracts.deadlines.facts import AgreementFacts
from contracts.deadlines.reminders import PREFIX, cause_of, matter_of
from contracts.models import Contract, FrameworkAgreement, Tender
from notifications.models import Notice


def record_of(facts: AgreementFacts) -> Contract | FrameworkAgreement | Tender:
    """Return the agreement or tender as a record with its number alone, which is what its address is made of."""
    if facts.is_tender:
        return Tender(pk=facts.pk)
    return Contract(pk=facts.pk) if facts.is_contract else FrameworkAgreement(pk=facts.pk)


@dataclass(frozen=True)
class DeadlineRow:
    """One line of the list. `days_left` is below zero when the day has passed."""

    deadline: Deadline
    stage: Stage
    days_left: int
    owner: str
    meeting: str
    notice: Notice | None

    @property
    def kind_label(self) -> str:
        """The kind where what is due has a name of its own, as an obligation and a document have."""
        label = str(self.deadline.kind.label)
        return "" if self.deadline.what.startswith(label) else label

    @property
    def agreement_record(self) -> Contract | FrameworkAgreement | Tender:
        return record_of(self.deadline.agreement)


@dataclass(frozen=True)
class Choice:
    """What a list is limited to; nothing chosen is no limit."""

    kinds: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    owner_id: int | None = None
    since: dt.date | None = None
    words: str = ""

    def keeps(self, deadline: Deadline, *, today: dt.date) -> bool:
        return (
            (not self.kinds or deadline.kind in self.kinds)
            and (not self.stages or deadline.stage(today=today) in self.stages)
            and (self.owner_id is None or deadline.owner_id == self.owner_id)
            and (self.since is None or deadline.due_on >= self.since)
            and (not self.words or self.words in _text_of(deadline))
        )


def _text_of(deadline: Deadline) -> str:
    facts = deadline.agreement
    return f"{deadline.what} {facts.code} {facts.name} {facts.framework_name}".casefold()


ORDERS: dict[str, Callable[[Deadline], tuple[object, ...]]] = {
    "due_on": lambda row: (row.due_on, row.agreement.code),
    "begin_by": lambda row: (row.begin_by, row.due_on),
    "what": lambda row: (str(row.kind.label), row.due_on),
    "agreement": lambda row: (row.agreement.code, row.due_on),
    "framework": lambda row: (row.agreement.framework_name, row.due_on),
}


def ordered(rows: Iterable[Deadline], ordering: str) -> list[Deadline]:
    """Return the deadlines in an order of `ORDERS`, or the other way round after a minus."""
    return sorted(rows, key=ORDERS[ordering.removeprefix("-")], reverse=ordering.startswith("-"))


def rows_of(found: Iterable[Deadline], *, user: User, today: dt.date) -> list[DeadlineRow]:
    """Return lines for the deadlines of one page; two queries."""
    deadlines = list(found)
    names = {
        person.pk: str(person) for person in User.objects.filter(pk__in={row.owner_id for row in deadlines} - {None})
    }
    waiting = Notice.objects.visible_to(user).unresolved().caused_by(PREFIX)
    notices = {matter_of(notice.cause): notice for notice in waiting}
    return [
        DeadlineRow(
            deadline=deadline,
            stage=deadline.stage(today=today),
            days_left=(deadline.due_on - today).days,
            meeting=deadline.meeting_today(today=today),
            owner=names.get(deadline.owner_id or 0, ""),
            notice=notices.get(cause_of(deadline)),
        )
        for deadline in deadlines
    ]


def count_by_month(found: Iterable[Deadline], *, year: int) -> dict[int, dict[DeadlineKind, int]]:
    """Return how many deadlines of each kind there are in each month of a year; kinds without any are left out."""
    counts: dict[int, dict[DeadlineKind, int]] = {month: {} for month in range(1, 13)}
    for deadline in found:
        if deadline.due_on.year == year:
            month = counts[deadline.due_on.month]
            month[deadline.kind] = month.get(deadline.kind, 0) + 1
    return counts
