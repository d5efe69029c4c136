"""Who acts in the portal, and for whom: asked anew at every request, so that somebody removed is refused at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone

from accounts.models import User
from suppliers import rules
from suppliers.models import Membership, Supplier

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Acting:
    """A person acting for one supplier on a day. `memberships` are all by which they may act, this one among them."""

    user: User
    membership: Membership
    memberships: tuple[Membership, ...]
    today: dt.date

    @property
    def supplier(self) -> Supplier:
        return self.membership.supplier

    @property
    def has_several(self) -> bool:
        return len(self.memberships) > 1

    @property
    def can_manage_team(self) -> bool:
        return rules.can_manage_team(self.membership.role)

    @property
    def can_write(self) -> bool:
        return rules.can_write(self.membership.role)

    @property
    def can_submit(self) -> bool:
        return rules.can_submit(self.membership.role)

    def rows(self, model: type[Row]) -> Any:
        """Return the rows of a model that this person may see, of every supplier that they act for: limit them to `supplier`."""
        return model._default_manager.visible_to(self.user)  # type: ignore[attr-defined]


def memberships_of(user: User) -> tuple[Membership, ...]:
    """Return the teams that a person is on now, by name; one query."""
    found = Membership.objects.of_person(user).select_related("supplier", "user")
    return tuple(found.order_by("supplier__name", "pk"))


def acting_for(user: User, supplier_id: int) -> Acting | None:
    """Return the person as acting for a supplier; None unless they are on its team now. One query."""
    memberships = memberships_of(user)
    for membership in memberships:
        if membership.supplier_id == supplier_id:
            return Acting(user, membership, memberships, timezone.localdate())
    return None
