"""A paper to be filled in with Word: what is asked is locked, and each answer has a place of its own with a stable tag.

Only Word has such papers, so their parts are no nodes of the tree. Programs that forget tags (LibreOffice before 7.5) keep
bookmarks: each locked part has one, too. `documents.word_reading` reads such a paper again.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from itertools import count

import docx

from documents.form_parts import LOCKED, Choice, Field, Locked, Part
from documents.tree import Document
from documents.word import Writing, template, written
from documents.word_facts import opening
from documents.word_inline import Look
from documents.word_markup import Element, el, field_text, paragraph

PROMPT = Look(style="PlaceholderText")
LONGEST_TITLE = 64  # characters, as Word takes them


def render_form(document: Document, parts: Sequence[Part], *, bookmark: str) -> bytes:
    """Write a paper to be filled in as a .docx file: title, facts and lead of the document, then the parts.

    The bookmark stands at the title, and says which paper this is. The same parts give the same bytes.
    """
    package = docx.Document(io.BytesIO(template()))
    _FormWriting(package, document, parts, bookmark).write()
    return written(package, document)


class _FormWriting(Writing):
    def __init__(self, package: docx.document.Document, document: Document, parts: Sequence[Part], mark: str) -> None:
        super().__init__(package, document, assets=_no_assets)
        self.parts, self.mark = parts, mark
        self.numbers = count(1)

    def opening(self) -> list[Element]:
        return [self._locked(opening(self.document, self.inline), bookmark=self.mark)]

    def body(self) -> Iterable[Element]:
        for part in self.parts:
            match part:
                case Locked():
                    yield self._locked(self.blocks.blocks(part.children), bookmark=part.bookmark)
                case Field():
                    yield self._label(part.label)
                    yield self._field(part)
                case Choice():
                    yield self._label(part.label)
                    yield self._choice(part)

    def _locked(self, blocks: list[Element], *, bookmark: str = "") -> Element:
        if bookmark:
            number = next(self.numbers) + 1_000_000  # apart from those that captions have
            ends = el("w:bookmarkStart", id=number, name=bookmark), el("w:bookmarkEnd", id=number)
            blocks[0][1:1] = ends  # behind the paragraph's properties
        return self._control(LOCKED, "", blocks, lock="sdtContentLocked")

    def _label(self, text: str) -> Element:
        return self._locked([paragraph("AnswerLabel", *self.inline.text(text))])

    def _field(self, part: Field) -> Element:
        if not part.text:
            prompt = [paragraph("Answer", *self.inline.text(part.prompt, PROMPT))]
            return self._control(part.tag, part.title, prompt, el("w:showingPlcHdr"))
        lines = [paragraph("Answer", *field_text(line)) for line in part.text.split("\n")]
        return self._control(part.tag, part.title, lines)

    def _choice(self, part: Choice) -> Element:
        options = [el("w:listItem", displayText=option, value=option) for option in part.options]
        shown = self.inline.text(part.chosen or part.prompt, Look() if part.chosen else PROMPT)
        prompted = None if part.chosen else el("w:showingPlcHdr")
        control = self._control(part.tag, part.title, shown, prompted, el("w:dropDownList", *options))
        return paragraph("Answer", control)

    def _control(
        self, tag: str, title: str, content: list[Element], *kind: Element | None, lock: str = "sdtLocked"
    ) -> Element:
        properties = el(
            "w:sdtPr",
            el("w:alias", val=title[:LONGEST_TITLE]) if title else None,
            el("w:tag", val=tag),
            el("w:id", val=next(self.numbers)),
            el("w:lock", val=lock),
            *kind,
        )
        return el("w:sdt", properties, el("w:sdtContent", *content))


def _no_assets(sha256: str) -> bytes:
    raise LookupError(f"a paper to be filled in has no pictures: {sha256}")
