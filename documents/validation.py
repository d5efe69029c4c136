"""The one door to page-validation: whether a PDF holds PDF/UA-1 and PDF/A-3a, and whether its tags make sense.

The validator is young (0.11); what it is known to get wrong is set aside here, each with its reason and as narrowly as can be.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import page
import pikepdf

from documents.validation_tags import faults_of

_STANDARDS = {"PDF/UA-1": page.ValidationProfile.PDF_UA_1, "PDF/A-3a": page.ValidationProfile.PDF_A_3A}
TAGS = "Partnerskab"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file. `rule` is the validator's name of it; `standard` is "PDF/UA-1", "PDF/A-3a" or our own."""

    standard: str
    rule: str
    message: str


def validate_pdf(data: bytes) -> tuple[Problem, ...]:
    """Return what is wrong with a PDF as PDF/UA-1, as PDF/A-3a and in the meaning of its tags; nothing when it may be published.

    A file that cannot be read at all is one problem of the rule "unreadable".
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return (*_breaches(data, pdf), *(Problem(TAGS, each.rule, each.message) for each in faults_of(pdf)))
    except (pikepdf.PdfError, page.PageError) as error:
        return (Problem(TAGS, "unreadable", str(error)),)


def _breaches(data: bytes, pdf: pikepdf.Pdf) -> list[Problem]:
    return [
        Problem(standard, failure.rule_id, failure.message)
        for standard, profile in _STANDARDS.items()
        for failure in page.validate_pdf_bytes(data, profile=profile).failures
        if not _is_false_alarm(failure, pdf)
    ]


def _is_false_alarm(failure: page.ValidationFailure, pdf: pikepdf.Pdf) -> bool:
    match failure.rule_id:
        case "PDFA3A-METADATA-FILTER-001":
            # Compressed metadata are forbidden by PDF/A-1 alone (ISO 19005-1, 6.7.2); ISO 19005-3 has no such clause.
            return True
        case "PDFA3A-STREAM-LENGTH-001":
            return _ends_in_carriage_return(failure, pdf)
    return False


def _ends_in_carriage_return(failure: page.ValidationFailure, pdf: pikepdf.Pdf) -> bool:
    # A carriage return that is the last byte of the data is taken for a part of the line end before `endstream`, so that the
    # length seems one too long. Any other wrong length is a real one.
    if failure.object_id is None:
        return False
    stream = pdf.get_object(failure.object_id.object_number, failure.object_id.generation)
    return isinstance(stream, pikepdf.Stream) and stream.read_raw_bytes().endswith(b"\r")
