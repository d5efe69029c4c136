"""An amendment changes an agreement that has begun."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.enums import AmendmentState
from contracts.models import Amendment
from records.checks import Problem
from records.values import display


def check_amendments_within_agreement() -> Iterator[Problem]:
    """Find amendments that take effect before the agreement that they change begins; one query."""
    before = Q(effective_on__lt=F("contract__starts_on")) | Q(effective_on__lt=F("framework__starts_on"))
    found = Amendment.objects.filter(before).select_related("contract__supplier", "framework").order_by("pk")
    for amendment in found.iterator():
        yield Problem(
            amendment,
            _("It takes effect on %(day)s, but “%(agreement)s” begins on %(start)s.")
            % {
                "day": display(amendment.effective_on),
                "agreement": amendment.target,
                "start": display(amendment.target.starts_on),
            },
        )


def check_amendments_on_their_day() -> Iterator[Problem]:
    """Find agreed amendments that should be in force by now: something keeps them from it; one query."""
    found = Amendment.objects.filter(state=AmendmentState.AGREED, effective_on__lt=timezone.localdate())
    for amendment in found.select_related("contract__supplier", "framework").order_by("pk").iterator():
        yield Problem(
            amendment,
            _("It was to take effect on %(day)s, and has not. Open its page to see what keeps it.")
            % {"day": display(amendment.effective_on)},
        )
