"""Who is on a supplier's team and what they do there. Changes of one team wait for each other: its supplier is locked."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import set_external
from records.services import save_record
from suppliers.enums import MemberRole
from suppliers.models import Membership, Supplier
from suppliers.rules import can_edit_suppliers, can_manage_team
from suppliers.services.saving import hold_current


@transaction.atomic
def add_member(supplier: Supplier, *, user: User, role: MemberRole, reason: str = "", by: User | None) -> Membership:
    """Put somebody on a team. An invitation that was accepted does this; so does whoever prepares example data.

    Raises ValidationError when they are on it already, when they work for the municipality, and for a merged supplier.
    """
    hold_current(supplier)
    if Membership.objects.active().filter(supplier=supplier, user=user).exists():
        raise ValidationError(_("You are on the team of “%(supplier)s” already.") % {"supplier": supplier})
    set_external(user, is_external=True, by=by)
    return save_record(Membership(supplier=supplier, user=user, role=MemberRole(role)), reason=reason, by=by)


@transaction.atomic
def change_role(membership: Membership, *, role: MemberRole, by: User) -> Membership:
    """Give a member another role; the same again writes nothing.

    Raises PermissionDenied unless `by` may manage the team now, ValidationError when the member has left or the team would
    be without an administrator.
    """
    held = _held(membership, by=by)
    if held.role == role:
        return held
    if not can_manage_team(role):
        _require_another_administrator(held, by=by)
    held.role = MemberRole(role)
    return save_record(held, by=by)


@transaction.atomic
def remove_member(membership: Membership, *, reason: str = "", by: User) -> Membership:
    """Let a member leave; from now on they see nothing of the supplier, and what they did stays under their name.

    Anybody may leave by themselves. Raises PermissionDenied when `by` may not manage the team, ValidationError when the
    member has left already or the team would be without an administrator.
    """
    held = _held(membership, by=by, may_be_oneself=True)
    _require_another_administrator(held, by=by)
    held.left_at = timezone.now()
    save_record(held, reason=reason, by=by)
    if not Membership.objects.active().filter(user=held.user).exists():
        set_external(held.user, is_external=False, by=by)
    return held


def require_manager(supplier: Supplier, *, by: User) -> None:
    """Raise PermissionDenied unless `by` may manage the team now. To be called when the supplier is locked."""
    if not may_manage_team(supplier, by):
        raise PermissionDenied(f"user {by.pk} may not manage the team of supplier {supplier.pk}")


def may_manage_team(supplier: Supplier, user: User) -> bool:
    """Tell whether a person may manage a team now: the municipality's editors, and its own administrators; one query."""
    if can_edit_suppliers(user):
        return True
    membership = Membership.objects.of_person(user).filter(supplier=supplier).first()
    return membership is not None and can_manage_team(membership.role)


def _held(membership: Membership, *, by: User, may_be_oneself: bool = False) -> Membership:
    """Lock the team and return the membership as it stands now."""
    hold_current(membership.supplier)
    held = Membership.objects.select_for_update(of=("self",)).select_related("supplier", "user").get(pk=membership.pk)
    if not (may_be_oneself and held.user_id == by.pk):
        require_manager(held.supplier, by=by)
    if not held.is_active:
        raise ValidationError(_("%(person)s has left the team already.") % {"person": held.user})
    return held


def _require_another_administrator(membership: Membership, *, by: User) -> None:
    """Refuse to leave a team that nobody can manage; the municipality may, since it can invite a new administrator."""
    if not can_manage_team(membership.role) or can_edit_suppliers(by):
        return
    others = Membership.objects.active().filter(supplier=membership.supplier_id, role=MemberRole.ADMINISTRATOR)
    if not others.exclude(pk=membership.pk).exists():
        raise ValidationError(
            _("%(person)s is the only administrator of the team. Make somebody else administrator first.")
            % {"person": membership.user}
        )
