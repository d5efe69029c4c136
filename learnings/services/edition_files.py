"""Make the file of a public edition, once."""

from __future__ import annotations

import hashlib

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Asset
from documents.numbering import numbered
from learnings.editions import document_of
from learnings.models import ReportEdition
from records.services import history_held

FILENAME = "indberetning.pdf"


def make_file(edition_id: str) -> None:
    """Render, validate and store an edition's PDF; safe to run twice. Raises ValidationError when it is not valid."""
    edition = ReportEdition.objects.get(pk=edition_id)
    if edition.file or not edition.is_public:
        return
    data = pdf_of(edition)
    with transaction.atomic():
        held = ReportEdition.objects.select_for_update().get(pk=edition.pk)
        if held.file:
            return
        held.file_sha256, held.file_bytes = hashlib.sha256(data).hexdigest(), len(data)
        with history_held(held):
            held.file.save(FILENAME, ContentFile(data), save=True)


def pdf_of(edition: ReportEdition) -> bytes:
    """Return an edition as PDF/UA-1 and PDF/A-3a; the same edition gives the same bytes."""
    from documents.pdf import render_pdf  # slow to load: only who makes the file waits for it
    from documents.validation import validate_pdf

    day = timezone.localdate(edition.published_at)
    data = render_pdf(numbered(document_of(edition.content, published_on=day)), assets=Asset.bytes_of)
    if problems := validate_pdf(data):
        rules = ", ".join(sorted({problem.rule for problem in problems}))
        raise ValidationError(_("The PDF does not hold the standards: %(rules)s.") % {"rules": rules})
    return data
