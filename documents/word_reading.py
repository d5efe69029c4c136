"""Read what stands in a Word file, whichever program wrote it: line by line, with the tags of content controls and bookmarks.

Tracked changes are read as if they were accepted. Lists become lines with their marks. Nothing is fetched and nothing is run.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from lxml import etree

from documents.word_markup import Element

LARGEST_PART_BYTES = 20 * 1024 * 1024  # a paper to be filled in has less than one
MAIN_PART = "word/document.xml"
_PASSED_OVER = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "sdtPr", "pPr", "rPr", "tblPr"})
_PICTURES = frozenset({"drawing", "pict", "object"})
_BULLETS = frozenset({"bullet", "none", ""})


class UnreadableWordError(ValueError):
    """The file is no Word file, or holds what no honest one does."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph. `tag` is that of the nearest content control that has one, `control` counts those in the file; 0 is none.

    `is_prompt` is the grey text that Word shows where nothing is written; `kind` tells what stands in the margin or below.
    """

    text: str
    tag: str = ""
    control: int = 0
    bookmarks: frozenset[str] = frozenset()
    is_heading: bool = False
    is_prompt: bool = False
    has_picture: bool = False
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class _Inside:
    """The content control that something stands in."""

    tag: str = ""
    control: int = 0
    is_prompt: bool = False


@dataclass
class _Reader:
    lists: Mapping[tuple[str, int], str]
    controls: int = 0
    counted: dict[tuple[str, int], int] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)  # bookmarks that stand between paragraphs

    def blocks(self, parent: Element, inside: _Inside) -> Iterator[Line]:
        for child in parent.iterchildren(etree.Element):
            yield from self._block(child, inside)

    def _block(self, node: Element, inside: _Inside) -> Iterator[Line]:
        name = _name(node)
        if name in _PASSED_OVER or (name == "tr" and _find(node, "trPr", "del") is not None):
            return
        if name == "p":
            yield from self._paragraph(node, inside)
        elif name == "sdt":
            yield from self.blocks(node, self._control(node, inside))
        elif name == "bookmarkStart":
            self.waiting.append(_value(node, "name"))
        else:
            yield from self.blocks(node, inside)

    def _control(self, node: Element, inside: _Inside) -> _Inside:
        self.controls += 1
        tag = _value(_find(node, "sdtPr", "tag"))
        is_prompt = _find(node, "sdtPr", "showingPlcHdr") is not None
        return (
            _Inside(tag, self.controls, is_prompt) if tag else replace(inside, is_prompt=inside.is_prompt or is_prompt)
        )

    def _paragraph(self, node: Element, inside: _Inside) -> Iterator[Line]:
        for control in _below(node, "sdt"):  # in the line: a choice, or what a program made of a place for text
            inside = self._control(control, inside)
        text = "".join(_pieces(node))
        is_gone = not text and _find(node, "pPr", "rPr", "del") is not None
        marks = frozenset([*self.waiting, *(_value(mark, "name") for mark in _below(node, "bookmarkStart"))])
        self.waiting.clear()
        if not is_gone:
            yield Line(
                text=self._mark(node) + text if text.strip() else text,
                tag=inside.tag,
                control=inside.control,
                bookmarks=marks,
                is_heading=_value(_find(node, "pPr", "pStyle")).lower().startswith(("heading", "overskrift")),
                is_prompt=inside.is_prompt,
                has_picture=any(True for name in _PICTURES for _each in _below(node, name)),
            )
        for box in _below(node, "txbxContent"):
            yield from self.blocks(box, inside)

    def _mark(self, node: Element) -> str:
        """Return what stands before an item of a list: a dash or its number."""
        numbering = _find(node, "pPr", "numPr")
        number, level = _value(_find(numbering, "numId")), _value(_find(numbering, "ilvl")) or "0"
        if not number or number == "0" or not level.isdecimal():
            return ""
        place = (number, int(level))
        indent = "  " * place[1]
        if self.lists.get(place, "") in _BULLETS:
            return f"{indent}- "
        self.counted[place] = self.counted.get(place, 0) + 1
        return f"{indent}{self.counted[place]}. "


def read_word(content: bytes) -> tuple[Line, ...]:
    """Return the lines of a .docx file in the order of reading, then its footnotes and comments.

    Raises UnreadableWordError when it is none, when it is damaged, or when a part is larger than an honest one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return tuple(_lines(archive))
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, OSError, EOFError, RecursionError) as error:
        raise UnreadableWordError(str(error)) from error


