"""Look at a file before it is read: its kind by its content, its letters, its separator and its head."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from django.utils.translation import gettext as _

from results.deriving.refusals import File, FilesRefusedError, refuse

SAMPLE_BYTES = 1024 * 1024
DELIMITERS = (";", ",", "\t", "|")
UTF_8, LATIN_1 = "utf-8", "latin-1"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
GZIP = b"\x1f\x8b"
_WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
# Lines before the head: empty ones, also with separators only, and the hint that some spreadsheets write.
_BEFORE_HEAD = re.compile(r"(?:(?:[ \t;,|]*|sep=[^\r\n]*)(?:\r\n|\r|\n))*", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\r|\n")
# A Danish letter in UTF-8. Read as the older letters it is two signs that never stand together.
_LETTER_IN_UTF_8 = re.compile(rb"\xc3[\x80-\xbf]")
MOJIBAKE = "Ã[\u0080-\u00bf]"


class Kind(Enum):
    CSV = "csv"
    GZIP = "gzip"
    PARQUET = "parquet"


@dataclass(frozen=True)
class Source:
    """A file that can be read as a table. `sample` holds the first rows of a text file, without its head."""

    file: File
    path: Path
    kind: Kind
    head: tuple[str, ...] = ()
    delimiter: str = ";"
    encoding: str = UTF_8
    skipped_lines: int = 0
    is_surely_utf_8: bool = False  # it begins with the mark of UTF-8, or holds letters in it
    sample: tuple[tuple[str, ...], ...] = ()

    @property
    def is_text(self) -> bool:
        return self.kind is not Kind.PARQUET


def look_at(path: Path, file: File, *, wanted: Sequence[str]) -> Source:
    """Return what the file is; raises FilesRefusedError with a sentence when it is nothing that is read.

    The separator is the one that finds most of the `wanted` columns. The head of a Parquet file is left to the engine.
    """
    start = _first_bytes(path, file)
    if start.startswith(b"PAR1"):
        return Source(file, path, Kind.PARQUET)
    is_packed = start.startswith(GZIP)
    content = _unpacked(path, file) if is_packed else start
    encoding = _encoding(content, file)
    lines = content.decode(UTF_8 if encoding == UTF_8 else "cp1252", errors="ignore").lstrip("\ufeff")
    before, lines = _parted_before_head(lines, file)
    delimiter = _delimiter(lines, wanted)
    rows = _rows(lines, delimiter, is_whole=len(content) < SAMPLE_BYTES)
    if not rows:
        raise refuse(file, _("The file is empty."), _("Check that the extract was saved, and choose the file again."))
    head, *sample = rows
    return Source(
        file,
        path,
        Kind.GZIP if is_packed else Kind.CSV,
        head=tuple(name.strip() for name in head),
        delimiter=delimiter,
        encoding=encoding,
        skipped_lines=len(_LINE_END.findall(before)),
        is_surely_utf_8=encoding == UTF_8 and not content.isascii(),
        sample=tuple(map(tuple, sample)),
    )


def _first_bytes(path: Path, file: File) -> bytes:
    try:
        with path.open("rb") as stream:
            start = stream.read(SAMPLE_BYTES)
    except OSError:
        raise not_there(file) from None
    if not start.strip():
        raise refuse(file, _("The file is empty."), _("Check that the extract was saved, and choose the file again."))
    if start.startswith(_WORKBOOKS):
        raise refuse(
            file,
            _("The file is a workbook or an archive, not a table of text."),
            _("Save it as CSV, gzipped CSV or Parquet."),
        )
    return start


def not_there(file: File) -> FilesRefusedError:
    return refuse(
        file, _("The file cannot be found or opened."), _("Check its name and place, and that it may be read.")
    )


def _parted_before_head(lines: str, file: File) -> tuple[str, str]:
    match = _BEFORE_HEAD.match(lines)
    at = match.end() if match else 0
    ends = _LINE_END.findall(lines[: at + len(_LINE_END.split(lines[at:], maxsplit=1)[0]) + 2])
    if at and len(set(ends)) > 1:  # the engine would count the lines otherwise, and take a row for the head
        raise different_ends(file)
    return lines[:at], lines[at:]


def different_ends(file: File) -> FilesRefusedError:
    return refuse(
        file,
        _("The lines end in different ways, or a quotation mark is not closed."),
        _("Export the file again, all in one."),
    )


def _unpacked(path: Path, file: File) -> bytes:
    try:
        with gzip.open(path) as stream:
            return stream.read(SAMPLE_BYTES)
    except (OSError, EOFError, zlib.error):
        raise damaged_archive(file) from None


def damaged_archive(file: File) -> FilesRefusedError:
    return refuse(file, _("The compressed file is damaged or cut off."), _("Copy or export it again."))


def _encoding(content: bytes, file: File) -> str:
    if content.startswith(_UTF_16) or b"\x00" in content[:4096]:
        raise refuse(
            file,
            _("The file's letters are written as UTF-16, or it is not a text at all."),
            _("Save it again as “CSV UTF-8”."),
        )
    try:
        codecs.getincrementaldecoder(UTF_8)().decode(content)  # a letter that the sample cuts off is no error
    except UnicodeDecodeError as error:
        if content.startswith(codecs.BOM_UTF8) or _LETTER_IN_UTF_8.search(content):
            raise broken_letters(file, content.count(b"\n", 0, error.start) + 1) from None
        return LATIN_1
    return UTF_8


def broken_letters(file: File, row: int | None = None) -> FilesRefusedError:
    return refuse(
        file,
        _("The letters are broken: some are written as UTF-8, and some are not."),
        _("Export the file again as UTF-8, without joining files of different kinds."),
        row=row,
    )


def _delimiter(lines: str, wanted: Sequence[str]) -> str:
    line = _LINE_END.split(lines, maxsplit=1)[0]

    def found(delimiter: str) -> tuple[int, int]:
        names = {part.strip(' "\r').casefold() for part in line.split(delimiter)}
        return (len(names.intersection(wanted)), line.count(delimiter))

    return max(DELIMITERS, key=found)


def _rows(lines: str, delimiter: str, *, is_whole: bool) -> list[list[str]]:
    try:
        rows = [row for row in csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter) if row]
    except csv.Error:
        rows = [lines.partition("\n")[0].split(delimiter)]
    return rows if is_whole else rows[:-1] or rows  # the last row of a sample may be cut off
