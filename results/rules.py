"""Who may do what with results: pure predicates."""

from __future__ import annotations

from accounts.rules import AnyUser, can_edit_records


def can_import_results(user: AnyUser) -> bool:
    """Tell whether the user may import deliveries, withdraw them and write definitions."""
    return can_edit_records(user)


def can_write_comments(user: AnyUser) -> bool:
    """Tell whether the user may write down what a supplier says of its figures, on its behalf."""
    return can_edit_records(user)
