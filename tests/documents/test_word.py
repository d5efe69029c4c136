import io
import zipfile
from dataclasses import replace

import docx
import pytest
import time_machine
from docx.shared import Mm
from lxml import etree

from documents import tree as t
from documents.word import render_word
from documents.word_inline import bookmark_names
from documents.word_notes import UnnumberedDocumentError
from tests.documents.generated import _pictures, assets
from tests.documents.papers import footnote, listed, paper, said, tabled
from tests.documents.readback import ItemOutline, difference
from tests.documents.readback.tree import read_tree
from tests.documents.readback.word import W, WordFile, read_word

NAMES = {"w": W[1:-1]}


def written(document: t.Document) -> bytes:
    return render_word(document, assets=assets)


def opened(document: t.Document) -> docx.document.Document:
    return docx.Document(io.BytesIO(written(document)))


def xml(document: t.Document, part: str = "document") -> etree._Element:
    return WordFile(written(document)).root(part)


def assert_reads_like_its_tree(document: t.Document) -> None:
    assert not difference(read_tree(document), read_word(written(document)))


def test_headings_have_words_own_styles():
    document = paper(
        t.Heading(2, (t.Text("Resultater"),), is_numbered=True),
        t.Heading(3, (t.Text("I job"),), is_numbered=True),
        t.Annex("b", (t.Text("Svar"),), (t.Heading(3, (t.Text("Spørgsmål"),)),)),
    )
    found = [(p.style.name, p.text) for p in opened(document).paragraphs]
    assert found == [
        ("Title", "Erfaringer med beskæftigelsesindsatser"),
        ("Heading 1", "1 Resultater"),
        ("Heading 2", "1.1 I job"),
        ("Heading 1", "Bilag 1: Svar"),
        ("Heading 2", "Spørgsmål"),
    ]


def test_properties_come_from_the_document_and_never_from_the_clock():
    properties = opened(paper(said("Tekst"), keywords=("udbud", "job"))).core_properties
    assert properties.title == "Erfaringer med beskæftigelsesindsatser"
    assert (properties.author, properties.subject) == ("Center for Eksempler", "Resultater og tilfredshed")
    assert (properties.language, properties.keywords) == ("da-DK", "udbud; job")
    assert f"{properties.created:%Y-%m-%d} {properties.modified:%Y-%m-%d}" == "2023-08-07 2023-08-07"


def test_bytes_are_the_same_on_another_day():
    document = paper(said("Tekst", footnote("Note")), tabled(("Sygemeldte", "206")))
    with time_machine.travel("2024-02-03 04:05:06"):
        then = written(document)
    with time_machine.travel("2031-11-12 13:14:15"):
        assert written(document) == then


def test_files_in_the_package_have_no_time_and_one_order():
    with zipfile.ZipFile(io.BytesIO(written(paper(said("Tekst"))))) as archive:
        names = archive.namelist()
        times = {entry.date_time for entry in archive.infolist()}
    assert names == ["[Content_Types].xml", *sorted(names[1:])]
    assert times == {(1980, 1, 1, 0, 0, 0)}


def test_language_is_danish_in_styles_and_in_every_run():
    document = paper(said("Tekst", footnote("Note")), tabled(("Sygemeldte", "206")))
    package = WordFile(written(document))
    assert package.root("styles").find("w:docDefaults//w:lang", NAMES).get(f"{W}val") == "da-DK"
    runs = [run for part in ("document", "footnotes") for run in package.root(part).iter(f"{W}t")]
    languages = {run.getparent().find("w:rPr/w:lang", NAMES).get(f"{W}val") for run in runs}
    assert languages == {"da-DK"}


def test_table_repeats_its_head_and_never_splits_a_row():
    table = xml(paper(tabled(("Sygemeldte", "206"), ("Ledige", "24")))).find(".//w:tbl", NAMES)
    rows = [[each.tag.removeprefix(W) for each in row.find("w:trPr", NAMES)] for row in table.iter(f"{W}tr")]
    assert rows == [["cantSplit", "tblHeader"], ["cantSplit"], ["cantSplit"]]


