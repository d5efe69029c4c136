"""Footnotes: python-docx has no interface for them, so their part is written here."""

from __future__ import annotations

from collections.abc import Iterable

from documents.tree import Footnote
from documents.word_inline import InlineWriter, Look
from documents.word_markup import Element, el, paragraph


class UnnumberedDocumentError(ValueError):
    """A footnote's number is not its place in the text: the document was not numbered, or changed since."""


class Footnotes:
    """Collects footnotes in the order their marks are written, which is the order Word counts them in."""

    def __init__(self) -> None:
        self.notes: list[Footnote] = []

    def add(self, note: Footnote) -> int:
        """Return the id of the note, which is its number. Raises UnnumberedDocumentError."""
        self.notes.append(note)
        if note.number != len(self.notes):
            message = f"footnote {len(self.notes)} in the text has number {note.number}; expected a numbered document"
            raise UnnumberedDocumentError(message)
        return note.number


def refuse_footnote(note: Footnote) -> int:
    """Stand in where no footnote may be: Word has none in footnotes, headers and footers."""
    raise ValueError(f"a footnote can't stand in a footnote, header or footer: {note!r}")


def footnote_elements(notes: Iterable[Footnote], inline: InlineWriter) -> list[Element]:
    """Return a `w:footnote` for each note; `inline` writes into the part of the footnotes."""
    return [el("w:footnote", _text(note, inline), id=note.number) for note in notes]


def _text(note: Footnote, inline: InlineWriter) -> Element:
    look = el("w:rPr", el("w:rStyle", val="FootnoteReference"), el("w:lang", val=inline.language))
    mark = el("w:r", look, el("w:footnoteRef"))
    return paragraph("FootnoteText", mark, *inline.text(" ", Look()), *inline.runs(note.children))
