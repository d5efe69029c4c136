"""The link of an invitation: signed, so that nobody makes one up, and never stored."""

from __future__ import annotations

import uuid
from urllib.parse import urljoin

from django.conf import settings
from django.core.signing import BadSignature, Signer

from suppliers.models import Invitation

# The portal lies above this room; a test holds that it answers at this address.
ADDRESS = "/portal/invitation/{token}/"
_signer = Signer(salt="suppliers.invitation", sep="~")


def token_of(invitation: Invitation) -> str:
    """Return what proves that somebody has the newest mail of an invitation."""
    return _signer.sign(f"{invitation.key.hex}-{invitation.number}")


def link_of(invitation: Invitation) -> str:
    return urljoin(settings.PUBLIC_URL, ADDRESS.format(token=token_of(invitation)))


def invitation_of(token: str) -> Invitation | None:
    """Return the invitation that a link belongs to; None for a link that is made up, or older than the newest mail."""
    try:
        key, _dash, number = _signer.unsign(token).partition("-")
    except BadSignature:
        return None
    found = Invitation.objects.select_related("supplier__merged_into", "invited_by")
    return found.filter(key=uuid.UUID(key), number=int(number)).first()
