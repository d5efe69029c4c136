"""Keep a file between preview and confirmation, so that what is confirmed is what was shown."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from typing import Protocol

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from records.models import StagedSheet
from records.sheets.errors import ImportRefusedError, refused

KEPT_HOURS = 24


class Suffixed(Protocol):
    @property
    def value(self) -> str: ...


class Stageable(Protocol):
    """A file as it was handed in; the value of its kind is the suffix that it is kept under."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> Suffixed: ...
    @property
    def content(self) -> bytes: ...
    @property
    def sha256(self) -> str: ...


@transaction.atomic
def stage_sheet(source: Stageable, *, kind: str, facts: Mapping[str, object], by: User) -> StagedSheet:
    """Keep a file that could be imported; one with errors is not to be kept, since it may hold what must not be stored.

    The same file staged again by the same person takes the place of the first. What nobody confirmed in a day is removed.
    """
    sweep_staged(now=timezone.now())
    _discard_all(StagedSheet.objects.of_kind(kind).filter(sha256=source.sha256, uploaded_by=by))
    staged = StagedSheet(
        kind=kind, facts=dict(facts), file_name=source.name[-255:], sha256=source.sha256, uploaded_by=by
    )
    staged.file.save(f"{source.sha256}{source.kind.value}", ContentFile(source.content), save=False)
    staged.save()
    return staged


def staged_file(staged: StagedSheet) -> File:
    """Return the file as it was shown; raises ImportRefusedError when it is no longer there as it was."""
    try:
        with staged.file.storage.open(staged.file.name or "") as stream:
            content = stream.read()
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != staged.sha256:
        raise refused(_("The uploaded file is no longer there as it was."), _("Upload it again."))
    return ContentFile(content, name=staged.file_name)


@transaction.atomic
def discard_sheet(staged: StagedSheet) -> None:
    """Remove a staged sheet and, once that is certain, its file."""
    stored = staged.file
    staged.delete()
    transaction.on_commit(lambda: stored.storage.delete(stored.name or ""))


@transaction.atomic
def sweep_staged(*, now: dt.datetime) -> int:
    """Remove what was staged more than a day ago and never confirmed; return how many there were."""
    return _discard_all(StagedSheet.objects.uploaded_before(now - dt.timedelta(hours=KEPT_HOURS)))


def changed_since_shown() -> ImportRefusedError:
    """Return the refusal of a confirmation that would no longer change what the preview showed."""
    return refused(
        _("Something else has been imported since the preview was shown, so this file now changes something else."),
        _("Look at the preview again, and confirm once more."),
    )


def _discard_all(sheets: Iterable[StagedSheet]) -> int:
    found = list(sheets)
    for staged in found:
        discard_sheet(staged)
    return len(found)
