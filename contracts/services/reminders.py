"""Turn deadlines into what people are told of: once for each, until the matter is done."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from contracts.deadlines import Deadline
from contracts.deadlines.kinds import DeadlineKind
from contracts.deadlines.reminders import PREFIX, Moment, RuleBook, RuleFacts, cause_of, recipients
from contracts.models import Contract, FrameworkAgreement, ReminderRule, Tender
from contracts.queries.deadline_rows import record_of
from contracts.queries.deadlines import Scope, deadlines
from notifications.kinds import Kind
from notifications.services import Wanted, sync_causes
from records.pages import page_of

LONGEST_TITLE = 250
# Rights that are lost when their day passes: their mails cannot be switched off.
ALWAYS_MAILED = frozenset({DeadlineKind.NOTICE, DeadlineKind.OPTION})


def notice_kind(kind: DeadlineKind) -> Kind:
    """Return the kind of notice that a kind of deadline gives."""
    return Kind(f"contracts.deadline.{kind.value}", kind.label, can_be_switched_off=kind not in ALWAYS_MAILED)


def remind(*, today: dt.date) -> int:
    """Remind of every deadline whose day of reminding has come, and stop reminding of what is done; return how many stand.

    Safe to run any number of times. Nobody is told twice of the same reminder of a deadline on the same day; when the day
    moves, the reminder of the old day is done.
    """
    wanted = list(_wanted(today))
    sync_causes(PREFIX, wanted)
    return len(wanted)


def _wanted(today: dt.date) -> Iterator[Wanted]:
    book = RuleBook(_rules())
    people = _People()
    for deadline in deadlines(Scope(user=None), today=today):
        last = {
            person: rule
            for rule in book.reached(deadline, today=today)
            for person in recipients(deadline, rule, team=people.team, officers=people.officers, active=people.active)
        }
        for person, rule in sorted(last.items(), key=lambda pair: pair[0]):
            yield _reminder(deadline, rule, person)


def _reminder(deadline: Deadline, rule: RuleFacts, person: int) -> Wanted:
    agreement = deadline.agreement
    record = record_of(agreement)
    title = deadline.title
    if rule.moment == Moment.BEFORE_BEGIN:
        title = _("Time to begin: %(title)s") % {"title": title}
    return Wanted(
        recipient_id=person,
        kind=notice_kind(deadline.kind).code,
        title=title[:LONGEST_TITLE],
        url=_page_of(record),
        cause=f"{cause_of(deadline)}{rule.key}",
        due_on=deadline.due_on,
        subject=(ContentType.objects.get_for_model(record).pk, agreement.pk),
    )


def _page_of(agreement: Contract | FrameworkAgreement | Tender) -> str:
    """Return the agreement's page, which a room above may have made."""
    return page_of(agreement) or reverse(f"{agreement._meta.model_name}:inspect", args=[agreement.pk])


def _rules() -> Iterator[RuleFacts]:
    columns = ReminderRule.objects.values_list(
        "pk", "kind", "days", "moment", "whom", "is_active", "contract", "framework", "person"
    )
    return (RuleFacts(*values) for values in columns)


class _People:
    """Who may be reminded: two queries and one for the roles."""

    def __init__(self) -> None:
        municipal = User.objects.municipal().filter(is_active=True)
        self.active = frozenset(municipal.values_list("pk", flat=True))
        self.officers = frozenset(
            municipal.filter(groups__name=Role.PROCUREMENT).order_by().values_list("pk", flat=True)
        )
        team: defaultdict[int, set[int]] = defaultdict(set)
        for framework, responsible, person in FrameworkAgreement.objects.order_by().values_list(
            "pk", "responsible", "people"
        ):
            team[framework] |= {pk for pk in (responsible, person) if pk is not None}
        self.team = {framework: frozenset(people) for framework, people in team.items()}
