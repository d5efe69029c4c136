import datetime as dt
import itertools
import re
from collections import Counter

import pytest
from lxml import html as parser

from documents.html import render_body, render_html, render_print
from documents.links import is_allowed
from documents.numbering import numbered
from documents.tree import (
    Annex,
    Cell,
    Column,
    Document,
    Fact,
    Footnote,
    Heading,
    Link,
    ListBlock,
    ListItem,
    Note,
    Paragraph,
    Picture,
    Quote,
    Row,
    Table,
    Text,
    Value,
)
from tests.documents.generated import _pictures, assets, documents

NASTY = "<script>alert('x')</script> & \"citat\" 'x'\x00\x08"


def words(text):
    return (Text(text),)


def paper(*children, **fields):
    held = {
        "title": "Titel",
        "short_title": "Kort",
        "author": "Center",
        "subject": "Emne",
        "dated_on": dt.date(2023, 8, 7),
    }
    return numbered(Document(**{**held, **fields}, children=children))


def page(document):
    return parser.document_fromstring(render_html(document, assets=assets))


def nasty_document():
    table = Table("t", words(NASTY), (Column(words(NASTY), unit=NASTY),), (Row((Cell(words(NASTY)),)),), words(NASTY))
    blocks = (
        Heading(2, words(NASTY), anchor=NASTY),
        Paragraph((Text(NASTY), Value(NASTY), Footnote(words(NASTY)), Link("https://a.dk/?a=\"'<b>", words(NASTY)))),
        ListBlock("at", (ListItem((Paragraph(words(NASTY)),)),)),
        Quote((Paragraph(words(NASTY)),), words(NASTY)),
        Note(NASTY, (Paragraph(words(NASTY)),)),
        table,
        Picture("p", next(iter(_pictures())), "image/png", NASTY, words(NASTY)),
        Annex("a", words(NASTY), ()),
    )
    names = ("title", "short_title", "author", "subject", "case_numbers")
    return paper(*blocks, **dict.fromkeys(names, NASTY), keywords=(NASTY,), facts=(Fact(NASTY, NASTY),))


@pytest.mark.parametrize("render", [render_html, render_body, render_print])
def test_text_is_never_markup(render):
    written = render(nasty_document(), assets=assets)
    assert "<script" not in written
    assert "\x00" not in written
    assert "\x08" not in written
    root = parser.document_fromstring(written)
    assert not root.xpath("//script")
    assert not [name for each in root.iter() for name in each.attrib if name.startswith("on")]


def test_a_nasty_title_is_shown_as_written():
    assert page(nasty_document()).find(".//h1").text == NASTY.rstrip("\x00\x08")


@pytest.mark.parametrize(
    ("href", "allowed"),
    [
        ("https://www.example.dk/a?b=c#d", True),
        ("HTTP://example.dk", True),
        ("mailto:center@example.dk", True),
        ("#tabel", True),
        ("#", False),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("https://a.dk/\njavascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//example.dk", False),
        ("/sager/1", False),
        ("https:", False),
        ("https:///x", False),
        ("", False),
    ],
)
def test_links_lead_to_web_mail_and_the_document_itself_alone(href, allowed):
    assert is_allowed(href) is allowed


def test_a_link_that_is_not_allowed_is_shown_as_text():
    main = page(paper(Paragraph((Link("javascript:alert(1)", words("her")),)))).find(".//main")
    assert not main.xpath(".//a")
    assert main.text_content().split() == ["Titel", "her"]


@pytest.mark.parametrize("seed", range(8))
def test_a_page_that_stands_alone_asks_for_nothing(seed):
    written = render_html(numbered(documents(seed)), assets=assets)
    root = parser.document_fromstring(written)
    sources = root.xpath("//@src | //link/@href | //@srcset | //@data | //@poster | //object | //iframe | //script")
    assert [each for each in sources if not each.startswith("data:image/")] == []
    for css in root.xpath("//style/text()"):
        assert "@import" not in css
        assert all(each.startswith('"data:font/woff2;base64,') for each in re.findall(r"url\(([^)]{0,60})", css))


def test_a_page_without_pictures_is_small():
    assert len(render_html(paper(Paragraph(words("Kort"))), assets=assets)) < 120_000


