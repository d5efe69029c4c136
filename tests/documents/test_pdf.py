import datetime as dt
import io
import re
import subprocess
import sys
import time

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.numbering import footnotes, numbered, walk
from documents.pdf import RenderingError, pdf_of_html, render_pdf
from documents.tree import (
    Annex,
    Cell,
    Chart,
    Column,
    Document,
    Footnote,
    Heading,
    Link,
    ListBlock,
    ListItem,
    Paragraph,
    Picture,
    Row,
    Table,
    Text,
)
from documents.validation import validate_pdf
from documents.validation_tags import Tag, read_tags
from tests.documents.generated import _pictures, assets, documents
from tests.documents.readback.pdf import read_pdf


def words(text):
    return (Text(text),)


def paper(*children, **fields):
    held = {"title": "Titel", "short_title": "Kort titel", "author": "Center", "subject": "Emne"}
    held |= {"dated_on": dt.date(2023, 8, 7), "case_numbers": "F2 2023-7083"}
    return numbered(Document(**{**held, **fields}, children=children))


def opened(document):
    return pikepdf.open(io.BytesIO(render_pdf(document, assets=assets)))


def tags_of(document) -> Tag:
    with opened(document) as pdf:
        return read_tags(pdf)


def named(tag, name):
    return [each for each in tag.walk() if each.name == name]


def long_table(rows, **fields):
    body = tuple(Row((Cell(words(f"Række {n}")), Cell(words(str(n))))) for n in range(rows))
    return Table(
        "t", words("Lang tabel"), (Column(words("Navn")), Column(words("Antal"), is_numeric=True)), body, **fields
    )


def tables_in(document):
    return sum(isinstance(node, Table) for node in walk(document))


# --- every document


def check_any_document(seed):
    document = numbered(documents(seed))
    data = render_pdf(document, assets=assets)
    assert validate_pdf(data) == ()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root = read_tags(pdf)
    assert len(named(root, "Table")) == tables_in(document)
    assert len(named(root, "Note")) == len(footnotes(document))
    assert len(named(root, "Figure")) == sum(isinstance(node, Chart | Picture) for node in walk(document))
    assert notes_away_from_their_marks(root) == []
    assert b"\r\nendstream" not in data


def notes_away_from_their_marks(root):
    marks = [each.pages[0] for each in named(root, "Reference")]
    notes = {each.identifier: each.kids[0].pages[0] for each in named(root, "Note")}
    return [page for number, page in enumerate(marks, start=1) if notes[f"note-{number}"] != page]


@pytest.mark.parametrize("seed", range(0, 200, 8))
def test_any_document_holds_both_standards_and_each_table_is_one(seed):
    check_any_document(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [seed for seed in range(200) if seed % 8 in {3, 6}])
