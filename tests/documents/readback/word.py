"""Reads an outline from the XML of a Word file, following its numbering, styles and relationships as Word does."""

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from tests.documents.readback import CellOutline, ItemOutline, Outline, TableOutline, normal

Element = etree._Element
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_NAMES = {"w": W[1:-1]}
_CHARACTERS = {f"{W}br": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": "\u00ad"}


@dataclass
class WordFile:
    """The parts of a .docx that the outline is read from."""

    data: bytes
    parts: dict[str, bytes] = field(init=False)

    def __post_init__(self) -> None:
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}

    def root(self, name: str) -> Element:
        return etree.fromstring(self.parts[f"word/{name}.xml"])

    def targets(self, name: str) -> dict[str, str]:
        """Return the address of each relationship of a part."""
        relations = self.parts.get(f"word/_rels/{name}.xml.rels")
        return {each.get("Id"): each.get("Target") for each in etree.fromstring(relations)} if relations else {}


def read_word(data: bytes) -> Outline:
    package = WordFile(data)
    body, targets = package.root("document")[0], package.targets("document")
    notes, note_targets = _footnotes(package, body), package.targets("footnotes")
    return Outline(
        headings=tuple(_headings(body, _levels(package.root("styles")))),
        tables=tuple(_table(each) for each in body.iter(f"{W}tbl")),
        items=tuple(_items(body, package.root("numbering"))),
        links=(*_links(body, targets), *(link for note in notes for link in _links(note, note_targets))),
        alternatives=tuple(normal(each.get("descr")) for each in body.iter(f"{DRAWING}docPr")),
        footnotes=tuple(_text(each) for each in notes),
        facts=tuple(_facts(body)),
        text=normal(" ".join(_text(each) for each in body.iter(f"{W}p") if not _style(each).startswith("Fact"))),
    )


def _text(element: Element) -> str:
    return normal("".join(_pieces(element)))


def _pieces(element: Element) -> Iterator[str]:
    for each in element.iter():
        if each.tag == f"{W}t":
            yield each.text or ""
        elif each.tag == f"{W}footnoteReference":
            yield f"[{each.get(f'{W}id')}]"
        elif each.tag == f"{W}p":
            yield " "
        elif each.tag in _CHARACTERS and each.getparent().tag == f"{W}r":
            yield _CHARACTERS[each.tag]


def _style(paragraph: Element) -> str:
    found = paragraph.find("w:pPr/w:pStyle", _NAMES)
    return "" if found is None else found.get(f"{W}val")


def _levels(styles: Element) -> dict[str, int]:
    """Return the level of each heading style: Title is 1, an outline level of n is n + 2, inherited ones included."""
    by_id = {each.get(f"{W}styleId"): each for each in styles.iter(f"{W}style")}
    levels = {name: _outline_level(name, by_id) for name in by_id}
    return {"Title": 1} | {name: level + 2 for name, level in levels.items() if level is not None}


def _outline_level(name: str, styles: dict[str, Element]) -> int | None:
    while name in styles:
        level, base = styles[name].find("w:pPr/w:outlineLvl", _NAMES), styles[name].find("w:basedOn", _NAMES)
        if level is not None:
            return int(level.get(f"{W}val"))
        name = "" if base is None else base.get(f"{W}val")
    return None


def _headings(body: Element, levels: dict[str, int]) -> Iterator[tuple[int, str]]:
    for paragraph in body.iter(f"{W}p"):
        if _style(paragraph) in levels:
            yield levels[_style(paragraph)], _text(paragraph)


def _footnotes(package: WordFile, body: Element) -> list[Element]:
    """Return the notes in the order of their marks, which is the order Word numbers them in."""
    by_id = {note.get(f"{W}id"): note for note in package.root("footnotes")}
    marks = [mark.get(f"{W}id") for mark in body.iter(f"{W}footnoteReference")]
    assert marks == [str(n) for n in range(1, len(marks) + 1)], "Word counts marks in order, whatever their ids say"
    return [by_id[mark] for mark in marks]


