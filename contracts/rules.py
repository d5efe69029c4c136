"""Who may do what with agreements: pure predicates."""

from __future__ import annotations

from accounts.rules import AnyUser, can_edit_records


def can_edit_agreements(user: AnyUser) -> bool:
    """Tell whether the user may change agreements: decide, amend, give notice, record signatures."""
    return can_edit_records(user)
