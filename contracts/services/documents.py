"""Documents of agreements: a file is never changed, a newer one stands in front of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import models, transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.models import Document, DocumentVersion, ObligationOccurrence
from contracts.services.occurrences import fulfil_obligation
from records.files.checking import CheckedFile, check_file
from records.services import delete_record, save_record


@transaction.atomic
def add_document(document: Document, *, file: File, note: str = "", reason: str = "", by: User | None) -> Document:
    """Save a new document with its first file; raises ValidationError when either cannot stand (`add_version`)."""
    save_document(document, reason=reason, by=by)
    add_version(document, file, note=note, by=by)
    return document


@transaction.atomic
def add_version(document: Document, file: File, *, note: str = "", by: User | None) -> DocumentVersion:
    """Keep a file as the newest version of a document; the earlier ones stay.

    Two at once get their numbers one after the other. Raises ValidationError at `file`: of a kind that is not listed, other
    content than its name says, macros, too large (the setting `DOCUMENT_MAX_BYTES`), or the same as the newest version.
    """
    checked = check_file(file, max_bytes=settings.DOCUMENT_MAX_BYTES)
    list(Document.objects.select_for_update(of=("self",)).filter(pk=document.pk).values_list("pk"))
    newest = document.versions.order_by("-number").first()
    if newest is not None and newest.sha256 == checked.sha256:
        raise _already_there(newest)
    version = DocumentVersion(
        document=document,
        number=newest.number + 1 if newest else 1,
        file_name=checked.name,
        media_type=checked.kind.media_type,
        sha256=checked.sha256,
        size_bytes=checked.size_bytes,
        note=note.strip(),
        uploaded_by=by,
    )
    with _stored(version, checked):
        version.full_clean()
        version.save()
    return version


def save_document(
    document: Document,
    *,
    related: Mapping[str, Iterable[models.Model]] | None = None,
    reason: str = "",
    by: User | None,
) -> Document:
    """Save what is said of a document. Raises ValidationError when its kind expires and no day is given."""
    category = document.category if document.category_id else None
    if category is not None and category.expires and document.expires_on is None:
        text = _("Documents of the kind “%(category)s” expire. Write the day.") % {"category": category}
        raise ValidationError({"expires_on": text})
    return save_record(document, related=related, reason=reason, by=by)


def delete_document(document: Document, *, reason: str = "", by: User) -> None:
    """Delete a document; its files stay, so that history can bring it back whole.

    Raises ValidationError when it shows that something was fulfilled, or is the signed document of an amendment.
    """
    kind = ContentType.objects.get_for_model(Document)
    shown = ObligationOccurrence.objects.filter(evidence_type=kind, evidence_id=document.pk)
    if occurrence := shown.select_related("obligation").first():
        raise ValidationError(
            _("“%(document)s” shows that “%(occurrence)s” was fulfilled. Reopen that first, or keep the document.")
            % {"document": document, "occurrence": occurrence}
        )
    delete_record(document, reason=reason, by=by)


@transaction.atomic
def fulfil_with_file(
    occurrence: ObligationOccurrence, document: Document, *, file: File, note: str = "", on: dt.date, by: User | None
) -> ObligationOccurrence:
    """Add a new document with its file, and let it show that what was due was done; both or neither."""
    add_document(document, file=file, by=by)
    return fulfil_obligation(occurrence, evidence=document, note=note, on=on, by=by)


@contextmanager
def _stored(version: DocumentVersion, checked: CheckedFile) -> Iterator[None]:
    """Keep the file meanwhile, and for good when the row that names it is saved."""
    version.file.save(checked.name, checked.file, save=False)
    try:
        yield
    except BaseException:
        version.file.storage.delete(version.file.name or "")
        raise


def _already_there(version: DocumentVersion) -> ValidationError:
    text = _("The file is the same as version %(number)s of %(day)s. Choose the new one.") % {
        "number": version.number,
        "day": formats.date_format(timezone.localdate(version.uploaded_at)),
    }
    return ValidationError({"file": text})