def _table(table: Element) -> TableOutline:
    caption = table.getprevious()
    called = _text(caption) if _style(caption) == "Caption" else ""  # the table behind a picture has none
    return TableOutline(called, tuple(_row(row, table) for row in table.iter(f"{W}tr")))


def _row(row: Element, table: Element) -> tuple[CellOutline, ...]:
    is_head = row.find("w:trPr/w:tblHeader", _NAMES) is not None
    has_row_heads = table.find("w:tblPr/w:tblLook", _NAMES).get(f"{W}firstColumn") == "1"
    texts = [_text(cell) for cell in row.iter(f"{W}tc")]
    # Word marks a whole head row; an empty cell in it heads nothing, and HTML has it as an ordinary cell.
    return tuple(CellOutline(t, bool(t) if is_head else has_row_heads and not n) for n, t in enumerate(texts))


def _facts(body: Element) -> Iterator[tuple[str, str]]:
    for label in body.iter(f"{W}p"):
        if _style(label) == "FactLabel":
            yield _text(label), _text(label.getnext())


def _links(part: Element, targets: dict[str, str]) -> Iterator[tuple[str, str]]:
    for link in part.iter(f"{W}hyperlink"):
        anchor = link.get(f"{W}anchor")
        yield f"#{anchor}" if anchor else targets[link.get(f"{R}id")], _text(link)


def _items(body: Element, numbering: Element) -> Iterator[ItemOutline]:
    """Yield list items, counted as Word counts: by abstract numbering and level, restarted by overrides and by outer items."""
    counter = _Counter(numbering)
    found: list[tuple[int, str, list[str]]] = []
    current: dict[int, list[str]] = {}  # the texts of the latest item at each depth
    for paragraph in body.iterchildren(f"{W}p"):
        number = paragraph.find("w:pPr/w:numPr", _NAMES)
        if number is not None:
            depth = int(number.find("w:ilvl", _NAMES).get(f"{W}val")) + 1
            marker = counter.next(number.find("w:numId", _NAMES).get(f"{W}val"), depth - 1)
            current[depth] = [_text(paragraph)]
            found.append((depth, marker, current[depth]))
        elif _style(paragraph) == "ListContinue":
            current[_depth(paragraph)].append(_text(paragraph))
    return (ItemOutline(depth, marker, normal(" ".join(texts))) for depth, marker, texts in found)


def _depth(paragraph: Element) -> int:
    """Return the depth of a paragraph that continues an item: its indentation is that of the item's text."""
    return int(paragraph.find("w:pPr/w:ind", _NAMES).get(f"{W}left")) // 397


class _Counter:
    def __init__(self, numbering: Element) -> None:
        self.abstracts = {each.get(f"{W}abstractNumId"): each for each in numbering.iter(f"{W}abstractNum")}
        self.numbers = {each.get(f"{W}numId"): each for each in numbering.iter(f"{W}num")}
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)
        self.restarted: set[tuple[str, int]] = set()

    def next(self, number: str, level: int) -> str:
        """Return the marker of the next item of a numbering at a level (0 for the outermost)."""
        abstract = self.numbers[number].find("w:abstractNumId", _NAMES).get(f"{W}val")
        definition = self.abstracts[abstract].find(f"w:lvl[@w:ilvl='{level}']", _NAMES)
        if definition.find("w:numFmt", _NAMES).get(f"{W}val") == "bullet":
            return "•"
        return f"{self._count(abstract, number, level)}."

    def _count(self, abstract: str, number: str, level: int) -> int:
        counts = self.counts[abstract]
        override = self.numbers[number].find(f"w:lvlOverride[@w:ilvl='{level}']/w:startOverride", _NAMES)
        if override is not None and (number, level) not in self.restarted:
            self.restarted.add((number, level))
            counts[level] = int(override.get(f"{W}val")) - 1
        counts[level] = counts.get(level, 0) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        return counts[level]
