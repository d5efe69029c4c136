"""Send the mail of an invitation, at most once for each time that somebody asked for it."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from notifications.letters import Letter, message_id
from notifications.services import hand_over
from records.services import history_held
from suppliers.enums import InvitationMail
from suppliers.links import link_of
from suppliers.models import Invitation


def send_invitation(work: str) -> None:
    """Hand the mail of an invitation (`number of the row-time sent`) to the mail server. Safe to run twice.

    Does nothing when the invitation was answered or sent again meanwhile. When the program stopped between handing over and
    noting it, nobody knows whether the mail left: it counts as failed, and whoever invited sees it and sends it again.
    """
    pk, _dash, number = work.partition("-")
    with translation.override(settings.LANGUAGE_CODE):
        invitation = _claim(int(pk), int(number))
        if invitation is None:
            return
        error = hand_over(letter_of(invitation), log_text=_text_of(invitation, _("(the link is not kept)")))
    _note(invitation, InvitationMail.FAILED if error else InvitationMail.SENT)


def letter_of(invitation: Invitation) -> Letter:
    """Return the mail: who invites to what, the link, and until when."""
    link = link_of(invitation)
    return Letter(
        to=invitation.email,
        subject=_("Invitation to the team of %(supplier)s") % {"supplier": invitation.supplier},
        text=_text_of(invitation, link),
        html=render_to_string("suppliers/mail/invitation.html", _context(invitation, link)),
        message_id=message_id(f"invitation-{invitation.key.hex}-{invitation.number}"),
    )


def _text_of(invitation: Invitation, link: str) -> str:
    return render_to_string("suppliers/mail/invitation.txt", _context(invitation, link))


def _context(invitation: Invitation, link: str) -> dict[str, object]:
    return {
        "invitation": invitation,
        "supplier": invitation.supplier,
        "role": invitation.get_role_display(),
        "last_day": timezone.localtime(invitation.expires_at),
        "link": link,
    }


@transaction.atomic
def _claim(pk: int, number: int) -> Invitation | None:
    found = Invitation.objects.select_for_update(of=("self",)).select_related("supplier", "invited_by")
    invitation = found.filter(pk=pk, number=number).first()
    if invitation is None or not invitation.is_waiting or invitation.has_expired(now=timezone.now()):
        return None
    if invitation.mail == InvitationMail.SENDING:
        _note(invitation, InvitationMail.FAILED)
    if invitation.mail != InvitationMail.WAITING:
        return None
    _note(invitation, InvitationMail.SENDING)
    return invitation


def _note(invitation: Invitation, state: InvitationMail) -> None:
    """Write how the mail stands, without an entry in history: that is for what people do."""
    invitation.mail = state
    with history_held(invitation):
        invitation.save(update_fields=["mail"])
