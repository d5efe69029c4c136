"""The receipt of a submitted report as a document: who handed in what, and when, with every answer as it stands.

Words are data of the document, so Danish whatever language the reader has.
"""

from __future__ import annotations

import hashlib
import json

from django.utils import timezone
from django.utils.formats import date_format

from documents.models import Asset
from documents.numbering import numbered
from documents.tree import Block, Document, Emphasis, Fact, Heading, ListBlock, ListItem, Paragraph, Text
from learnings.models import Answer, ReportVersion
from learnings.queries.sections import place_in_report

GENERAL = "Generelle spørgsmål"
NOT_RELEVANT = "Ikke relevant: "
ATTACHMENTS = "Bilag"
NOT_ANSWERED = "Ikke besvaret."
LEAD = "Indberetningen er modtaget. Den kan ikke længere ændres; en rettelse bliver en ny version."


def digest_of(version: ReportVersion) -> str:
    """Return the digest of what was submitted: whoever has the text can prove that it is the one that was handed in."""
    said = [[row.question_id, row.wording, row.text, row.not_applicable_reason] for row in _answers(version)]
    files = sorted(version.attachments.values_list("sha256", flat=True))
    facts = [version.report_id, version.number, said, files]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()


def receipt_of(version: ReportVersion) -> Document:
    """Return the receipt; the same version gives the same document for ever."""
    report, moment = version.report, timezone.localtime(version.submitted_at)
    title = f"Kvittering: {report.round.title}"
    return Document(
        title=title,
        short_title=title,
        author=report.supplier.name,
        subject=f"Indberetning fra {report.supplier.name}",
        dated_on=moment.date(),
        lead=(Text(LEAD),),
        facts=_facts(version),
        children=tuple(_blocks(version)),
    )


def pdf_of(version: ReportVersion) -> bytes:
    """Return the receipt as an accessible PDF."""
    from documents.pdf import render_pdf  # slow to load: only who asks for the file waits for it

    return render_pdf(numbered(receipt_of(version)), assets=Asset.bytes_of)


def _facts(version: ReportVersion) -> tuple[Fact, ...]:
    moment = timezone.localtime(version.submitted_at)
    return (
        Fact("Leverandør", version.report.supplier.name),
        Fact("CVR-nummer", version.report.supplier.cvr),
        Fact("Indsendt", f"{date_format(moment, 'j. F Y')} kl. {moment:%H.%M}"),
        Fact("Indsendt af", version.handed_in_by or str(version.submitted_by or "–")),
        Fact("Version", str(version.number)),
        Fact("Kontrolsum", digest_of(version)[:16]),
    )


def _blocks(version: ReportVersion) -> list[Block]:
    blocks: list[Block] = []
    heading = ""
    for row in sorted(_answers(version), key=lambda row: place_in_report(row.question)):
        title = str(row.question.target_group or GENERAL)
        if title != heading:
            heading = title
            blocks.append(Heading(2, (Text(title),)))
        blocks += _answer(row)
    return blocks + _files(version)


def _files(version: ReportVersion) -> list[Block]:
    rows = [
        ListItem((Paragraph((Text(f"{row.file_name} (SHA-256 {row.sha256[:16]})"),)),))
        for row in version.attachments.all()
    ]
    return [Heading(2, (Text(ATTACHMENTS),)), ListBlock("bullet", tuple(rows))] if rows else []


def _answer(row: Answer) -> list[Block]:
    heading = Heading(3, (Text(row.wording),))
    if row.text:
        return [heading, *(Paragraph((Text(part),)) for part in row.text.split("\n") if part.strip())]
    said = NOT_RELEVANT + row.not_applicable_reason if row.not_applicable_reason else NOT_ANSWERED
    return [heading, Paragraph((Emphasis((Text(said),)),))]


def _answers(version: ReportVersion) -> list[Answer]:
    return list(version.answers.select_related("question__target_group").order_by("question__order", "question"))
