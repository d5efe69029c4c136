"""Take a file in only when it is of a listed kind, its content is what its name says, and nothing in it runs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import puremagic
from django.core.exceptions import ValidationError
from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from records.files.archives import check_archive
from records.files.kinds import KINDS, Family, FileKind
from records.files.names import clean_name, extension_of
from records.files.refusals import damaged, is_infected, refusal
from records.files.scanning import EICAR, PIECE_BYTES, Scanner
from records.sheets.personal import has_cpr

HEAD_BYTES = 4096
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UTF_16_STARTS = (b"\xff\xfe", b"\xfe\xff")
UNSURE = 0.3  # puremagic's confidence in a guess from two or three letters, as "BM" at the start of a text


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept, with a name that may be shown."""

    file: File
    name: str
    kind: FileKind
    sha256: str
    size_bytes: int


def check_file(file: File, *, max_bytes: int) -> CheckedFile:
    """Return what is known of a file that may be kept; raises ValidationError (at `file`) with what to do.

    It is read once, piece by piece; office files are unpacked once more, to nowhere.
    """
    name = clean_name(file.name or "")
    kind = _kind_of(name)
    content = _read(file, kind, max_bytes)
    _check_content(file, kind, content, max_bytes)
    file.seek(0)
    return CheckedFile(file, name, kind, content.sha256, content.size_bytes)


@dataclass(frozen=True)
class Content:
    """What reading the whole file tells."""

    head: bytes
    sha256: str
    size_bytes: int
    has_zero_bytes: bool
    has_mark: bool


def _kind_of(name: str) -> FileKind:
    if has_cpr(name):
        raise refusal(_("The file's name holds what looks like a CPR number."), _("Give the file another name."))
    kind = KINDS.get(extension_of(name))
    if kind is None:
        known = ", ".join(extension.removeprefix(".") for extension in KINDS)
        raise refusal(
            _("Files of the kind “%(extension)s” are not taken in.") % {"extension": extension_of(name) or name},
            _("Save it as one of these: %(kinds)s.") % {"kinds": known},
        )
    return kind


def _read(file: File, kind: FileKind, max_bytes: int) -> Content:
    digest, size, head, zero = hashlib.sha256(), 0, b"", False
    scanner = Scanner(EICAR, kind.mark)
    for piece in file.chunks(PIECE_BYTES):
        size += len(piece)
        if size > max_bytes:
            raise refusal(
                _("The file is larger than %(limit)s.") % {"limit": filesizeformat(max_bytes)},
                _("Make it smaller, or divide it."),
            )
        digest.update(piece)
        scanner.feed(piece)
        head = head or piece[:HEAD_BYTES]
        zero = zero or b"\x00" in piece
    if not size:
        raise refusal(_("The file is empty."), _("Check that it was saved, and choose it again."))
    if EICAR in scanner.found:
        raise is_infected()
    return Content(head, digest.hexdigest(), size, zero, kind.mark in scanner.found)


def _check_content(file: File, kind: FileKind, content: Content, max_bytes: int) -> None:
    if kind.family in {Family.OFFICE, Family.OPEN_DOCUMENT}:
        if content.head.startswith(OLE_START):
            raise _locked_or_old()
        file.seek(0)
        check_archive(file, kind, size_bytes=content.size_bytes, max_bytes=max_bytes)
    elif not _FITS[kind.family](kind, content):
        raise _other_than_named(kind, content)


def _is_marked(kind: FileKind, content: Content) -> bool:
    return content.head.startswith(kind.mark)


def _is_pdf(kind: FileKind, content: Content) -> bool:
    return content.head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(kind.mark)


def _is_outlook(kind: FileKind, content: Content) -> bool:
    return content.head.startswith(OLE_START) and content.has_mark


def _is_mail(kind: FileKind, content: Content) -> bool:
    heads = {line.partition(b":")[0].strip().lower() for line in content.head.splitlines()}
    return not content.has_zero_bytes and b"from" in heads and bool(heads & {b"date", b"to", b"subject", b"received"})


def _is_text(kind: FileKind, content: Content) -> bool:
    is_plain = not content.has_zero_bytes or content.head.startswith(UTF_16_STARTS)
    return is_plain and not _recognised(content.head)


_FITS = {
    Family.PDF: _is_pdf,
    Family.OUTLOOK: _is_outlook,
    Family.MAIL: _is_mail,
    Family.TEXT: _is_text,
    Family.PICTURE: _is_marked,
}


def _recognised(head: bytes) -> str:
    """Return the extension of the kind that the content surely is, or "" for what may be plain text."""
    try:
        best = puremagic.magic_string(head)[0]
    except (puremagic.PureError, ValueError, IndexError):
        return ""
    is_text = best.mime_type.startswith("text/") and best.extension not in {".html", ".htm"}
    return "" if is_text or best.confidence <= UNSURE else best.extension


def _other_than_named(kind: FileKind, content: Content) -> ValidationError:
    found = _recognised(content.head)
    if not found or found == kind.extension:
        return damaged()
    return refusal(
        _("The file is named %(extension)s, but its content looks like %(found)s.")
        % {"extension": kind.extension, "found": found},
        _("Save it again as the kind its name says."),
    )


def _locked_or_old() -> ValidationError:
    return refusal(
        _("The file is protected by a password, or in an old format under a new name."),
        _("Save it without a password in the new format."),
    )