def test_table_says_what_it_is_and_marks_its_first_column():
    properties = xml(paper(tabled(("Sygemeldte", "206")))).find(".//w:tblPr", NAMES)
    assert properties.find("w:tblCaption", NAMES).get(f"{W}val") == "Tabel 1: Borgere i job"
    described = properties.find("w:tblDescription", NAMES).get(f"{W}val")
    assert described == "Tabel 1: Borgere i job. Kilde: DREAM, 7. august 2023"
    look = properties.find("w:tblLook", NAMES)
    assert (look.get(f"{W}firstRow"), look.get(f"{W}firstColumn")) == ("1", "1")


def test_figures_stand_at_the_right_and_labels_at_the_left():
    table = opened(paper(tabled(("Sygemeldte", "206")))).tables[0]
    styles = [[cell.paragraphs[0].style.name for cell in row.cells] for row in table.rows]
    assert styles == [["Table Head", "Table Head Number"], ["Table Text", "Table Number"]]


def test_table_has_horizontal_rules_only():
    document = opened(paper(tabled(("Sygemeldte", "206"))))
    borders = document.tables[0].style.element.find("w:tblPr/w:tblBorders", NAMES)
    assert {each.tag.removeprefix(W) for each in borders} == {"top", "bottom", "insideH"}


def test_row_with_another_number_of_cells_than_columns_is_refused():
    with pytest.raises(ValueError, match="zip"):
        written(paper(tabled(("Sygemeldte", "206", "9"))))


def test_columns_fill_the_text_and_no_figure_is_broken():
    group = "Sygemeldte borgere (sygedagpenge og borgere i jobafklaringsforløb)"
    document = opened(paper(tabled((group, "3.393", "206 (6,1 %)"), head=("Gruppe", "Borgere", "I job"))))
    widths = [column.width for column in document.tables[0].columns]
    section = document.sections[0]
    assert sum(widths) == section.page_width - section.left_margin - section.right_margin
    assert widths[0] > widths[2] > widths[1] > Mm(12)


def test_page_is_a4_with_header_from_the_second_page():
    section = opened(paper(said("Tekst"))).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == ""
    assert section.header.paragraphs[0].text == "Erfaringer\tF2 2023 - 7083"


def test_footer_counts_pages_with_fields_on_every_page():
    section = opened(paper(said("Tekst"))).sections[0]
    for footer in (section.first_page_footer, section.footer):
        element = footer.paragraphs[0]._p
        assert "".join(each.text for each in element.iter(f"{W}t")) == "Side 1 af 1"
        assert [each.get(f"{W}instr") for each in element.iter(f"{W}fldSimple")] == ["PAGE", "NUMPAGES"]


def test_annex_begins_on_a_new_page_with_its_number_in_the_header():
    annexes = [t.Annex(f"b{n}", (t.Text("Svar"),), (tabled(("Ledige", "24"), anchor=f"t{n}"),)) for n in (1, 2)]
    first, *others = opened(paper(said("Tekst"), *annexes)).sections
    assert "Bilag" not in first.header.paragraphs[0].text
    headers = [section.header.paragraphs[0].text for section in others]
    assert headers == ["Bilag 1 · Erfaringer\tF2 2023 - 7083", "Bilag 2 · Erfaringer\tF2 2023 - 7083"]
    assert {section.start_type.name for section in others} == {"NEW_PAGE"}


def test_facts_are_one_frame_of_paragraphs_read_between_title_and_lead():
    facts = (t.Fact("Dato", "7. august 2023"), t.Fact("Sagsnummer i F2", "2023 - 7083"))
    document = opened(paper(said("Tekst"), facts=facts, lead=(t.Text("Kort fortalt."),)))
    assert [p.style.name for p in document.paragraphs[:6]] == ["Title", *["Fact Label", "Fact Value"] * 2, "Lead"]
    frames = [p._p.find("w:pPr/w:framePr", NAMES) for p in document.paragraphs[1:5]]
    assert len({etree.tostring(frame) for frame in frames}) == 1