@pytest.mark.parametrize("seed", range(12))
def test_markup_is_sound(seed):
    document = numbered(documents(seed))
    root = page(document)
    assert root.get("lang") == "da"
    assert not root.xpath("//@style"), "a strict content policy forbids style attributes"
    assert [name for name, count in Counter(root.xpath("//@id")).items() if count > 1] == []
    assert set(root.xpath("//a/@href[starts-with(., '#')]")) <= {f"#{name}" for name in root.xpath("//@id")}
    levels = [int(each.tag[1]) for each in root.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_metadata_are_the_documents():
    document = paper(keywords=("job", "udbud"), language="da")
    root = page(document)
    held = {each.get("name"): each.get("content") for each in root.xpath("//meta[@name]")}
    assert root.findtext(".//title") == "Titel"
    assert held == {
        "viewport": "width=device-width, initial-scale=1",
        "author": "Center",
        "description": "Emne",
        "keywords": "job, udbud",
        "generator": "Partnerskab",
        "dcterms.created": "2023-08-07",
        "dcterms.modified": "2023-08-07",
    }


def test_a_table_says_what_its_header_cells_head():
    columns = (Column(()), Column(words("Borgere"), unit="antal", is_numeric=True))
    rows = (
        Row((Cell(words("Unge")), Cell(words("1.286")))),
        Row((Cell(words("I alt")), Cell(words("9"))), kind="total"),
    )
    root = page(paper(Table("t", words("Borgere i job"), columns, rows, words("DREAM"), (words("Note"),))))
    table = root.find(".//table")
    assert table.find("caption").text_content() == "Tabel 1: Borgere i job"
    assert [(each.tag, each.get("scope"), each.text_content()) for each in table.iter("th", "td")] == [
        ("td", None, ""),
        ("th", "col", "Borgere antal"),
        ("th", "row", "Unge"),
        ("td", None, "1.286"),
        ("th", "row", "I alt"),
        ("td", None, "9"),
    ]
    assert [each.get("class") for each in table.iter("tr")] == [None, None, "total"]
    assert [each.text_content() for each in root.xpath("//div[@class='table']/p")] == ["Kilde: DREAM", "Note"]


def test_a_scrolling_region_can_be_reached_by_keyboard_and_has_a_name():
    root = page(numbered(documents(3)))
    regions = root.xpath("//div[@role='region']")
    assert regions
    assert all(each.get("tabindex") == "0" and each.get("aria-label") for each in regions)


def test_a_footnote_on_screen_leads_to_its_note_and_back():
    root = page(paper(Paragraph((Text("Job"), Footnote(words("Også fleksjob."))))))
    mark = root.xpath("//a[@role='doc-noteref']")[0]
    note = root.get_element_by_id(mark.get("href")[1:])
    assert note.text_content().startswith("Også fleksjob.")
    assert note.xpath(".//a[@role='doc-backlink']/@href") == [f"#{mark.get('id')}"]


def test_a_footnote_in_print_stands_where_its_mark_is():
    written = render_print(paper(Paragraph((Text("Job"), Footnote(words("Også fleksjob."))))), assets=assets)
    assert 'Job<span class="footnote" data-number="1">Også fleksjob.</span></p>' in written
    assert "doc-endnotes" not in written


def test_a_figure_that_may_not_leave_is_marked_where_it_still_stands():
    root = page(paper(Paragraph((Value("4", is_hidden=True), Value("62")))))
    assert [each.text for each in root.xpath("//span[@class='restricted']")] == ["4"]


def test_the_body_for_a_page_of_its_own_has_neither_title_nor_styles():
    written = render_body(paper(Heading(2, words("Resultater")), lead=words("Kort sagt")), assets=assets)
    assert written == '<p class="lead">Kort sagt</p>\n<h2>Resultater</h2>'


def test_points_of_an_indstilling_are_numbered_and_say_what_they_say():
    points = tuple(ListItem((Paragraph(words(each)),)) for each in ("at udvalget drøfter,", "at udvalget beslutter."))
    listing = page(paper(ListBlock("at", points))).xpath("//ol[@class='at']")[0]
    assert [each.text_content() for each in listing] == ["at udvalget drøfter,", "at udvalget beslutter."]
