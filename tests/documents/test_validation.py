import datetime as dt
import io
import zlib
from functools import cache

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from documents.numbering import numbered
from documents.pdf import render_pdf
from documents.tree import (
    Cell,
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
from documents.validation import TAGS, Problem, validate_pdf
from tests.documents.generated import _pictures, assets


def words(text):
    return (Text(text),)


@cache
def sound_pdf():
    columns = (Column(words("Gruppe")), Column(words("Antal"), is_numeric=True))
    rows = tuple(Row((Cell(words(f"Gruppe {n}")), Cell(words(str(n))))) for n in range(60))
    blocks = (
        Heading(2, words("Resultater")),
        Paragraph((Text("Job"), Footnote(words("Også fleksjob.")), Link("https://example.dk", words("her")))),
        ListBlock("bullet", tuple(ListItem((Paragraph(words(each)),)) for each in ("Et", "To"))),
        Table("t", words("Tabel"), columns, rows),
        Picture("p", next(iter(_pictures())), "image/png", "Alt", words("Billede")),
        Paragraph(words("Slut.")),
    )
    held = {"title": "Titel", "short_title": "Kort", "author": "Center", "subject": "Emne"}
    return render_pdf(numbered(Document(**held, dated_on=dt.date(2023, 8, 7), children=blocks)), assets=assets)


def changed(change):
    with pikepdf.open(io.BytesIO(sound_pdf())) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def below(element, tag):
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            if Name(f"/{tag}") == kid.S:
                yield kid
            yield from below(kid, tag)


def first(pdf, tag):
    return next(below(pdf.Root.StructTreeRoot, tag))


def own_rules(data):
    return {problem.rule for problem in validate_pdf(data) if problem.standard == TAGS}


def standards(data):
    return {problem.standard for problem in validate_pdf(data)}


def test_a_sound_file_has_no_problems():
    assert validate_pdf(sound_pdf()) == ()


def test_saving_a_sound_file_again_makes_no_problems():
    assert validate_pdf(changed(lambda pdf: None)) == ()


def remove_scope(pdf):
    del first(pdf, "TH").A.Scope


def remove_alternative(pdf):
    del first(pdf, "Figure")[Name.Alt]


def remove_identifier(pdf):
    del first(pdf, "Note")[Name.ID]


def empty_heading(pdf):
    first(pdf, "H2")[Name.K] = Array()


def drop_cell(pdf):
    row = list(below(first(pdf, "TBody"), "TR"))[1]
    row[Name.K] = Array(list(row.K)[:1])


def split_table(pdf):
    table = first(pdf, "Table")
    rows = list(first(pdf, "TBody").K)
    first(pdf, "TBody")[Name.K] = Array(rows[:30])
    body = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.TBody, K=Array(rows[30:])))
    rest = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Table, P=table.P, K=Array([body])))
    body[Name.P] = rest
    for row in rows[30:]:
        row[Name.P] = body
    table.P[Name.K] = Array([*table.P.K, rest])


def repeat_head(pdf):
    table = first(pdf, "Table")
    row = list(below(first(pdf, "TBody"), "TR"))[30]
    head = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.THead, P=table, K=Array([row])))
    row[Name.P] = head
    first(pdf, "TBody")[Name.K] = Array([each for each in first(pdf, "TBody").K if each.objgen != row.objgen])
    table[Name.K] = Array([*table.K, head])


def reverse_order(pdf):
    part = first(pdf, "Part")
    part[Name.K] = Array(list(part.K)[::-1])


def without(place, name):
    def remove(pdf):
        del getattr(pdf, place)[Name(f"/{name}")]

    return remove


def merge_label(pdf):
    item = first(pdf, "LI")
    item[Name.K] = Array([list(item.K)[1]])


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (remove_scope, "no-scope"),
        (remove_alternative, "no-alternative"),
        (remove_identifier, "note-identifier"),
        (empty_heading, "empty"),
        (drop_cell, "uneven-table"),
        (split_table, "split-table"),
        (repeat_head, "repeated-head"),
        (reverse_order, "order"),
        (merge_label, "list-item"),
        (without("Root", "Lang"), "no-language"),
        (without("docinfo", "Title"), "no-title"),
        (without("Root", "StructTreeRoot"), "no-tags"),
    ],
)
def test_a_misleading_tag_is_found(change, rule):
    assert rule in own_rules(changed(change))


def test_a_breach_of_the_standards_is_found():
    assert "PDF/UA-1" in standards(changed(remove_alternative))
    assert "PDF/A-3a" in standards(changed(without("Root", "OutputIntents")))


def test_a_file_without_either_identifier_is_found():
    def forget(pdf):
        xml = pdf.Root.Metadata.read_bytes().replace(b"<pdfuaid:part>1</pdfuaid:part>", b"")
        pdf.Root.Metadata = pdf.make_stream(xml, Type=Name.Metadata, Subtype=Name.XML)

    assert standards(changed(forget)) == {"PDF/UA-1"}


@pytest.mark.parametrize("data", [b"", b"not a PDF", b"%PDF-1.7\n%%EOF"], ids=["empty", "text", "head"])
def test_what_is_no_pdf_is_one_problem(data):
    (problem,) = validate_pdf(data)
    assert (problem.standard, problem.rule) == (TAGS, "unreadable")
    assert problem.message


# --- the two known false alarms, and their neighbours that are none


def with_stream(compressed, length):
    """Return the sound file with one more stream, in an older form of PDF that can be written by hand."""
    with pikepdf.open(io.BytesIO(sound_pdf())) as pdf:
        pdf.Root.Extra = pdf.make_stream(b"X" * 400)
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    old = b"<< /Length 400 >>\nstream\n" + b"X" * 400 + b"\nendstream"
    assert old in out.getvalue()
    new = b"<< /Length %d >>\nstream\n" % length + compressed + b"\nendstream"
    return out.getvalue().replace(old, new.ljust(len(old)))


def test_data_ending_in_a_carriage_return_are_no_wrong_length():
    assert validate_pdf(with_stream(b"A" * 300 + b"\r", 301)) == ()


def test_a_length_that_is_wrong_is_found():
    assert [each.rule for each in validate_pdf(with_stream(b"A" * 300, 290))] != []


def test_compressed_metadata_are_no_breach():
    def compress(pdf):
        xml = zlib.compress(pdf.Root.Metadata.read_bytes())
        pdf.Root.Metadata = pikepdf.Stream(pdf, xml, Type=Name.Metadata, Subtype=Name.XML, Filter=Name.FlateDecode)

    data = changed(compress)
    assert b"/Type /Metadata" in data
    assert validate_pdf(data) == ()


def test_a_problem_names_its_standard_and_rule():
    problem = next(each for each in validate_pdf(changed(remove_alternative)) if each.standard == "PDF/UA-1")
    assert problem == Problem("PDF/UA-1", problem.rule, problem.message)
    assert problem.rule.startswith("PDFUA1-")