def test_references_lead_to_bookmarks_around_captions():
    document = paper(said("Se ", t.Reference("tabel-1"), "."), tabled(("Ledige", "24"), anchor="tabel-1"))
    body = xml(document)
    link, mark = body.find(".//w:hyperlink", NAMES), body.find(".//w:bookmarkStart", NAMES)
    assert link.get(f"{W}anchor") == mark.get(f"{W}name") == "tabel_1"
    assert "".join(mark.getparent().itertext()) == "Tabel 1: Borgere i job"


def test_bookmark_names_are_legal_and_differ():
    names = bookmark_names(["tabel-1", "tabel 1", "Tabel_1", "1", "å" * 60, "å" * 59 + "b"])
    assert list(names.values())[:4] == ["tabel_1", "tabel_1_2", "Tabel_1_3", "a_1"]
    assert len({name.lower() for name in names.values()}) == 6
    assert max(len(name) for name in names.values()) <= 40


def test_links_that_no_document_may_carry_are_text_alone():
    links = [t.Link(href, (t.Text(href),)) for href in ("javascript:alert(1)", "file:///etc/passwd", "mailto:")]
    assert read_word(written(paper(said(*links)))).links == ()


def test_address_with_signs_that_word_refuses_is_escaped():
    href = "https://example.dk/sag?navn=æble&b=%20|{1}"
    [(found, _)] = read_word(written(paper(said(t.Link(href, (t.Text("sagen"),)))))).links
    assert found == "https://example.dk/sag?navn=%C3%A6ble&b=%20%7C%7B1%7D"


def test_footnotes_are_words_own_and_counted_in_order():
    document = paper(said(*(part for n in range(1, 31) for part in ("tekst ", footnote(f"Note nummer {n}")))))
    package = WordFile(written(document))
    notes = package.root("footnotes")
    assert [note.get(f"{W}type") for note in notes][:3] == ["separator", "continuationSeparator", None]
    assert read_word(package.data).footnotes == tuple(f"Note nummer {n}" for n in range(1, 31))
    styles = {each.find("w:pPr/w:pStyle", NAMES).get(f"{W}val") for each in notes[2].iter(f"{W}p")}
    assert styles == {"FootnoteText"}
    marks = package.root("document").findall(".//w:footnoteReference/../w:rPr/w:rStyle", NAMES)
    assert {mark.get(f"{W}val") for mark in marks} == {"FootnoteReference"}


def test_link_in_a_footnote_belongs_to_the_part_of_the_footnotes():
    note = t.Footnote((t.Text("Se "), t.Link("https://example.dk/metode", (t.Text("metoden"),))))
    assert read_word(written(paper(said("Tekst", note)))).links == (("https://example.dk/metode", "metoden"),)


def test_document_that_was_not_numbered_is_refused():
    document = paper(said("Tekst", footnote("Note")))
    block = said("Tekst", footnote("Note"))
    with pytest.raises(UnnumberedDocumentError, match="footnote 1 in the text has number 0"):
        written(replace(document, children=(block,)))


def test_each_list_begins_at_one():
    items = read_word(
        written(paper(listed("decimal", "en", "to"), listed("at", "at tre"), listed("bullet", "fire")))
    ).items
    assert [item.marker for item in items] == ["1.", "2.", "1.", "•"]


