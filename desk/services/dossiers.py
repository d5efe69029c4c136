"""Ask for a dossier, make it in the background, and remove its file after a week."""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
from collections.abc import Iterable
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from desk.dossiers.contents import gather
from desk.dossiers.packing import pack
from desk.enums import Edition, LeftOut
from desk.models import MAKE, Dossier
from jobs.handlers import Progress
from jobs.services import enqueue

CHUNK = 1024 * 1024


@transaction.atomic
def request_dossier(
    subject: models.Model, *, edition: Edition, left_out: Iterable[str] = (), reason: str = "", by: User
) -> Dossier:
    """Write down that somebody wants a dossier, and begin the work; raises ValidationError without a reason to leave out."""
    chosen = sorted({LeftOut(kind).value for kind in left_out}) if edition == Edition.EXTRACTED else []
    if edition == Edition.EXTRACTED and not chosen:
        raise ValidationError({"left_out": _("Choose what the extract leaves out, or take everything.")})
    dossier = Dossier(
        subject_kind=subject._meta.model_name or "",
        subject_id=subject.pk,
        title=str(subject)[:300],
        edition=edition,
        left_out=chosen,
        reason=reason.strip() if edition == Edition.EXTRACTED else "",
        requested_by=by,
    )
    dossier.full_clean()
    dossier.save()
    enqueue(MAKE, str(dossier.pk), key=str(dossier.pk), by=by)
    return dossier


def make_dossier(dossier_id: str, progress: Progress) -> None:
    """Gather and pack a dossier; safe to run twice. Raises ValidationError when its subject has been deleted."""
    dossier = Dossier.objects.select_related("requested_by").filter(pk=dossier_id).first()
    if dossier is None or dossier.file:
        return
    subject = dossier.subject
    if subject is None:
        raise ValidationError(
            _("“%(title)s” has been deleted, so there is nothing to gather.") % {"title": dossier.title}
        )
    progress(5, _("Gathering the history …"))
    contents = gather(subject, frozenset(dossier.left_out))
    with tempfile.TemporaryFile() as stream:
        count = pack(stream, contents, facts=_facts(dossier), tell=progress)
        progress(95, _("Keeping the file …"))
        _keep(dossier, stream, count)


def sweep_dossiers(*, now: dt.datetime) -> int:
    """Remove the files that have been kept for a week; return how many there were."""
    expired = list(Dossier.objects.expired(now=now))
    for dossier in expired:
        dossier.file.delete(save=True)
    return len(expired)


def _facts(dossier: Dossier) -> dict[str, object]:
    """Return what every page of the dossier says of it."""
    return {
        "dossier": dossier,
        "title": dossier.title,
        "edition": dossier.get_edition_display(),
        "reason": dossier.reason,
        "left_out": [LeftOut(kind).label for kind in dossier.left_out],
    }


def _keep(dossier: Dossier, stream: IO[bytes], count: int) -> None:
    """Store the file and say that it is there; of two workers the first one's stays."""
    digest, size = hashlib.sha256(), stream.tell()
    stream.seek(0)
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
    stream.seek(0)
    with transaction.atomic():
        held = Dossier.objects.select_for_update().get(pk=dossier.pk)
        if held.file:
            return
        held.file.save(f"{digest.hexdigest()[:32]}.zip", File(stream), save=False)
        held.sha256, held.size_bytes, held.item_count = digest.hexdigest(), size, count
        held.save()