def test_any_other_document_holds_both_standards_and_each_table_is_one(seed):
    check_any_document(seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", [seed for seed in range(200) if seed % 8 not in {0, 3, 6}])
def test_every_document_holds_both_standards_and_each_table_is_one(seed):
    check_any_document(seed)


SCRIPT = """
import hashlib, sys
from documents.numbering import numbered
from documents.pdf import render_pdf
from tests.documents.generated import assets, documents
for seed in map(int, sys.argv[1:]):
    print(hashlib.sha256(render_pdf(numbered(documents(seed)), assets=assets)).hexdigest())
"""


def test_bytes_are_the_same_in_every_process_and_at_every_time():
    seeds = [str(seed) for seed in (0, 2, 5, 12)]
    run = [sys.executable, "-c", SCRIPT, *seeds]
    first = subprocess.run(run, check=True, capture_output=True, env={"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"})
    time.sleep(1.1)  # a clock in the file would show
    second = subprocess.run(run, check=True, capture_output=True, env={"PYTHONHASHSEED": "2", "TZ": "UTC", "LANG": "C"})
    assert len(set(first.stdout.split())) == len(seeds)
    assert first.stdout == second.stdout


# --- tables over several pages


@pytest.mark.parametrize("rows", [1, 30, 31, 32, 33, 34, 35, 36, 37, 38, 150])
def test_a_table_is_one_table_with_one_head_however_many_pages_it_fills(rows):
    filler = tuple(Paragraph(words("Tekst.")) for _ in range(rows % 7))
    root = tags_of(paper(*filler, long_table(rows)))
    (table,) = named(root, "Table")
    assert [each.name for each in table.kids] == ["Caption", "THead", "TBody"]
    assert [len(part.kids) for part in table.kids[1:]] == [1, rows]
    assert len(named(table, "TH")) == 2 + rows


@pytest.mark.parametrize("lines", range(20, 34))
def test_a_caption_is_never_left_alone_at_the_foot_of_a_page(lines):
    """Where WeasyPrint's own tags go wrong: a fragment of a table that holds only its caption or its head."""
    before = Paragraph(words("En linje. " * 10 * lines))
    document = paper(before, long_table(40, source=words("DREAM")))
    data = render_pdf(document, assets=assets)
    assert validate_pdf(data) == ()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (table,) = named(read_tags(pdf), "Table")
    caption, head, body = table.kids
    pages = [each.kids[0].kids[0].pages[0] for each in (head, body)]
    assert [caption.pages[0], *pages] == [caption.pages[0]] * 3


def test_two_tables_after_one_another_stay_two():
    first, second = long_table(60), long_table(60)
    root = tags_of(paper(first, Table("u", second.caption, second.columns, second.rows)))
    assert [len(each.kids[2].kids) for each in named(root, "Table")] == [60, 60]


def test_a_row_higher_than_a_page_is_still_one_row():
    long = Row((Cell(words("Lang")), Cell(words("ord " * 3000))))
    table = Table("t", words("T"), (Column(words("A")), Column(words("B"))), (long,))
    (found,) = named(tags_of(paper(table)), "Table")
    (row,) = found.kids[2].kids
    assert [each.name for each in row.kids] == ["TH", "TD"]
    assert len(set(row.kids[1].pages)) > 1


def test_a_link_in_a_repeated_head_belongs_to_the_one_link():
    columns = (Column((Link("https://example.dk", words("Navn")),)), Column(words("Antal")))
    table = Table("t", words("T"), columns, long_table(90).rows)
    data = render_pdf(paper(table), assets=assets)
    assert validate_pdf(data) == ()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(named(read_tags(pdf), "Link")) == 1


# --- paragraphs, lists and notes over several pages


def test_a_paragraph_and_a_list_over_two_pages_are_one_each():
    root = tags_of(
        paper(Paragraph(words("ord " * 1200)), ListBlock("decimal", (ListItem((Paragraph(words("x " * 900)),)),) * 9))
    )
    body = [each for each in named(root, "Part")[0].kids if each.name in {"P", "L"}]
    assert [each.name for each in body] == ["P", "L"]
    assert [kid.name for kid in body[1].kids] == ["LI"] * 9


def test_a_footnote_is_read_after_its_paragraph():
    children = (Text("Job"), Footnote(words("Også fleksjob.")), Text(" og uddannelse."))
    root = tags_of(paper(Paragraph(children), Paragraph(words("Næste."))))
    assert [each.name for each in named(root, "Part")[0].kids] == ["H1", "P", "Note", "P"]
    outline = read_pdf(render_pdf(paper(Paragraph(children)), assets=assets))
    assert outline.footnotes == ("Også fleksjob.",)
    assert "Job[1] og uddannelse." in outline.text


def test_a_word_divided_at_the_end_of_a_line_is_read_whole():
    word = "beskæftigelsesministeriets"
    text = read_pdf(render_pdf(paper(Paragraph(words(f"{word} " * 200))), assets=assets)).text
    assert "-" not in text.replace("\u2010", "-")
    assert "".join(text.split()).count(word) == 200


# --- the page


def artifacts(pdf):
    """Return the shown pieces of each page that are artifacts of pagination, by the number of their marks."""
    found = []
    for page in pdf.pages:
        marks = [op.operands for op in pikepdf.parse_content_stream(page) if str(op.operator) == "BDC"]
        found.append(
            sum(str(name) == "/Artifact" and properties.get("/Type") == "/Pagination" for name, properties in marks)
        )
    return found


def test_running_header_and_footer_are_not_read_aloud():
    document = paper(long_table(100), Annex("a", words("Metode"), (Paragraph(words("Tekst.")),)))
    with opened(document) as pdf:
        assert artifacts(pdf)[0] == 1  # "Side 1 af 5"
        assert min(artifacts(pdf)[1:]) >= 3  # short title, case numbers and page; and the repeated head
        assert "Side" not in read_pdf(render_pdf(document, assets=assets)).text


def test_the_file_says_what_the_document_says_and_knows_no_clock():
    with opened(paper(keywords=("job", "udbud"))) as pdf:
        held = {name: str(value) for name, value in pdf.docinfo.items()}
        xml = pdf.Root.Metadata.read_bytes().decode()
        assert (str(pdf.Root.Lang), bool(pdf.Root.ViewerPreferences.DisplayDocTitle)) == ("da", True)
    assert held == {
        "/Title": "Titel",
        "/Author": "Center",
        "/Subject": "Emne",
        "/Keywords": "job, udbud",
        "/Creator": "Partnerskab",
        "/Producer": held["/Producer"],
        "/CreationDate": "D:20230807",
        "/ModDate": "D:20230807",
    }
    assert "<pdfuaid:part>1</pdfuaid:part>" in xml
    assert re.search(r'pdfaid:part="3"', xml)
    assert re.search(r'pdfaid:conformance="A"', xml)


def test_bookmarks_follow_the_headings():
    headings = (Heading(2, words("Et"), is_numbered=True), Heading(3, words("Under")), Heading(2, words("To")))
    with opened(paper(*headings, Annex("a", words("Metode"), ()))) as pdf, pdf.open_outline() as outline:
        assert [(each.title, [kid.title for kid in each.children]) for each in outline.root] == [
            ("1 Et", ["Under"]),
            ("To", []),
            ("Bilag 1: Metode", []),
        ]


def test_every_font_is_ours_and_embedded():
    document = paper(Heading(2, words("Resultater")), Paragraph(words("æøå ÆØÅ – • ½ → ≥ 5")), long_table(3))
    with opened(document) as pdf:
        fonts = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
        ]
        assert {str(each.FontFamily) for each in fonts} == {"IBM Plex Sans"}
        assert all("/FontFile3" in each or "/FontFile2" in each for each in fonts)


# --- what is refused


def test_a_picture_without_alternative_text_stops_the_rendering():
    picture = Picture("p", next(iter(_pictures())), "image/png", " ", words("Billede"))
    with pytest.raises(RenderingError, match="alternative text"):
        render_pdf(paper(picture), assets=assets)


def test_a_picture_that_cannot_be_read_stops_the_rendering():
    picture = Picture("p", "0" * 64, "image/png", "Alt", words("Billede"))
    with pytest.raises(RenderingError, match="image"):
        render_pdf(paper(picture), assets=lambda _: b"not a picture")


def test_a_page_without_language_stops_the_rendering():
    with pytest.raises(RenderingError, match="lang"):
        pdf_of_html("<html><head><title>T</title></head><body><p>Tekst</p></body></html>")


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(codec="utf-8", max_codepoint=0x17F), min_size=1, max_size=60))
def test_any_text_can_be_set(text):
    children = (Text(text), Footnote((Text(text),)))
    render_pdf(paper(Heading(2, (Text("x" + text),)), Paragraph(children), title="x" + text), assets=assets)