def test_nested_lists_keep_their_depth_and_the_outer_count():
    inner = listed("decimal", [said("b1"), listed("decimal", "c1", "c2")], "b2")
    again = listed("decimal", "b3")
    document = paper(listed("decimal", [said("a1"), inner, said("mere a1")], [said("a2"), again], "a3"))
    assert read_word(written(document)).items == (
        ItemOutline(1, "1.", "a1 mere a1"),
        ItemOutline(2, "1.", "b1"),
        ItemOutline(3, "1.", "c1"),
        ItemOutline(3, "2.", "c2"),
        ItemOutline(2, "2.", "b2"),
        ItemOutline(1, "2.", "a2"),
        ItemOutline(2, "1.", "b3"),
        ItemOutline(1, "3.", "a3"),
    )


def test_item_without_a_text_of_its_own_keeps_its_number():
    items = read_word(written(paper(listed("decimal", [listed("bullet", "inderst")], "to")))).items
    assert items == (ItemOutline(1, "1.", ""), ItemOutline(2, "•", "inderst"), ItemOutline(1, "2.", "to"))


def test_pictures_carry_their_alternative_and_fit_the_page():
    pictures = [
        t.Picture(f"p{n}", sha256, media_type, f"Billede af {n} & <mere>", (t.Text("Et billede"),))
        for n, (sha256, (media_type, _)) in enumerate(_pictures().items())
    ]
    document = paper(*pictures)
    assert read_word(written(document)).alternatives == tuple(f"Billede af {n} & <mere>" for n in range(3))
    shapes = opened(document).inline_shapes
    assert [(round(each.width.mm), round(each.height.mm)) for each in shapes] == [(16, 11), (79, 53), (129, 200)]


def test_danish_signs_and_what_other_formats_would_escape_survive():
    text = "Æblegrød på øen: 50\u00a0% ≥ 5 — »ja« <b> &amp; ‑ … \U0001f600"
    document = paper(t.Heading(2, (t.Text(text),)), said(text), tabled((text, "−3 ½")))
    assert_reads_like_its_tree(document)
    assert read_word(written(document)).headings[1] == (2, text)


def test_signs_that_xml_forbids_are_left_out_and_line_breaks_become_spaces():
    assert read_word(written(paper(said("a\x00b\x0bc\nd\te\ufffe")))).text.endswith("abc d e")


def test_soft_hyphens_are_words_own():
    run = xml(paper(said("ressource\u00adforløb"))).findall(".//w:body/w:p", NAMES)[-1].find("w:r", NAMES)
    assert [each.tag.removeprefix(W) for each in run] == ["rPr", "t", "softHyphen", "t"]


def test_emphasis_inside_emphasis_is_both():
    words = t.Strong((t.Text("vigtig "), t.Emphasis((t.Text("sag"),))))
    runs = opened(paper(said(words))).paragraphs[-1].runs
    assert [(run.text, bool(run.bold), bool(run.italic)) for run in runs] == [
        ("vigtig ", True, False),
        ("sag", True, True),
    ]


def test_very_long_table_with_empty_cells_keeps_every_row():
    rows = [(f"Række {n}", "" if n % 3 else f"{n}") for n in range(600)]
    document = paper(tabled(*rows))
    assert_reads_like_its_tree(document)
    assert len(read_word(written(document)).tables[0].rows) == 601


def test_table_last_in_the_document_is_followed_by_a_paragraph():
    table = replace(tabled(("Ledige", "24")), source=())
    tags = [each.tag.removeprefix(W) for each in xml(paper(table))[0]]
    assert tags[-3:] == ["tbl", "p", "sectPr"]


def test_total_row_is_set_apart_by_a_rule_and_bold():
    table = tabled(("Ledige", "24"), ("I alt", "24"))
    total = opened(paper(replace(table, rows=(table.rows[0], replace(table.rows[1], kind="total"))))).tables[0].rows[-1]
    assert all(cell.paragraphs[0].runs[0].bold for cell in total.cells)
    assert len(total._tr.findall(".//w:tcBorders/w:top", NAMES)) == 2


def test_document_without_any_block_still_opens():
    assert [p.text for p in opened(paper()).paragraphs] == ["Erfaringer med beskæftigelsesindsatser"]
