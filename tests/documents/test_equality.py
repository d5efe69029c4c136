"""Web page, PDF and Word file say the same, in the same order, and what the tree says."""

import io
import re
import zipfile

import docx
import lxml.html
import pikepdf
import pytest

from documents import tree as t
from documents.html import render_html
from documents.numbering import numbered
from documents.pdf import render_pdf
from documents.word import render_word
from tests.documents.generated import assets, documents
from tests.documents.papers import PAPERS, footnote, listed, paper, said, tabled
from tests.documents.readback import Outline, difference, squeezed
from tests.documents.readback.html import read_html
from tests.documents.readback.pdf import read_pdf
from tests.documents.readback.tree import read_tree
from tests.documents.readback.word import read_word

SEEDS = [
    *range(25),
    *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(25, 75)),
    *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(75, 200)),
]


def assert_all_say_the_same(document: t.Document) -> None:
    expected = read_tree(document)
    assert_same(expected, read_html(render_html(document, assets=assets)), "web page")
    assert_same(expected, read_word(render_word(document, assets=assets)), "Word file")
    assert_same(squeezed(expected), squeezed(read_pdf(render_pdf(document, assets=assets))), "PDF")


def assert_same(expected: Outline, actual: Outline, name: str) -> None:
    if found := difference(expected, actual):
        pytest.fail(f"the {name} differs from the tree: {found}", pytrace=False)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_format_says_what_the_tree_says(seed):
    assert_all_say_the_same(numbered(documents(seed)))


@pytest.mark.parametrize("name", PAPERS)
def test_hard_papers_say_the_same_in_every_format(name):
    assert_all_say_the_same(PAPERS[name])


def test_title_author_subject_keywords_language_and_date_are_the_same_in_every_format():
    document = paper(said("Tekst"), keywords=("udbud", "tilfredshed & job"))
    page = lxml.html.document_fromstring(render_html(document, assets=assets))
    meta = {each.get("name"): each.get("content") for each in page.iter("meta")}
    word = docx.Document(io.BytesIO(render_word(document, assets=assets))).core_properties
    with pikepdf.open(io.BytesIO(render_pdf(document, assets=assets))) as pdf:
        info = {name: str(value) for name, value in pdf.docinfo.items()}
        languages = [page.get("lang"), str(pdf.Root.Lang), word.language.removesuffix("-DK")]
    assert languages == ["da"] * 3
    assert page.findtext(".//title") == info["/Title"] == word.title == document.title
    assert meta["author"] == info["/Author"] == word.author == document.author
    assert meta["description"] == info["/Subject"] == word.subject == document.subject
    assert meta["keywords"] == info["/Keywords"] == word.keywords.replace(";", ",") == "udbud, tilfredshed & job"
    dates = [meta["dcterms.created"], meta["dcterms.modified"], info["/CreationDate"], info["/ModDate"]]
    assert (
        {re.sub(r"\D", "", date)[:8] for date in dates}
        == {f"{word.created:%Y%m%d}", f"{word.modified:%Y%m%d}"}
        == {"20230807"}
    )


# --- the readers see what is wrong, and say where

EXAMPLE = paper(
    said("Se ", t.Reference("tabel"), footnote("Første"), footnote("Anden")),
    tabled(("Sygemeldte", "206"), ("Ledige", "24")),
    listed("decimal", "en", "to"),
    listed("decimal", "tre"),
)


def damaged_word(part: str, pattern: str, replacement: str) -> str:
    """Return the difference found after one replacement in a part of a Word file."""
    data, out = render_word(EXAMPLE, assets=assets), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == f"word/{part}.xml":
                text, count = re.subn(pattern.encode(), replacement.encode(), text, count=1)
                assert count == 1
            target.writestr(name, text)
    return difference(read_tree(EXAMPLE), read_word(out.getvalue()))


@pytest.mark.parametrize(
    ("part", "pattern", "replacement", "found"),
    [
        ("document", ">206<", ">207<", "tables[0].rows[1][1].text, character 2:"),
        ("document", "<w:tblHeader/>", "", "tables[0].rows[0][1].is_header: expected True, got False"),
        ("document", 'firstColumn="1"', 'firstColumn="0"', "tables[0].rows[1][0].is_header: expected True, got False"),
        ("document", 'w:anchor="tabel"', 'w:anchor="andet"', "links[0][0], character 1:"),
        (
            "document",
            'w:pStyle w:val="Title"',
            'w:pStyle w:val="BodyText"',
            "headings: expected 1, got 0; missing: (1,",
        ),
        ("numbering", '(w:numId="2">.*?)<w:lvlOverride.*?</w:lvlOverride>', r"\1", "items[2].marker, character 0:"),
        ("footnotes", ">Anden<", ">Første<", "footnotes[1], character 0:"),
    ],
)
def test_damage_in_a_word_file_is_found(part, pattern, replacement, found):
    assert found in damaged_word(part, pattern, replacement)


def damaged_pdf(tag: str, damage) -> str:
    """Return the difference found after the first element with this tag was damaged."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(render_pdf(EXAMPLE, assets=assets))) as pdf:
        damage(next(each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == tag))
        pdf.save(out)
    return difference(squeezed(read_tree(EXAMPLE)), squeezed(read_pdf(out.getvalue())))


def retag(tag: str):
    return lambda element: element.__setitem__("/S", pikepdf.Name(tag))


def reverse(element: pikepdf.Dictionary) -> None:
    element.K = pikepdf.Array(reversed(list(element.K)))


@pytest.mark.parametrize(
    ("tag", "damage", "found"),
    [
        ("/H1", retag("/P"), "headings: expected 1, got 0"),
        ("/TBody", reverse, "tables[0].rows[1][0].text, character 0:"),
        ("/L", reverse, "items[0].marker, character 0:"),
        ("/Note", retag("/Div"), "footnotes[0], character 0:"),
        ("/Link", retag("/Span"), "links: expected 1, got 0"),
    ],
)
def test_damage_in_the_tags_of_a_pdf_is_found(tag, damage, found):
    assert found in damaged_pdf(tag, damage)


def test_header_cell_in_a_pdf_that_does_not_say_what_it_heads_is_found():
    with pytest.raises(AssertionError, match="heads"):
        damaged_pdf("/TD", retag("/TH"))


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("206</td>", "207</td>", "tables[0].rows[1][1].text, character 2:"),
        ('<th scope="row">Ledige</th>', "<td>Ledige</td>", "tables[0].rows[2][0].is_header: expected True, got False"),
        ("<h1>", "<h2>", "headings[0][0]: expected 1, got 2"),
        ("Anden ", "Første ", "footnotes[1], character 0:"),
        ('<ol class="decimal"><li><p>tre</p></li></ol>', "", "items: expected 3, got 2; missing:"),
    ],
)
def test_damage_in_a_web_page_is_found(old, new, found):
    page = render_html(EXAMPLE, assets=assets)
    assert old in page
    assert found in difference(read_tree(EXAMPLE), read_html(page.replace(old, new)))
