"""Write down the days on which obligations are due, and let what lies ahead follow when rules or agreements change.

What is settled never changes. What is open and past stays, and is overdue. What is open and ahead follows the rule.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, Q

from accounts.models import User
from contracts.models import Obligation, ObligationOccurrence
from contracts.recurrence import due_days, horizon
from contracts.terms import add_months, earliest
from records.bulk import create_many, delete_many

# An obligation is often written down somewhat after its agreement began: what fell due in these months is asked for,
# what is older is not.
LOOK_BACK_MONTHS = 3
BATCH = 1000


@dataclass(frozen=True)
class Planned:
    """How many occurrences were written down, and how many were taken away again."""

    created: int = 0
    removed: int = 0

    def __add__(self, other: Planned) -> Planned:
        return Planned(self.created + other.created, self.removed + other.removed)


def plan_occurrences(
    obligation: Obligation, *, today: dt.date, since: dt.date | None = None, reason: str = "", by: User | None
) -> Planned:
    """Write down when one obligation is due; see `plan_many`."""
    return plan_many([obligation.pk], today=today, since=since, reason=reason, by=by)


def plan_many(
    obligations: Iterable[int], *, today: dt.date, since: dt.date | None = None, reason: str = "", by: User | None
) -> Planned:
    """Write down when obligations (given by their keys) are due, up to the horizon; doing it again changes nothing.

    The first time, days up to `LOOK_BACK_MONTHS` back are there too. With `since` all days from then on are: for
    agreements whose past is entered afterwards.
    """
    keys, planned = sorted(obligations), Planned()
    for start in range(0, len(keys), BATCH):
        planned += _plan(keys[start : start + BATCH], today, since, reason, by)
    return planned


def extend_horizons(*, today: dt.date) -> Planned:
    """Write down what has come within the horizon since yesterday, for every obligation that goes on."""
    return plan_many(_running_short(today), today=today, by=None)


def _running_short(today: dt.date) -> list[int]:
    """Return the obligations whose next due date after the last one written down lies within the horizon."""
    recurring = Obligation.objects.order_by().filter(every_months__isnull=False, withdrawn_on=None)
    recurring = recurring.exclude(
        Q(ends_on__lt=today) | Q(contract__effective_ends_on__lt=today) | Q(framework__effective_ends_on__lt=today)
    )
    last_days = recurring.annotate(last=Max("occurrences__due_on")).values_list("pk", "every_months", "last")
    limit = horizon(today)
    # A month's last day may stand for a later one, so the next day is no earlier than this.
    return [key for key, months, last in last_days.iterator() if last is None or add_months(last, months or 1) <= limit]


@transaction.atomic
def _plan(keys: list[int], today: dt.date, since: dt.date | None, reason: str, by: User | None) -> Planned:
    held = Obligation.objects.select_for_update(of=("self",)).select_related("contract", "framework")
    obligations = list(held.filter(pk__in=keys).order_by("pk"))
    there = _occurrences_of(keys)
    created, removed = [], []
    for obligation in obligations:
        wanted = _wanted(obligation, there[obligation.pk], today, since)
        days = {occurrence.due_on for occurrence in there[obligation.pk]}
        created += [ObligationOccurrence(obligation=obligation, due_on=day) for day in wanted if day not in days]
        removed += _no_longer_due(obligation, there[obligation.pk], set(wanted), today)
    gone = _still_open(removed)
    delete_many(gone, reason=reason, by=by)
    create_many(created, reason=reason, by=by)
    return Planned(len(created), len(gone))


def _occurrences_of(keys: list[int]) -> dict[int, list[ObligationOccurrence]]:
    found: defaultdict[int, list[ObligationOccurrence]] = defaultdict(list)
    for occurrence in ObligationOccurrence.objects.filter(obligation__in=keys):
        found[occurrence.obligation_id].append(occurrence)
    return found


def _wanted(
    obligation: Obligation, there: list[ObligationOccurrence], today: dt.date, since: dt.date | None
) -> list[dt.date]:
    """Return the days on which the obligation is due by its rule and its agreement."""
    is_settled = any(not occurrence.is_open for occurrence in there)
    if obligation.withdrawn_on is not None or (obligation.is_once and is_settled):
        return []
    agreement = obligation.source
    is_by_hand = obligation.template_id is None
    if obligation.is_once and is_by_hand:
        # One day that somebody wrote for this agreement stands, also when the agreement has ended: a final account.
        begin, last = dt.date.min, obligation.ends_on
    else:
        begin = since or (today if there else add_months(today, -LOOK_BACK_MONTHS))
        last = earliest(obligation.ends_on, agreement.effective_ends_on)
    if not is_by_hand:
        begin = max(begin, agreement.starts_on)
    return due_days(obligation, starts_on=agreement.starts_on, last_day=last, since=begin, today=today)


def _no_longer_due(
    obligation: Obligation, there: list[ObligationOccurrence], wanted: set[dt.date], today: dt.date
) -> list[ObligationOccurrence]:
    """Return what is open and should not be: ahead of today, or the one day of an obligation that got another."""
    is_moved = obligation.is_once and bool(wanted)
    return [
        occurrence
        for occurrence in there
        if occurrence.is_open and occurrence.due_on not in wanted and (is_moved or occurrence.due_on >= today)
    ]


def _still_open(occurrences: list[ObligationOccurrence]) -> list[ObligationOccurrence]:
    """Lock the occurrences, and leave those alone that somebody has settled meanwhile."""
    held = ObligationOccurrence.objects.open().select_for_update()
    return list(held.filter(pk__in=[occurrence.pk for occurrence in occurrences]).order_by("pk"))
