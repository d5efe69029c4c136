"""Who may do what with suppliers, and on a supplier's team."""

from __future__ import annotations

from accounts.rules import AnyUser, can_edit_records
from suppliers.enums import SUBMITTERS, WRITERS, MemberRole


def can_edit_suppliers(user: AnyUser) -> bool:
    """Tell whether the user may change a supplier's status and merge suppliers."""
    return can_edit_records(user)


def can_manage_team(role: str) -> bool:
    """Tell whether a member of a team may invite, change roles and remove; the municipality's editors may, too."""
    return role == MemberRole.ADMINISTRATOR


def can_write(role: str) -> bool:
    """Tell whether a member of a team may write on behalf of the supplier."""
    return role in WRITERS


def can_submit(role: str) -> bool:
    """Tell whether a member of a team may hand in on behalf of the supplier."""
    return role in SUBMITTERS
