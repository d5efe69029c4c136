"""Read a filled-in Word paper, also one that lost its tags: what stands nowhere else is shown to whoever brings it.

Where an answer belongs is told by the tag of its place; without it by the heading above it, which is known by its bookmark or its
words, and by the label between them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

from documents.form_parts import LOCKED
from documents.word_reading import Line, UnreadableWordError, read_word
from learnings.offline import papers
from learnings.offline.plans import Entry, Kind, Unplaced, other_report
from learnings.queries import Writing
from records.files.checking import check_file
from records.sheets.errors import refused

WITH_MACROS = {".docm", ".dotm", ".xlsm", ".xltm"}
OTHER_WORD = {".doc", ".dot", ".dotx", ".odt", ".rtf", ".pages"}
TEXT, OTHER = "text", "other"
_TAGS = {
    papers.ANSWER: (Kind.QUESTION, TEXT),
    papers.REASON: (Kind.QUESTION, OTHER),
    papers.SCORE: (Kind.STATEMENT, TEXT),
    papers.COMMENT: (Kind.STATEMENT, OTHER),
}
_LABELS = {
    papers.ANSWER_LABEL: (Kind.QUESTION, TEXT),
    papers.REASON_LABEL: (Kind.QUESTION, OTHER),
    papers.SCORE_LABEL: (Kind.STATEMENT, TEXT),
    papers.COMMENT_LABEL: (Kind.STATEMENT, OTHER),
}


@dataclass(frozen=True)
class Place:
    """A question or a statement as it is asked."""

    kind: Kind
    key: str
    wording: str

    @property
    def where(self) -> str:
        return _("Under “%(wording)s”") % {"wording": self.wording}


Texts: TypeAlias = dict[str, list[str]]  # lines by where they stand: a place that was copied is another source


def paper_entries(file: File, writing: Writing) -> Iterator[Entry | Unplaced]:
    """Yield what each place says, then what stands in none; raises ImportRefusedError when it is no paper of this report."""
    lines = _lines_of(file)
    marks = {mark for line in lines for mark in line.bookmarks if mark.startswith(papers.REPORT_MARK)}
    if marks and f"{papers.REPORT_MARK}{writing.report.pk}" not in marks:
        raise other_report()
    sorter = _Sorter(writing)
    for line, is_title in zip(lines, sorter.titles_among(lines), strict=True):
        sorter.take(line, is_title=is_title)
    if not sorter.is_ours:
        raise refused(
            _("None of the report's questions is found in the file."),
            _("Save the report as a Word paper from this page, and write in that one."),
        )
    yield from sorter.entries()
    yield from sorter.strays


def _lines_of(file: File) -> tuple[Line, ...]:
    _check_name(file.name or "")
    try:
        checked = check_file(file, max_bytes=settings.IMPORT_MAX_BYTES)
        return read_word(checked.file.read())
    except ValidationError as error:
        raise refused(" ".join(error.messages), "") from error
    except UnreadableWordError as error:
        raise refused(
            _("The file is damaged or not what its name says."), _("Open it, save it again and choose it anew.")
        ) from error


def _check_name(name: str) -> None:
    ending = Path(name).suffix.lower()
    if ending == ".docx":
        return
    if ending in WITH_MACROS:
        raise refused(
            _("The file can hold programs (macros), so it is not opened."),
            _("Save it as a Word document (.docx) or a workbook (.xlsx) without macros."),
        )
    if ending in OTHER_WORD:
        raise refused(
            _("Files named “%(ending)s” cannot be read.") % {"ending": ending},
            _("Open it in Word or LibreOffice, and save it as a Word document (.docx)."),
        )
    raise refused(
        _("Files named “%(ending)s” cannot be read.") % {"ending": ending or "–"},
        _("Bring the file that you saved from here, as DOCX, XLSX or CSV."),
    )


@dataclass
class _Sorter:
    """Goes through the lines and gives each to the place that it belongs to."""

    writing: Writing
    texts: dict[tuple[Place, str], Texts] = field(default_factory=lambda: defaultdict(dict))
    bases: dict[Place, str] = field(default_factory=dict)
    strays: list[Unplaced] = field(default_factory=list)
    here: Place | None = None
    part: str = ""
    source: str = ""
    headings: int = 0
    is_ours: bool = False

    @cached_property
    def places(self) -> list[Place]:
        asked = [Place(Kind.QUESTION, row.question.key, row.question.wording) for row in self.writing.rows]
        rated = (row.statement for row in self.writing.ratings.rows)
        return asked + [Place(Kind.STATEMENT, statement.key, statement.wording) for statement in rated]

    @cached_property
    def by_mark(self) -> dict[str, Place]:
        starts = {Kind.QUESTION: papers.QUESTION_MARK, Kind.STATEMENT: papers.STATEMENT_MARK}
        return {f"{starts[place.kind]}{papers.short(place.key)}": place for place in self.places}

    @cached_property
    def by_words(self) -> dict[str, Place]:
        return {_squeezed(place.wording): place for place in reversed(self.places)}

    @cached_property
    def printed(self) -> set[str]:
        """Return what we print ourselves: it is no answer where it has lost its tag."""
        return {_squeezed(line.text) for line in read_word(papers.paper_of(self.writing)) if line.tag == LOCKED}

    def titles_among(self, lines: tuple[Line, ...]) -> list[bool]:
        """Tell for each line whether it is the title of a section: also without its style, where a question follows it."""
        titles = {_squeezed(text) for text in papers.titles_of(self.writing)}
        found, is_followed = [], False
        for line in reversed(lines):
            words = _squeezed(line.text)
            is_title = words in titles and (line.is_heading or is_followed)
            found.append(is_title)
            is_followed = (is_title or words in self.by_words) if words else is_followed
        return found[::-1]

    def take(self, line: Line, *, is_title: bool) -> None:
        if line.kind != "text":
            self._note(line)
            return
        start = next((start for start in _TAGS if line.tag.startswith(start)), "")
        if start:
            self._enter(line, start)
        elif self._is_structure(line, is_title=is_title):
            return
        if line.has_picture:
            why = _("Pictures cannot be part of an answer. Add the file to the report as an attachment.")
            self.strays.append(Unplaced(self._where(), "", why))
        self._place(_written(line))

    def entries(self) -> Iterator[Entry | Unplaced]:
        """Yield what stands at each place, in the order of the report; then places that the report does not have."""
        found = {place for place, _part in self.texts}
        for place in [*(each for each in self.places if each in found), *sorted(found - set(self.places), key=str)]:
            text, other = self._first(place, TEXT), self._first(place, OTHER)
            if place in self.places or text or other:
                yield Entry(place.kind, place.key, text, other, place.where, self.bases.get(place, ""))
        for (place, _part), texts in self.texts.items():
            yield from _copies(place, texts)

    def _first(self, place: Place, part: str) -> str:
        return next((_joined(lines) for lines in self.texts.get((place, part), {}).values()), "")

    def _enter(self, line: Line, start: str) -> None:
        """Go to the place that a tag names, also when the report has no such place."""
        kind, self.part = _TAGS[start]
        key = line.tag.removeprefix(start)
        known = next((place for place in self.places if (place.kind, place.key) == (kind, key)), None)
        self.here, self.source = known or Place(kind, key, key), f"control {line.control}"
        self.is_ours = self.is_ours or known is not None

    def _is_structure(self, line: Line, *, is_title: bool) -> bool:
        """Tell whether a line is one of those that we print, and go where it leads."""
        words = _squeezed(line.text)
        label = _LABELS.get(line.text.strip())
        if place := self._place_of(line, words):
            self.headings += 1
            self.here, self.part, self.source, self.is_ours = place, "", f"heading {self.headings}", True
        elif label and self.here and label[0] is self.here.kind:
            self.part = label[1]
        elif line.tag == LOCKED or is_title:
            self.part = ""
        else:
            return not self.part and words in self.printed
        return True

    def _place_of(self, line: Line, words: str) -> Place | None:
        for mark in line.bookmarks:
            name, _divider, base = mark.rpartition("_")
            if place := self.by_mark.get(name):
                self.bases[place] = base
                return place
        return self.by_words.get(words)

    def _place(self, text: str) -> None:
        if self.here and self.part:
            self.texts[self.here, self.part].setdefault(self.source, []).append(text)
        elif text.strip():
            why = _("It stands in none of the places for answers. Move it into one, or write it on the page.")
            self.strays.append(Unplaced(self._where(), text, why))

    def _note(self, line: Line) -> None:
        where = _("A comment in the margin") if line.kind == "comment" else _("A footnote")
        why = _("Only what stands in the text is read. Put it into the answer if it belongs there.")
        self.strays.append(Unplaced(where, line.text, why))

    def _where(self) -> str:
        return self.here.where if self.here else _("Before the first question")


def _copies(place: Place, texts: Texts) -> Iterator[Unplaced]:
    """Yield what a place that was copied says otherwise than the first."""
    first, *others = (_joined(lines) for lines in texts.values())
    for text in others:
        if text and text.split() != first.split():
            why = _("The same stands further up in the file, too. Only the first is used.")
            yield Unplaced(place.where, text, why)


def _written(line: Line) -> str:
    """Return what somebody wrote in a line, without the words that stand where nothing is written."""
    if line.is_prompt:
        return ""
    for prompt in (papers.PROMPT, papers.CHOICE_PROMPT):
        if line.text.lstrip().startswith(prompt):
            return line.text.lstrip().removeprefix(prompt)
    return line.text


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).strip()


def _squeezed(text: str) -> str:
    return " ".join(text.split()).casefold()
