"""Sets of obligations and of their occurrences, by where they stand on a day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, Count, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from accounts.rules import AnyUser, is_municipal
from contracts.enums import ObligationState, OccurrenceState
from records.querysets import RecordQuerySet
from suppliers.models import Supplier

if TYPE_CHECKING:
    from accounts.models import User
    from contracts.models.framework import FrameworkAgreement

# What names an obligation: its agreement, supplier, and who follows it up.
NAMED_BY = (
    "contract__supplier",
    "contract__responsible",
    "contract__lot__framework__responsible",
    "framework__responsible",
    "owner",
    "decision",
)


class OccurrenceQuerySet(RecordQuerySet):
    def visible_to(self, user: AnyUser) -> Self:
        """Return everything for the municipality, and for a supplier's people what their own contracts require."""
        return self.all() if is_municipal(user) else self.filter(_of_own_contracts(user, "obligation__"))

    def open(self) -> Self:
        return self.filter(state=OccurrenceState.OPEN)

    def settled(self) -> Self:
        return self.exclude(state=OccurrenceState.OPEN)

    def overdue(self, *, today: dt.date) -> Self:
        """Return what should have been done before today; what is due today still has the day."""
        return self.open().filter(due_on__lt=today)

    def of_kind(self, *kinds: str) -> Self:
        return self.filter(obligation__kind__in=kinds)

    def of_supplier(self, supplier: Supplier) -> Self:
        return self.filter(obligation__contract__supplier=supplier)

    def under_framework(self, framework: FrameworkAgreement) -> Self:
        """Return what is due under a framework itself and under the contracts made under it."""
        return self.filter(_under(framework, "obligation__"))

    def followed_up_by(self, user: User) -> Self:
        return self.filter(_followed_up_by(user, "obligation__"))

    def with_agreements(self) -> Self:
        """Fetch what names an occurrence; still one query."""
        return self.select_related(*(f"obligation__{name}" for name in NAMED_BY))


class ObligationQuerySet(RecordQuerySet):
    def visible_to(self, user: AnyUser) -> Self:
        """Return everything for the municipality, and for a supplier's people what their own contracts require."""
        return self.all() if is_municipal(user) else self.filter(_of_own_contracts(user))

    def under_framework(self, framework: FrameworkAgreement) -> Self:
        """Return what a framework itself requires, and the contracts made under it."""
        return self.filter(_under(framework))

    def followed_up_by(self, user: User) -> Self:
        return self.filter(_followed_up_by(user))

    def with_agreements(self) -> Self:
        """Fetch what names an obligation; still one query."""
        return self.select_related(*NAMED_BY, "template__obligation_set")

    def with_standing(self, *, today: dt.date) -> Self:
        """Annotate `next_due_on` (the first open day, also a past one), `overdue_count` and `state` on a day."""
        open_ones = self._occurrences(state=OccurrenceState.OPEN)
        overdue = open_ones.filter(due_on__lt=today).values("obligation").annotate(count=Count("pk")).values("count")
        found = self.annotate(
            next_due_on=Subquery(open_ones.order_by("due_on").values("due_on")[:1]),
            overdue_count=Coalesce(Subquery(overdue), 0),
        )
        return found.annotate(
            state=Case(
                When(overdue_count__gt=0, then=Value(ObligationState.OVERDUE)),
                When(next_due_on__isnull=False, then=Value(ObligationState.UPCOMING)),
                When(_is_over(today), then=Value(ObligationState.ENDED)),
                default=Value(ObligationState.NOTHING_LEFT),
                output_field=models.CharField(),
            )
        )

    def _occurrences(self, **conditions: object) -> models.QuerySet:
        occurrence: Any = self.model._meta.get_field("occurrences").related_model
        return occurrence._default_manager.order_by().filter(obligation=OuterRef("pk"), **conditions)


def _of_own_contracts(user: AnyUser, prefix: str = "") -> Q:
    return Q(**{f"{prefix}contract__supplier__in": Supplier.objects.visible_to(user).values("pk")})


def _is_over(today: dt.date) -> Q:
    """Match obligations that nothing more can follow from: withdrawn, ended, or with an agreement that has ended."""
    return (
        Q(withdrawn_on__isnull=False)
        | Q(ends_on__lt=today)
        | Q(contract__effective_ends_on__lt=today)
        | Q(framework__effective_ends_on__lt=today)
    )


def _under(framework: FrameworkAgreement, prefix: str = "") -> Q:
    return Q(**{f"{prefix}framework": framework}) | Q(**{f"{prefix}contract__lot__framework": framework})


def _followed_up_by(user: User, prefix: str = "") -> Q:
    """Match what `Obligation.followed_up_by` gives: the owner, else who is responsible for contract or framework."""

    def match(**conditions: object) -> Q:
        return Q(**{f"{prefix}{name}": value for name, value in conditions.items()})

    nobody = match(owner__isnull=True)
    by_contract = match(contract__responsible=user) | match(
        contract__responsible__isnull=True, contract__lot__framework__responsible=user
    )
    return match(owner=user) | (nobody & (by_contract | match(framework__responsible=user)))
