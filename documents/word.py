"""The one door to python-docx: a Word file of a numbered document.

`word_template/` holds styles, numbering and settings as plain XML; the `word_*` modules write paragraphs and tables with
lxml; python-docx keeps the package: parts, relationships, pictures and properties.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterable
from functools import cache, partial
from pathlib import Path
from urllib.parse import quote

import docx
from docx.document import Document as Package
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.parts.story import StoryPart
from lxml import etree

from documents import words
from documents.charts import chart_png
from documents.numbering import walk
from documents.tree import Annex, Document
from documents.word_blocks import BlockWriter, end_section
from documents.word_facts import opening
from documents.word_inline import InlineWriter, bookmark_names
from documents.word_lists import Lists
from documents.word_markup import Element
from documents.word_notes import Footnotes, footnote_elements, refuse_footnote
from documents.word_sections import empty_header, footer, header, section

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_TEMPLATE = Path(__file__).parent / "word_template"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can hold: no file of the package has a time of its own
_LANGUAGES = {"da": "da-DK", "en": "en-GB"}
_CONTENT_TYPES = "[Content_Types].xml"


def render_word(document: Document, *, assets: Callable[[str], bytes]) -> bytes:
    """Write a numbered document as a .docx file; the same document gives the same bytes.

    `assets` gives the bytes of a picture by their SHA-256. Raises UnnumberedDocumentError when `numbered` was not applied.
    """
    package = docx.Document(io.BytesIO(template()))
    Writing(package, document, assets).write()
    return written(package, document)


def written(package: Package, document: Document) -> bytes:
    """Return the bytes of a package that is filled."""
    _set_properties(package, document)
    return _repacked(package)


class Writing:
    """One rendering: the parts of the package and the writers that fill them."""

    def __init__(self, package: Package, document: Document, assets: Callable[[str], bytes]) -> None:
        self.package, self.document = package, document
        self.notes = Footnotes()
        self.lists = Lists()
        language, bookmarks = _language(document), bookmark_names(_anchors(document))
        self.writer = partial(InlineWriter, language, bookmarks)
        self.body_part: StoryPart = package.part
        self.inline = self.writer(partial(_link, self.body_part), self.notes.add)
        self.blocks = BlockWriter(self.inline, self.lists, partial(_picture, self.body_part), assets, chart_png)

    def write(self) -> None:
        self._write_body()
        self.package.part.numbering_part.element.extend(self.lists.numberings)
        self._write_footnotes()

    def _write_body(self) -> None:
        """Fill the body section by section; a section's properties stand in its last paragraph, the last at the end."""
        self.properties = self._first_section()
        self.written = self.opening()
        for element in self.body():
            self.written.append(element)
        self.package.element.body.extend([*self.written, self.properties])

    def opening(self) -> list[Element]:
        """Return what stands before the first block."""
        return opening(self.document, self.inline)

    def body(self) -> Iterable[Element]:
        """Yield the blocks, in order."""
        for node in self.document.children:
            if isinstance(node, Annex):
                end_section(self.written, self.properties)
                self.properties = self._annex_section(node)
            yield from self.blocks.block(node)

    def _first_section(self) -> Element:
        return section(
            header_id=self._header(self.document.short_title),
            footer_id=self._footer(),
            first_header_id=self._story(self.package.part.add_header_part(), empty_header()),
            first_footer_id=self._footer(),
        )

    def _annex_section(self, annex: Annex) -> Element:
        left = f"{words.annex_label(annex)} · {self.document.short_title}"
        return section(header_id=self._header(left), footer_id=self._footer())

    def _header(self, left: str) -> str:
        content = header(self._edge(), left=left, right=self.document.case_numbers)
        return self._story(self.package.part.add_header_part(), content)

    def _footer(self) -> str:
        return self._story(self.package.part.add_footer_part(), footer(self._edge()))

    def _edge(self) -> InlineWriter:
        return self.writer(refuse_link, refuse_footnote)

    @staticmethod
    def _story(added: tuple[StoryPart, str], content: Element) -> str:
        part, relationship = added
        part.element[:] = [content]
        return relationship

    def _write_footnotes(self) -> None:
        part = self.package.part.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES)
        root = etree.fromstring(part.blob)
        root.extend(footnote_elements(self.notes.notes, self.writer(partial(_link, part), refuse_footnote)))
        # python-docx knows the part as bytes only.
        part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def refuse_link(href: str) -> str:
    """Stand in where no link may be: running headers and footers."""
    raise ValueError(f"a link can't stand in a header or footer: {href!r}")


def _link(part: Part, href: str) -> str:
    # Word calls a file damaged when an address in it is not a legal one.
    return part.relate_to(quote(href, safe="%/:=&?~#+!$,;'@()*[]"), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)


def _picture(part: StoryPart, data: bytes) -> tuple[str, int, int]:
    relationship, image = part.get_or_add_image(io.BytesIO(data))
    return relationship, image.px_width, image.px_height


def _anchors(document: Document) -> list[str]:
    return [node.anchor for node in walk(document) if getattr(node, "anchor", "")]


def _language(document: Document) -> str:
    return _LANGUAGES.get(document.language, document.language)


def _set_properties(package: Package, document: Document) -> None:
    """Fill what file managers and screen readers show. Dates are the document's, never the clock's."""
    dated = dt.datetime.combine(document.dated_on, dt.time(), tzinfo=dt.UTC).replace(tzinfo=None)
    properties = package.core_properties
    properties.title, properties.subject = document.title[:255], document.subject[:255]
    properties.author = properties.last_modified_by = document.author[:255]
    properties.language = _language(document)
    properties.keywords = "; ".join(document.keywords)[:255]
    properties.created = properties.modified = dated


@cache
def template() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted(_TEMPLATE.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(_TEMPLATE).as_posix())
    return out.getvalue()


def _repacked(package: Package) -> bytes:
    """Return the package with its files in one order and without the times python-docx takes from the clock."""
    saved, out = io.BytesIO(), io.BytesIO()
    package.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        # Readers that sniff the kind of file expect the list of content types first.
        for name in sorted(source.namelist(), key=lambda name: (name != _CONTENT_TYPES, name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            target.writestr(entry, source.read(name))
    return out.getvalue()
