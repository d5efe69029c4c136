"""What stands on paper: nothing runs off the page, and wide tables turn it."""

import datetime as dt

import pytest
import weasyprint

from documents.html import render_print
from documents.html_widths import width_class
from documents.numbering import numbered
from documents.pdf_fetching import ProjectFetcher
from documents.tree import Annex, Cell, Column, Document, Paragraph, Row, Table, Text
from tests.documents.generated import assets, documents

A4 = (794, 1123)


def words(text):
    return (Text(text),)


def paper(*children):
    held = {"title": "Titel", "short_title": "Kort", "author": "Center", "subject": "Emne"}
    return numbered(Document(**held, dated_on=dt.date(2023, 8, 7), children=children))


def wide_table(columns, cell="1.286 (14,8\u00a0%)", anchor="t"):
    head = (
        Column(words("Målgruppe")),
        *(Column(words("Forberedende plan"), "antal (pct.)", True) for _ in range(columns)),
    )
    rows = tuple(
        Row((Cell(words(name)), *(Cell(words(cell)) for _ in range(columns))))
        for name in ("Sygedagpengemodtagere og jobafklaringsforløb", "Ledighedsydelsesmodtagere")
    )
    return Table(anchor, words("Resultater"), head, rows, words("DREAM"))


def pages_of(document):
    page = render_print(document, assets=assets)
    return weasyprint.HTML(string=page, url_fetcher=ProjectFetcher()).render().pages


def sizes(document):
    return [(round(page.width), round(page.height)) for page in pages_of(document)]


def running_off(document):
    """Return the texts that reach beyond the margin of their page."""
    found = []
    for page in pages_of(document):
        edge = page._page_box.content_box_x() + page._page_box.width + 1
        texts = [box for box in page._page_box.descendants() if getattr(box, "text", "").strip()]
        found += [box.text for box in texts if box.position_x + box.width > edge]
    return found


@pytest.mark.parametrize("columns", range(1, 13))
def test_a_table_never_runs_off_the_page(columns):
    assert running_off(paper(wide_table(columns))) == []


@pytest.mark.parametrize("seed", range(0, 100, 24))
def test_no_document_runs_off_its_pages(seed):
    assert running_off(numbered(documents(seed))) == []


@pytest.mark.parametrize(("columns", "kind"), [(3, ""), (4, ""), (6, "wide"), (8, "landscape")])
def test_a_table_gets_the_room_it_needs(columns, kind):
    assert width_class(wide_table(columns)) == kind


def test_a_table_of_many_small_figures_stays_upright():
    assert width_class(wide_table(12, cell="4,1")) == "landscape"  # its heads need the room
    plain = Table(
        "t", (), tuple(Column(words(str(n)), "", True) for n in range(12)), (Row((Cell(words("4,1")),) * 12),)
    )
    assert width_class(plain) == "wide"


def test_a_wide_table_turns_its_page_alone():
    document = paper(Paragraph(words("Før.")), wide_table(9), Paragraph(words("Efter.")))
    assert sizes(document) == [A4, A4[::-1], A4]


def test_a_wide_table_of_an_annex_keeps_the_annex_in_the_header():
    pages = pages_of(paper(Annex("a", words("Metode"), (wide_table(9),))))
    texts = [getattr(box, "text", "") for box in pages[-1]._page_box.descendants()]
    assert round(pages[-1].width) == A4[1]
    assert "Bilag 1 · Kort" in texts
