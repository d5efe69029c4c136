"""The kinds of files that are taken in. What is not listed is refused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Family(Enum):
    """Kinds whose content is looked at in the same way."""

    PDF = auto()
    OFFICE = auto()  # Office Open XML: a zip with parts
    OPEN_DOCUMENT = auto()  # ODF: a zip that begins with its own kind
    OUTLOOK = auto()
    MAIL = auto()
    TEXT = auto()
    PICTURE = auto()


@dataclass(frozen=True)
class FileKind:
    """`mark` is what only this kind has: the type of an office file's main part, or the first bytes of a picture."""

    extension: str
    media_type: str
    family: Family
    mark: bytes = b""


OFFICE = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


def _office(extension: str, name: str, main: str) -> FileKind:
    return FileKind(extension, f"{OFFICE}{name}", Family.OFFICE, f"{OFFICE}{main}.main+xml".encode())


def _odf(extension: str, name: str) -> FileKind:
    return FileKind(extension, f"{ODF}{name}", Family.OPEN_DOCUMENT, f"{ODF}{name}".encode())


KINDS = {
    kind.extension: kind
    for kind in (
        FileKind(".pdf", "application/pdf", Family.PDF, b"%PDF-"),
        _office(".docx", "wordprocessingml.document", "wordprocessingml.document"),
        _office(".xlsx", "spreadsheetml.sheet", "spreadsheetml.sheet"),
        _office(".pptx", "presentationml.presentation", "presentationml.presentation"),
        _odf(".odt", "text"),
        _odf(".ods", "spreadsheet"),
        FileKind(".msg", "application/vnd.ms-outlook", Family.OUTLOOK, "__properties_version1.0".encode("utf-16-le")),
        FileKind(".eml", "message/rfc822", Family.MAIL),
        FileKind(".txt", "text/plain", Family.TEXT),
        FileKind(".csv", "text/csv", Family.TEXT),
        FileKind(".png", "image/png", Family.PICTURE, PNG),
        FileKind(".jpg", "image/jpeg", Family.PICTURE, JPEG),
        FileKind(".jpeg", "image/jpeg", Family.PICTURE, JPEG),
    )
}
