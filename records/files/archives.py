"""Look into office files: zips whose parts say what they are. Nothing is unpacked to disk."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import IO

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from records.files.kinds import Family, FileKind
from records.files.refusals import damaged, has_macros, is_infected, unpacks_too_large
from records.files.scanning import EICAR, PIECE_BYTES, Scanner

MOST_MEMBERS = 10_000
# An honest spreadsheet of equal cells comes to about 40; what is smaller than the floor is never a bomb.
MOST_TIMES_LARGER = 100
FLOOR_BYTES = 1024 * 1024
UNPACKED_TIMES_LIMIT = 10
CONTENT_TYPES = "[Content_Types].xml"
LARGEST_INDEX_BYTES = 1024 * 1024
PROGRAM_TYPES = re.compile(rb"macroenabled|vbaproject|vbadata|activex|macrosheet", re.IGNORECASE)
PROGRAM_PARTS = re.compile(
    r"vbaproject|vbadata|/activex/|/macrosheets/|\.(?:doc|dot|xls|xlt|ppt|pot|pps)m$|\.(?:exe|dll|js|vbs|ps1|bat|cmd)$"
    # ODF: a library's list alone holds no program.
    r"|^scripts/.|^basic/.+/(?!(?:script|dialog)-lb\.xml$)[^/]+\.xml$",
    re.IGNORECASE,
)


def check_archive(file: IO[bytes], kind: FileKind, *, size_bytes: int, max_bytes: int) -> None:
    """Raise ValidationError unless the file is a whole office file of its kind, without programs and of honest size."""
    try:
        with zipfile.ZipFile(file) as archive:
            check_members(archive)
            _check_kind(archive, kind)
            most = min(max(MOST_TIMES_LARGER * size_bytes, FLOOR_BYTES), UNPACKED_TIMES_LIMIT * max_bytes)
            read_through(archive, most)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise damaged() from error


def check_members(archive: zipfile.ZipFile, *, most: int = MOST_MEMBERS) -> None:
    """Raise ValidationError for members that lie outside the archive, are locked, are programs, or are far too many."""
    names = archive.namelist()
    if len(names) > most:
        raise unpacks_too_large()
    strange = any(name.startswith("/") or ".." in re.split(r"[/\\]", name) for name in names)
    is_locked = any(member.flag_bits & 1 for member in archive.infolist())
    if strange or is_locked or len({name.lower() for name in names}) < len(names):
        raise damaged()
    if any(PROGRAM_PARTS.search(name) for name in names):
        raise has_macros()


def _check_kind(archive: zipfile.ZipFile, kind: FileKind) -> None:
    if kind.family is Family.OPEN_DOCUMENT:
        if _start_of(archive, "mimetype").strip() != kind.mark:
            raise damaged()
        return
    types = _content_types(_start_of(archive, CONTENT_TYPES))
    if any(PROGRAM_TYPES.search(found) for found in types):
        raise has_macros()
    if kind.mark not in types:
        raise damaged()


def _start_of(archive: zipfile.ZipFile, name: str) -> bytes:
    if name not in archive.namelist():
        raise damaged()
    with archive.open(name) as member:
        return member.read(LARGEST_INDEX_BYTES)


def _content_types(index: bytes) -> set[bytes]:
    """Return the kinds of a file's parts, read as XML: written otherwise they would not be found by their letters."""
    try:
        tree = fromstring(index)
    except (ParseError, DefusedXmlException, LookupError) as error:
        raise damaged() from error
    return {element.get("ContentType", "").encode() for element in tree}


def read_through(archive: zipfile.ZipFile, most: int) -> None:
    """Unpack everything to nowhere: a head may lie about the size, and checksums tell what is damaged."""
    left = most
    for member in archive.infolist():
        scanner = Scanner(EICAR)
        with archive.open(member) as stream:
            while piece := stream.read(PIECE_BYTES):
                left -= len(piece)
                if left < 0:
                    raise unpacks_too_large()
                scanner.feed(piece)
        if scanner.found:
            raise is_infected()
