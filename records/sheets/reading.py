"""Take a file in: its size before its content, its kind by content and name alike."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import puremagic
from django.conf import settings
from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from records.sheets.errors import ImportRefusedError, refused
from records.sheets.layouts import RIGHT_FILE
from records.sheets.personal import has_cpr

ZIP_START = b"PK\x03\x04"
UNSURE = 0.3  # puremagic's confidence in a guess from two or three letters, as "BM" at the start of a text


class FileKind(Enum):
    CSV = ".csv"
    XLSX = ".xlsx"


@dataclass(frozen=True)
class SourceFile:
    """A file as it was handed in."""

    name: str
    kind: FileKind
    content: bytes
    sha256: str

    @property
    def size_bytes(self) -> int:
        return len(self.content)


def read_source(file: Path | File, *, advice: str | Promise = RIGHT_FILE) -> SourceFile:
    """Read a CSV or XLSX file; raises ImportRefusedError when it is too large, empty or something else.

    The limit is the setting `IMPORT_MAX_BYTES`; a file above it is never read, and `advice` says what to check then.
    """
    name, size = _facts(file)
    if has_cpr(name):
        raise refused(_("The file's name holds what looks like a CPR number."), _("Give the file another name."))
    extension = Path(name).suffix.lower()
    if extension not in {kind.value for kind in FileKind}:
        raise refused(
            _("Files named “%(extension)s” cannot be imported.") % {"extension": extension or "–"},
            _("Save it as CSV or XLSX."),
        )
    if size > settings.IMPORT_MAX_BYTES:
        raise _too_large(size, advice)
    content = _content(file, advice)
    if not content.strip():
        raise refused(_("The file is empty."), _("Check that the extract was saved, and choose the file again."))
    kind = _kind(content)
    if kind.value != extension:
        raise refused(
            _("The file is named %(extension)s, but its content is %(kind)s.")
            % {"extension": extension, "kind": kind.name},
            _("Save it again as the kind its name says."),
        )
    return SourceFile(name=name, kind=kind, content=content, sha256=hashlib.sha256(content).hexdigest())


def _facts(file: Path | File) -> tuple[str, int]:
    if isinstance(file, Path):
        try:
            return file.name, file.stat().st_size
        except OSError:
            raise refused(
                _("The file cannot be found or opened."), _("Check its name and place."), value=file.name
            ) from None
    return Path(file.name or "").name, file.size


def _content(file: Path | File, advice: str | Promise) -> bytes:
    limit = settings.IMPORT_MAX_BYTES
    if isinstance(file, Path):
        if not file.is_file():
            raise refused(_("This is a folder, not a file."), _("Name the file itself."), value=file.name)
        with file.open("rb") as stream:
            content = stream.read(limit + 1)
    else:
        file.seek(0)
        content = file.read(limit + 1)
    if len(content) > limit:  # a file that grew, or said less than it holds
        raise _too_large(len(content), advice)
    return content


def _too_large(size: int, advice: str | Promise) -> ImportRefusedError:
    return refused(
        _("The file takes up %(size)s; the limit is %(limit)s.")
        % {"size": filesizeformat(size), "limit": filesizeformat(settings.IMPORT_MAX_BYTES)},
        str(advice),
    )


def _kind(content: bytes) -> FileKind:
    if content.startswith(ZIP_START):
        if _is_workbook(content):
            return FileKind.XLSX
        raise _other_kind(".zip")
    other = _recognised(content)
    if other or b"\x00" in content:
        raise _other_kind(other)
    return FileKind.CSV


def _is_workbook(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def _recognised(content: bytes) -> str:
    """Return the extension of the kind that the content surely is, or "" for what may be a table in plain text."""
    try:
        matches = puremagic.magic_string(content)
    except (puremagic.PureError, ValueError):
        return ""
    best = matches[0]
    is_text = best.mime_type == "text/plain" or best.extension == ".csv"
    return "" if is_text or best.confidence <= UNSURE else best.extension


def _other_kind(extension: str) -> ImportRefusedError:
    problem = (
        _("The content is neither CSV nor XLSX, but looks like %(extension)s.") % {"extension": extension}
        if extension
        else _("The content is neither CSV nor XLSX.")
    )
    return refused(problem, _("Open the file in a spreadsheet program and save it as CSV or XLSX."))