def _lines(archive: zipfile.ZipFile) -> Iterator[Line]:
    main = _main_part(archive)
    folder = PurePosixPath(main).parent
    reader = _Reader(_list_kinds(archive, str(folder / "numbering.xml")))
    yield from reader.blocks(_tree(archive, main), _Inside())
    for name, kind in (("footnotes.xml", "note"), ("comments.xml", "comment")):
        path = str(folder / name)
        if path in archive.namelist():
            for note in _tree(archive, path):
                if not _value(note, "type"):  # the separator's
                    yield from (
                        replace(line, kind=kind) for line in reader.blocks(note, _Inside()) if line.text.strip()
                    )


def _main_part(archive: zipfile.ZipFile) -> str:
    if "_rels/.rels" in archive.namelist():
        for each in _tree(archive, "_rels/.rels"):
            if (each.get("Type") or "").endswith("/officeDocument"):
                return (each.get("Target") or MAIN_PART).lstrip("/")
    return MAIN_PART


def _list_kinds(archive: zipfile.ZipFile, path: str) -> dict[tuple[str, int], str]:
    """Return the kind of each level of each list."""
    if path not in archive.namelist():
        return {}
    root = _tree(archive, path)
    levels = {
        (_value(each, "abstractNumId"), _value(level, "ilvl")): _value(_find(level, "numFmt"))
        for each in _below(root, "abstractNum")
        for level in _below(each, "lvl")
    }
    names = {_value(each, "numId"): _value(_find(each, "abstractNumId")) for each in _below(root, "num")}
    return {
        (number, int(level)): kind
        for number, abstract in names.items()
        for (other, level), kind in levels.items()
        if other == abstract and level.isdecimal()
    }


def _tree(archive: zipfile.ZipFile, name: str) -> Element:
    with archive.open(name) as part:
        data = part.read(LARGEST_PART_BYTES + 1)
    if len(data) > LARGEST_PART_BYTES:
        raise UnreadableWordError(f"{name} is larger than {LARGEST_PART_BYTES} bytes")
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    if root.getroottree().docinfo.doctype:
        raise UnreadableWordError(f"{name} has a document type")
    return root


def _pieces(node: Element) -> Iterator[str]:
    """Yield the text of a paragraph, without that of boxes in it, which are paragraphs of their own."""
    for child in node.iterchildren(etree.Element):
        match _name(child):
            case "t":
                yield child.text or ""
            case "tab":
                yield "\t"
            case "br" | "cr":
                yield "" if _value(child, "type") in {"page", "column"} else "\n"
            case "noBreakHyphen":
                yield "\N{NON-BREAKING HYPHEN}"
            case "txbxContent":
                continue
            case name if name not in _PASSED_OVER:
                yield from _pieces(child)


def _below(node: Element, name: str) -> Iterator[Element]:
    """Yield what stands below a node under that name, outside of what is passed over and of other paragraphs."""
    for child in node.iterchildren(etree.Element):
        if _name(child) == name:
            yield child
        elif _name(child) not in {"Fallback", "del", "moveFrom", "txbxContent"}:
            yield from _below(child, name)


def _find(node: Element | None, *path: str) -> Element | None:
    for name in path:
        node = None if node is None else next((c for c in node.iterchildren(etree.Element) if _name(c) == name), None)
    return node


def _name(node: Element) -> str:
    """Return the name without its namespace, of which strict files have others."""
    return etree.QName(node).localname


def _value(node: Element | None, name: str = "val") -> str:
    if node is None:
        return ""
    return next((value for key, value in node.attrib.items() if key.rpartition("}")[2] == name), "")
