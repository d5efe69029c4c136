"""Render, validate and store the documents of a snapshot. The door behind which the heavy libraries stand."""

from __future__ import annotations

import hashlib

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from documents.enums import Audience, Format
from documents.html import render_html
from documents.models import Asset, Rendition, Snapshot
from documents.pdf import render_pdf
from documents.pdf_tags import RenderingError
from documents.services.snapshots import canonical_json, document_for, evidence_for
from documents.tree import Document
from documents.validation import Problem, validate_pdf
from documents.word import render_word
from jobs.handlers import Progress


class InvalidDocumentError(ValidationError):
    """A rendered file does not hold the standards, so it is not kept."""


def render_snapshot(snapshot_id: str, progress: Progress) -> None:
    """Render, validate and store every document of a snapshot; what is there already is left alone.

    Raises InvalidDocumentError with one Danish sentence for each thing that is wrong; then nothing of that audience is stored.
    """
    snapshot = Snapshot.objects.get(pk=snapshot_id)
    for done, audience in enumerate(Audience):
        share = 100 // len(Audience)
        progress(done * share, _("Rendering: %(audience)s") % {"audience": audience.label})
        if snapshot.renditions.filter(audience=audience).count() < len(Format):
            _store(snapshot, audience, files_for(snapshot, audience))


def files_for(snapshot: Snapshot, audience: Audience) -> dict[Format, bytes]:
    """Return the bytes of every format for one audience, the PDF validated. Raises InvalidDocumentError."""
    document = document_for(snapshot, audience)
    pdf = _pdf(document)
    if problems := validate_pdf(pdf):
        raise InvalidDocumentError([_problem_text(problem) for problem in problems])
    return {
        Format.HTML: render_html(document, assets=Asset.bytes_of).encode(),
        Format.PDF: pdf,
        Format.DOCX: render_word(document, assets=Asset.bytes_of),
        Format.EVIDENCE: canonical_json(evidence_for(snapshot, audience), indent=2),
    }


def _pdf(document: Document) -> bytes:
    try:
        return render_pdf(document, assets=Asset.bytes_of)
    except RenderingError as error:
        raise InvalidDocumentError(_("The PDF could not be made: %(reason)s") % {"reason": error}) from error


@transaction.atomic
def _store(snapshot: Snapshot, audience: Audience, files: dict[Format, bytes]) -> None:
    existing = set(snapshot.renditions.filter(audience=audience).values_list("format", flat=True))
    for file_format, data in files.items():
        if file_format not in existing:
            Rendition.objects.create(
                snapshot=snapshot,
                audience=audience,
                format=file_format,
                sha256=hashlib.sha256(data).hexdigest(),
                size_bytes=len(data),
                file=ContentFile(data, name=file_format.filename),
            )


def _problem_text(problem: Problem) -> str:
    return _("The PDF does not hold %(standard)s: %(message)s (rule %(rule)s).") % {
        "standard": problem.standard,
        "message": problem.message,
        "rule": problem.rule,
    }
