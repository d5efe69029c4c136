"""Sections of the page: running header and footer, the first page without header, annexes with their own."""

from __future__ import annotations

import re

from documents import words
from documents.word_inline import InlineWriter
from documents.word_markup import (
    BOTTOM_MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SIDE_MARGIN,
    TOP_MARGIN,
    Element,
    el,
    paragraph,
)

_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
_EDGE = 567  # twips from the paper's edge to header and footer


def header(inline: InlineWriter, *, left: str, right: str) -> Element:
    """Return the running header: what the paper is, and its case numbers at the right margin."""
    tab = [el("w:r", el("w:tab"))] if right else []
    return paragraph("Header", *inline.text(left), *tab, *inline.text(right))


def empty_header() -> Element:
    """Return the header of the first page, which needs none: title and facts stand there. Without the header's rule."""
    rule = el("w:pBdr", el("w:bottom", val="nil"))
    return paragraph("Header", properties=(rule,))


def footer(inline: InlineWriter) -> Element:
    """Return "Side X af Y" with fields that Word and LibreOffice count themselves."""
    parts = re.split(r"(\{pages?\})", words.PAGE_OF_PAGES)
    return paragraph("Footer", *(run for part in parts for run in _footer_part(part, inline)))


def section(*, header_id: str, footer_id: str, first_header_id: str = "", first_footer_id: str = "") -> Element:
    """Return the properties of a section on A4 that begins on a new page; with first ids its first page differs."""
    references = [
        el("w:headerReference", type="default", r_id=header_id),
        el("w:headerReference", type="first", r_id=first_header_id) if first_header_id else None,
        el("w:footerReference", type="default", r_id=footer_id),
        el("w:footerReference", type="first", r_id=first_footer_id) if first_footer_id else None,
    ]
    return el(
        "w:sectPr",
        *references,
        el("w:type", val="nextPage"),
        el("w:pgSz", w=PAGE_WIDTH, h=PAGE_HEIGHT),
        _margins(),
        el("w:titlePg") if first_header_id else None,
    )


def _margins() -> Element:
    edges = {"top": TOP_MARGIN, "right": SIDE_MARGIN, "bottom": BOTTOM_MARGIN, "left": SIDE_MARGIN}
    return el("w:pgMar", **edges, header=_EDGE, footer=_EDGE, gutter=0)


def _footer_part(part: str, inline: InlineWriter) -> list[Element]:
    if part in _FIELDS:
        return [el("w:fldSimple", *inline.text("1"), instr=_FIELDS[part])]
    return inline.text(part)
