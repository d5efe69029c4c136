"""Reads from a flat ODF file what LibreOffice made of a document. List numbers are not in such a file: see `read_lines`."""

import re
from collections.abc import Iterator

from lxml import etree

from tests.documents.readback import CellOutline, TableOutline, normal

Element = etree._Element
_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}
_MARKER = re.compile(r"\s{4,}(\d+\.|[•◦▪–]) (.*)")


class OdfFile:
    """What LibreOffice understood, in the terms of an outline."""

    def __init__(self, data: bytes) -> None:
        root = etree.fromstring(data, etree.XMLParser(huge_tree=True))
        self.body = root.find("office:body/office:text", _NAMES)
        self.parents = {
            style.get(_name("style:name")): style.get(_name("style:parent-style-name"))
            for style in root.iterfind("office:automatic-styles/style:style", _NAMES)
        }

    def headings(self) -> Iterator[tuple[int, str]]:
        for each in self.body.iter(_name("text:h"), _name("text:p")):
            if each.tag == _name("text:h"):
                yield int(each.get(_name("text:outline-level"))) + 1, _text(each)
            elif self._style(each) == "Title":
                yield 1, _text(each)

    def tables(self) -> Iterator[TableOutline]:
        """Yield tables with their captions; ODF knows header rows, but no header columns."""
        for table in self.body.iter(_name("table:table")):
            heads = [
                _row(each, is_header=True) for each in table.iterfind("table:table-header-rows/table:table-row", _NAMES)
            ]
            rows = [_row(each, is_header=False) for each in table.iterfind("table:table-row", _NAMES)]
            yield TableOutline(_text(table.getprevious()), (*heads, *rows))

    def footnotes(self) -> list[tuple[str, str]]:
        notes = self.body.iter(_name("text:note"))
        return [(note[0].text, normal(" ".join(_text(each) for each in note[1]))) for note in notes]

    def alternatives(self) -> list[str]:
        images = self.body.iterfind(".//draw:image/..", _NAMES)
        return [normal(each.findtext("svg:desc", "", _NAMES)) for each in images]

    def links(self) -> list[tuple[str, str]]:
        return [(each.get(_name("xlink:href")), _text(each)) for each in self.body.iter(_name("text:a"))]

    def facts(self) -> list[tuple[str, str]]:
        paragraphs = list(self.body.iter(_name("text:p")))
        texts = {
            style: [_text(p) for p in paragraphs if self._style(p) == style]
            for style in ("Fact_20_Label", "Fact_20_Value")
        }
        return list(zip(*texts.values(), strict=True))

    def _style(self, paragraph: Element) -> str:
        name = paragraph.get(_name("text:style-name"))
        return self.parents.get(name) or name


def read_lines(text: str) -> tuple[list[str], str]:
    """Return the list markers of a plain text LibreOffice wrote, and the rest of it; text frames and notes are not in it."""
    lines = [_MARKER.fullmatch(line) for line in text.splitlines()]
    markers = [match[1] if match[1].endswith(".") else "•" for match in lines if match]
    rest = [match[2] if match else line for match, line in zip(lines, text.splitlines(), strict=True)]
    return markers, normal(" ".join(rest).replace("\ufeff", ""))


def _name(name: str) -> str:
    prefix, local = name.split(":")
    return f"{{{_NAMES[prefix]}}}{local}"


def _row(row: Element, *, is_header: bool) -> tuple[CellOutline, ...]:
    return tuple(CellOutline(_text(cell), is_header) for cell in row.iterfind("table:table-cell", _NAMES))


def _text(element: Element) -> str:
    return normal("".join(_pieces(element)))


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == _name("text:note"):
            yield f"[{child[0].text}]"
        elif child.tag in {_name("text:s"), _name("text:tab"), _name("text:line-break")}:
            yield " "
        elif child.tag != _name("draw:frame"):
            yield from _pieces(child)
        yield child.tail or ""
