"""Invite people to a supplier's team, and let them accept."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import add_person, confirm_address, has_confirmed_address
from jobs.services import enqueue
from records.services import save_record
from suppliers.enums import (
    INVITATION_DAYS,
    INVITATION_JOB,
    INVITATION_MOVES,
    MOST_WAITING,
    RESEND_MINUTES,
    InvitationMail,
    InvitationState,
    MemberRole,
)
from suppliers.models import Invitation, Membership, Supplier
from suppliers.services.saving import hold_current
from suppliers.services.team import add_member, require_manager


@transaction.atomic
def invite(supplier: Supplier, *, email: str, role: MemberRole, by: User) -> Invitation:
    """Invite an e-mail address to a team; the mail is sent after commit.

    Whether the address has access already is never told. Raises PermissionDenied unless `by` may manage the team,
    ValidationError by field when the address is on the team or invited already, and for a merged supplier.
    """
    hold_current(supplier)
    require_manager(supplier, by=by)
    email = email.strip().lower()
    _require_new(supplier, email)
    if Invitation.objects.waiting().filter(supplier=supplier).count() >= MOST_WAITING:
        text = _("%(number)s invitations wait for an answer. Withdraw those that are no longer needed first.")
        raise ValidationError(text % {"number": MOST_WAITING})
    invitation = Invitation(supplier=supplier, email=email, role=role, invited_by=by, expires_at=_expiry())
    return _mailed(save_record(invitation, by=by), by=by)


@transaction.atomic
def send_again(invitation: Invitation, *, by: User) -> Invitation:
    """Send an invitation again with a new link and a new last day; older links stop working.

    Raises PermissionDenied unless `by` may manage the team, ValidationError when it is answered or was sent just now.
    """
    held = _held(invitation)
    require_manager(held.supplier, by=by)
    _check_move(held, InvitationState.ACCEPTED)
    now = timezone.now()
    if held.asked_at > now - dt.timedelta(minutes=RESEND_MINUTES):
        text = _("The invitation to %(email)s was sent less than %(minutes)s minutes ago. Wait a little.")
        raise ValidationError(text % {"email": held.email, "minutes": RESEND_MINUTES})
    held.number += 1
    held.expires_at, held.asked_at, held.mail = _expiry(), now, InvitationMail.WAITING
    return _mailed(save_record(held, by=by), by=by)


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User) -> Invitation:
    """Withdraw an invitation; its link stops working.

    Raises PermissionDenied unless `by` may manage the team, ValidationError when it is answered already.
    """
    held = _held(invitation)
    require_manager(held.supplier, by=by)
    _check_move(held, InvitationState.WITHDRAWN)
    held.state, held.settled_at = InvitationState.WITHDRAWN, timezone.now()
    return save_record(held, by=by)


@transaction.atomic
def accept(invitation: Invitation, *, has_link: bool, by: User) -> Membership:
    """Put whoever was invited on the team, once.

    The link of the mail proves that the address is theirs; without it the address must have been confirmed before. Raises
    PermissionDenied for somebody with another address, ValidationError when the invitation is answered or has expired, or
    they cannot be on the team.
    """
    held = _held(invitation)
    if by.email.lower() != held.email.lower() or not (has_link or has_confirmed_address(by)):
        raise PermissionDenied(f"invitation {held.pk} was not sent to user {by.pk}")
    check_open(held)
    membership = add_member(held.supplier, user=by, role=MemberRole(held.role), by=by)
    if has_link:
        confirm_address(by)
    held.state, held.settled_at, held.membership = InvitationState.ACCEPTED, timezone.now(), membership
    save_record(held, by=by)
    return membership


@transaction.atomic
def sign_up(invitation: Invitation, *, first_name: str, last_name: str, password: str) -> Membership:
    """Make access for whoever has the link of an invitation, and put them on the team.

    Raises ValidationError as `accept` does, and when somebody has the address already.
    """
    held = _held(invitation)
    check_open(held)
    user = add_person(held.email, first_name=first_name, last_name=last_name, password=password)
    return accept(held, has_link=True, by=user)


def check_open(invitation: Invitation) -> None:
    """Raise ValidationError, with what to do, when an invitation can no longer be accepted."""
    _check_move(invitation, InvitationState.ACCEPTED)
    if invitation.has_expired(now=timezone.now()):
        raise ValidationError(_("The invitation has expired. Ask for a new one."))


def _require_new(supplier: Supplier, email: str) -> None:
    if Membership.objects.active().filter(supplier=supplier, user__email__iexact=email).exists():
        raise ValidationError({"email": _("%(email)s is on the team already.") % {"email": email}})
    if Invitation.objects.waiting().filter(supplier=supplier).sent_to(email).exists():
        text = _("%(email)s has been invited already. Send that invitation again, or withdraw it first.")
        raise ValidationError({"email": text % {"email": email}})


def _held(invitation: Invitation) -> Invitation:
    """Lock the team and return the invitation as it stands now."""
    hold_current(invitation.supplier)
    return Invitation.objects.select_for_update(of=("self",)).select_related("supplier").get(pk=invitation.pk)


def _check_move(invitation: Invitation, state: InvitationState) -> None:
    if state not in INVITATION_MOVES[InvitationState(invitation.state)]:
        texts = {
            InvitationState.ACCEPTED: _("The invitation has been accepted already."),
            InvitationState.WITHDRAWN: _("The invitation has been withdrawn. Ask for a new one."),
        }
        raise ValidationError(texts[InvitationState(invitation.state)])


def _expiry() -> dt.datetime:
    return timezone.now() + dt.timedelta(days=INVITATION_DAYS)


def _mailed(invitation: Invitation, *, by: User) -> Invitation:
    """Ask for the mail to be sent; each sending is work of its own."""
    work = f"{invitation.pk}-{invitation.number}"
    enqueue(INVITATION_JOB, work, key=f"invitation-{work}", by=by)
    return invitation
