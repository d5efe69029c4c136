"""Tell suppliers' teams what waits for them: a round that opens, a last day that comes near or has passed, a report sent back.

Each thing is told once. Times before and after the last day are the municipality's own reminder rules.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from contracts.deadlines.kinds import DeadlineKind
from contracts.deadlines.reminders import Moment, Whom
from contracts.models import ReminderRule
from learnings.enums import ACCEPTED_KIND, OPEN_KIND, REMINDER_KIND, SENT_BACK_KIND, ReportState, RoundState
from learnings.links import report_address
from learnings.models import ExperienceReport, Review, Round
from learnings.queries.standing import OwedReport, is_waiting, owed, with_standing
from learnings.queries.who import owing_suppliers
from notifications.services import Wanted, notify, resolve, sync_causes
from suppliers.enums import SUBMITTERS
from suppliers.models import Membership, Supplier
from suppliers.models.membership import MembershipQuerySet

PREFIX = "learnings.report:"
LONGEST_TITLE = 250


@dataclass(frozen=True)
class _Message:
    """What a team is told: `key` tells one message about a report from another."""

    kind: str
    title: str
    key: str
    due_on: dt.date | None


def tell_teams(*, today: dt.date) -> int:
    """Tell the administrators and submitters of each team what waits for them; return how many notices stand.

    Safe to run any number of times: the same thing is never told twice. A reminder takes the place of the one before it, and
    of the invitation; when the report comes in, what was told is done. More time is another last day, and is told.
    """
    wanted = list(_wanted(today))
    sync_causes(PREFIX, wanted)
    return len(wanted)


def tell_of_acceptance(review: Review) -> None:
    """Tell a supplier's team that its report is accepted."""
    report = review.version.report
    supplier = report.supplier.survivor
    title = _("%(round)s: your report is accepted. Thank you") % {"round": report.round}
    for member in _members().filter(supplier=supplier).select_related("user"):
        notify(
            member.user,
            kind=ACCEPTED_KIND,
            title=title[:LONGEST_TITLE],
            url=report_address(supplier.pk, report),
            cause=_cause_of(review),
            subject=report,
        )


def untell_acceptance(review: Review) -> None:
    """Take the word of an acceptance back that was itself taken back."""
    resolve(cause=_cause_of(review))


def _cause_of(review: Review) -> str:
    return f"learnings.accepted:{review.pk}:"


def _wanted(today: dt.date) -> Iterator[Wanted]:
    rules, teams = list(_rules()), _teams()
    for this in Round.objects.filter(state__in=(RoundState.OPEN, RoundState.CLOSED)):
        for supplier, report in _everybody(this):
            row = owed(this, report, today=today)
            if is_waiting(row) and teams[supplier.survivor_id]:
                message = _message(row, rules, today)
                yield from (_notice(row, supplier, message, person) for person in teams[supplier.survivor_id])


def _everybody(this: Round) -> Iterator[tuple[Supplier, ExperienceReport | None]]:
    reports = list(with_standing(ExperienceReport.objects.filter(round=this)))
    begun = {report.supplier.survivor_id for report in reports}
    yield from ((report.supplier, report) for report in reports)
    if this.state == RoundState.OPEN:
        yield from ((supplier, None) for supplier in owing_suppliers(this) if supplier.pk not in begun)


def _message(row: OwedReport, rules: list[ReminderRule], today: dt.date) -> _Message:
    if row.state == ReportState.SENT_BACK and row.review is not None:
        text = _("%(round)s: your report is sent back with comments")
        return _Message(SENT_BACK_KIND, _title(text, row), f"review-{row.review.pk}", None)
    reached = [rule for rule in rules if _day_of(rule, row.due_on) <= today]
    if not reached:
        text = _("%(round)s is open: write your report")
        return _Message(OPEN_KIND, _title(text, row), f"{row.due_on}:open", row.due_on)
    last = max(reached, key=lambda rule: (_day_of(rule, row.due_on), rule.pk))
    text = _("%(round)s: your report is missing") if _is_after(last) else _("%(round)s: hand in your report")
    return _Message(REMINDER_KIND, _title(text, row), f"{row.due_on}:{last.moment}:{last.days}", row.due_on)


def _title(text: str, row: OwedReport) -> str:
    return (text % {"round": row.round})[:LONGEST_TITLE]


def _notice(row: OwedReport, supplier: Supplier, message: _Message, person: int) -> Wanted:
    return Wanted(
        recipient_id=person,
        kind=message.kind,
        title=message.title,
        url=report_address(supplier.survivor_id, row.report),
        cause=f"{PREFIX}{row.round.pk}:{supplier.survivor_id}:{message.key}",
        due_on=message.due_on,
        subject=(ContentType.objects.get_for_model(Round).pk, row.round.pk),
    )


def _rules() -> Iterator[ReminderRule]:
    yield from ReminderRule.objects.filter(kind=DeadlineKind.OBLIGATION, whom=Whom.SUPPLIER, is_active=True)


def _is_after(rule: ReminderRule) -> bool:
    return rule.moment == Moment.AFTER_DUE


def _day_of(rule: ReminderRule, due_on: dt.date) -> dt.date:
    days = dt.timedelta(days=rule.days)
    return due_on + days if _is_after(rule) else due_on - days


def _members() -> MembershipQuerySet:
    return Membership.objects.active().filter(role__in=SUBMITTERS, user__is_active=True)


def _teams() -> defaultdict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for supplier, person in _members().order_by("pk").values_list("supplier", "user"):
        found[supplier].append(person)
    return found
