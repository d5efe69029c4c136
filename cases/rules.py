"""Who may do what with a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.rules import AnyUser, can_approve_cases, can_edit_cases, is_municipal

if TYPE_CHECKING:
    from cases.models import CommitteeCase


def can_render(user: AnyUser, case: CommitteeCase) -> bool:
    """Tell whether the user may have the case's documents made."""
    return can_edit_cases(user)


def can_publish(user: AnyUser, case: CommitteeCase) -> bool:
    """Tell whether the user may make the case public."""
    return can_edit_cases(user)


def can_approve(user: AnyUser, case: CommitteeCase) -> bool:
    return can_approve_cases(user)


def can_see_internal_documents(user: AnyUser) -> bool:
    return is_municipal(user)
