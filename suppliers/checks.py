"""Rules over several suppliers, proved again over everything stored (`manage.py check_data`)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from records.checks import Problem
from suppliers.models import Membership, Supplier


def check_no_chains() -> Iterator[Problem]:
    """Find suppliers that were merged into one that does not stand for itself; one query."""
    chained = Supplier.objects.filter(merged_into__merged_into__isnull=False).select_related("merged_into__merged_into")
    for supplier in chained.order_by("pk"):
        text = _("It was merged into “%(into)s”, which was itself merged into “%(survivor)s”.")
        names = {"into": supplier.merged_into, "survivor": supplier.survivor.merged_into}
        yield Problem(supplier, text % names)


def check_sides() -> Iterator[Problem]:
    """Find people who sit on both sides of the table, or on a team without being known as external; two queries."""
    active = Membership.objects.active().filter(supplier__merged_into=None).select_related("user").order_by("pk")
    for membership in active.filter(user__is_external=False):
        yield Problem(membership, _("The person is on a supplier's team, but is not marked as working for a supplier."))
    both = User.objects.filter(is_external=True, groups__name__in=Role.values).distinct().order_by("pk")
    for person in both:
        yield Problem(
            person, _("The person works for a supplier, and is in a group of the municipality. Take it away.")
        )


CHECKS = (check_no_chains, check_sides)
