"""What a merge does to the teams: who acts for one supplier then acts for the other."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from suppliers.merge_handlers import Merge, MergePart
from suppliers.models import Invitation, Membership, Supplier
from suppliers.services.moving import move_rows, moved_rows


class TeamMoves:
    """Members and waiting invitations move, but for those that the survivor has already. Who has left stays as history."""

    def preview(self, loser: Supplier, survivor: Supplier) -> list[MergePart]:
        return [
            MergePart(
                label=capfirst(str(model._meta.verbose_name_plural)),
                moved=tuple(map(str, moved)),
                kept=tuple(map(str, kept)),
                kept_why=_("The other supplier has the same already."),
            )
            for model, moved, kept in _sorted_out(loser, survivor)
        ]

    def merge(self, merge: Merge) -> None:
        for _model, moved, _kept in _sorted_out(merge.loser, merge.survivor):
            move_rows(moved, merge=merge, to=merge.survivor)

    def undo(self, merge: Merge, *, merged_at: dt.datetime) -> None:
        for model in (Membership, Invitation):
            rows: list[Any] = moved_rows(model, loser=merge.loser, survivor=merge.survivor, merged_at=merged_at)
            move_rows(rows, merge=merge, to=merge.loser)


def _sorted_out(loser: Supplier, survivor: Supplier) -> list[tuple[Any, list[Any], list[Any]]]:
    """Return by model the rows that move and those that the survivor has already."""
    members = Membership.objects.active().select_related("user")
    people = set(members.filter(supplier=survivor).values_list("user_id", flat=True))
    invitations = Invitation.objects.waiting()
    asked = {email.lower() for email in invitations.filter(supplier=survivor).values_list("email", flat=True)}
    return [
        (Membership, *_parted(members.filter(supplier=loser), lambda row: row.user_id in people)),
        (Invitation, *_parted(invitations.filter(supplier=loser), lambda row: row.email.lower() in asked)),
    ]


def _parted(rows: Any, is_kept: Any) -> tuple[list[Any], list[Any]]:
    found = list(rows)
    return [row for row in found if not is_kept(row)], [row for row in found if is_kept(row)]
