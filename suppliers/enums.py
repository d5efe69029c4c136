"""How the cooperation with a supplier stands, at which level its people are met, and what they do on its team."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SupplierStatus(models.TextChoices):
    """Anything but the normal is explained by a reason and a day."""

    ACTIVE = "active", pgettext_lazy("supplier", "In cooperation")
    WATCHED = "watched", pgettext_lazy("supplier", "Under observation")
    PAUSED = "paused", pgettext_lazy("supplier", "No new referrals")
    ENDED = "ended", pgettext_lazy("supplier", "Cooperation ended")


TAKES_REFERRALS = frozenset({SupplierStatus.ACTIVE, SupplierStatus.WATCHED})
STOPS_REFERRALS = frozenset(SupplierStatus) - TAKES_REFERRALS


class MeetingLevel(models.TextChoices):
    """The three steps of the ladder of meetings."""

    STAFF = "staff", pgettext_lazy("meeting level", "Staff")
    MANAGEMENT = "management", pgettext_lazy("meeting level", "Management")
    DIRECTOR = "director", pgettext_lazy("meeting level", "Director")


class MemberRole(models.TextChoices):
    """What somebody does on a supplier's team; each may do what those after it may."""

    ADMINISTRATOR = "administrator", pgettext_lazy("supplier's team", "Administrator")
    SUBMITTER = "submitter", pgettext_lazy("supplier's team", "Submitter")
    EDITOR = "editor", pgettext_lazy("supplier's team", "Editor")
    VIEWER = "viewer", pgettext_lazy("supplier's team", "Viewer")


SUBMITTERS = frozenset({MemberRole.ADMINISTRATOR, MemberRole.SUBMITTER})
WRITERS = SUBMITTERS | {MemberRole.EDITOR}

ROLE_HELP = {
    MemberRole.ADMINISTRATOR: _("Does everything, and decides who is on the team."),
    MemberRole.SUBMITTER: _("Writes, and hands in on behalf of the organisation."),
    MemberRole.EDITOR: _("Writes, but hands nothing in."),
    MemberRole.VIEWER: _("Reads everything, and changes nothing."),
}


class InvitationState(models.TextChoices):
    """That an invitation has expired is no state: it follows from its last day and now."""

    WAITING = "waiting", pgettext_lazy("invitation", "Waiting")
    ACCEPTED = "accepted", pgettext_lazy("invitation", "Accepted")
    WITHDRAWN = "withdrawn", pgettext_lazy("invitation", "Withdrawn")


INVITATION_MOVES = {
    InvitationState.WAITING: frozenset({InvitationState.ACCEPTED, InvitationState.WITHDRAWN}),
    InvitationState.ACCEPTED: frozenset[InvitationState](),
    InvitationState.WITHDRAWN: frozenset[InvitationState](),
}


class InvitationMail(models.TextChoices):
    """How the mail of an invitation stands. One that may have left is not sent by itself again."""

    WAITING = "waiting", pgettext_lazy("mail", "On its way")
    SENDING = "sending", pgettext_lazy("mail", "Being sent")
    SENT = "sent", pgettext_lazy("mail", "Sent")
    FAILED = "failed", pgettext_lazy("mail", "Could not be sent")


INVITATION_JOB = "suppliers.invitation"
INVITATION_DAYS = 14
RESEND_MINUTES = 10  # nobody's mailbox is filled by a button
MOST_WAITING = 25  # invitations of one team
