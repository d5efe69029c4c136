"""What is due, is due on a day that its obligation gives; and what a lot's sets ask for, its contracts have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.models import Contract, Obligation, ObligationOccurrence, ObligationTemplate
from contracts.recurrence import due_days, first_due
from records.checks import Problem
from records.values import display


def check_occurrences() -> Iterator[Problem]:
    """Find open occurrences ahead on days that do not follow from their obligation; one query.

    Those that are settled, or past, stay as they were, also when the obligation changed afterwards.
    """
    ahead = ObligationOccurrence.objects.open().filter(due_on__gte=timezone.localdate())
    rows = ahead.select_related("obligation__contract__supplier", "obligation__framework").order_by("pk")
    for occurrence in rows.iterator():
        if not is_due(occurrence.obligation, occurrence.due_on):
            yield Problem(
                occurrence,
                _("It is due on %(day)s for “%(agreement)s”, but that is none of the days counted from %(first)s.")
                % {
                    "day": display(occurrence.due_on),
                    "agreement": occurrence.obligation.source,
                    "first": display(
                        first_due(occurrence.obligation, starts_on=occurrence.obligation.source.starts_on)
                    ),
                },
            )


def is_due(obligation: Obligation, day: dt.date) -> bool:
    """Tell whether the obligation falls on a day: dates are counted from the first one, so that none drifts."""
    starts_on = obligation.source.starts_on
    return due_days(obligation, starts_on=starts_on, last_day=day, since=day, today=day) == [day]


def check_flow() -> Iterator[Problem]:
    """Find running contracts that lack an obligation of their lot's sets; two queries."""
    running = Contract.objects.filter(
        Q(effective_ends_on__isnull=True) | Q(effective_ends_on__gte=timezone.localdate()),
        lot__obligation_sets__templates__isnull=False,
    )
    asked = running.annotate(template=F("lot__obligation_sets__templates"))
    given = Obligation.objects.filter(contract=OuterRef("pk"), template=OuterRef("template"), withdrawn_on=None)
    templates = ObligationTemplate.objects.select_related("obligation_set").in_bulk()
    for contract in asked.filter(~Exists(given)).select_related("supplier").order_by("pk"):
        template = templates[contract.template]  # type: ignore[attr-defined]  # annotated above
        text = _("It lacks “%(title)s” of the set “%(set)s”. Save the set again.")
        yield Problem(contract, text % {"title": template.title, "set": template.obligation_set})


def check_withdrawn() -> Iterator[Problem]:
    """Find obligations that still ask for something though their set is no longer attached to the lot; one query."""
    attached = F("contract__lot")
    left = Obligation.objects.filter(template__isnull=False, withdrawn_on=None)
    kept = left.filter(template__obligation_set__lots=attached)
    for obligation in left.exclude(pk__in=kept.values("pk")).select_related("contract__supplier").order_by("pk"):
        text = _(
            "It still asks for something under %(contract)s, though its set is no longer attached. Save the set again."
        )
        yield Problem(obligation, text % {"contract": obligation.contract})
