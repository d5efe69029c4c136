"""Sets of contracts by where they stand on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Self

from accounts.rules import AnyUser, is_municipal
from contracts.enums import IN_FORCE, Validity
from contracts.validity import state_expression
from records.querysets import RecordQuerySet
from suppliers.models import Supplier


class ContractQuerySet(RecordQuerySet):
    def visible_to(self, user: AnyUser) -> Self:
        """Return every contract for the municipality, and for a supplier's people those of their own."""
        if is_municipal(user):
            return self.all()
        return self.filter(supplier__in=Supplier.objects.visible_to(user).values("pk"))

    def with_validity(self, *, today: dt.date) -> Self:
        """Annotate each contract with its state on a day, as `validity`."""
        return self.annotate(validity=state_expression(today))

    def standing_in(self, states: Iterable[Validity], *, today: dt.date) -> Self:
        return self.with_validity(today=today).filter(validity__in=list(states))

    def in_force(self, *, today: dt.date) -> Self:
        """Return contracts that bind both sides that day; those without an end stay among them."""
        return self.standing_in(IN_FORCE, today=today)
