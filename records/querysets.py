"""The one rule for who sees which rows starts here."""

from __future__ import annotations

from typing import Any, Self, TypeVar

from django.db import models

from accounts.rules import AnyUser, is_municipal

Row = TypeVar("Row", bound=models.Model)


def offered(rows: Any, user: AnyUser) -> Any:
    """Return what a list or a choice holds for the user, of any rows that have `visible_to`."""
    return rows.offered_to(user) if hasattr(rows, "offered_to") else rows.visible_to(user)


class RecordQuerySet(models.QuerySet[Row]):
    """Rows that the municipality's own people see, and nobody else until a room opens them."""

    def visible_to(self, user: AnyUser) -> Self:
        """Return the rows that `user` may see."""
        return self.all() if is_municipal(user) else self.none()

    def offered_to(self, user: AnyUser) -> Self:
        """Return the visible rows that lists and choices hold: all, unless a model has some that are only old addresses."""
        return self.visible_to(user)

    def by_code(self) -> dict[str, Any]:
        """Return the rows keyed by their unique `code`; one query."""
        return {row.code: row for row in self}  # type: ignore[attr-defined]
