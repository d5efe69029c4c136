import datetime as dt

import pytest

from documents.numbering import DuplicateAnchorError, UnknownTargetError, footnotes, numbered, walk
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
    Reference,
    Row,
    Strong,
    Table,
    Text,
)


def words(text):
    return (Text(text),)


def table(anchor, *notes):
    return Table(anchor, words("Borgere"), (Column(words("Gruppe")),), (Row((Cell(words("a")),)),), notes=notes)


def chart(anchor):
    return Chart(anchor, words("Flere i job"), (), "Alt", "share", "%", (), table(""))


def picture(anchor):
    return Picture(anchor, "0" * 64, "image/png", "Alt", words("Billede"))


def document(*children, lead=()):
    return Document("Titel", "Kort", "Center", "Emne", dt.date(2023, 8, 7), children, lead=lead)


def mention(*targets):
    return Paragraph((Text("Se "), *(Reference(target) for target in targets)))


def test_references_name_tables_figures_annexes_and_numbered_headings():
    paper = numbered(
        document(
            mention("t1", "t2", "c", "p", "annex", "inner", "h"),
            Heading(2, words("Resultater"), anchor="h", is_numbered=True),
            table("t1"),
            chart("c"),
            picture("p"),
            table("t2"),
            Annex("annex", words("Metode"), (table("inner"),)),
        )
    )
    assert [reference.text for reference in paper.children[0].children[1:]] == [
        *("tabel 1", "tabel 2", "figur 1", "figur 2", "bilag 1", "tabel 3", "afsnit 1")
    ]


def test_the_data_table_of_a_chart_is_not_in_the_sequence_of_tables():
    paper = numbered(document(table("t1"), chart("c"), table("t2")))
    assert [node.number for node in walk(paper) if isinstance(node, Table)] == [1, 0, 2]


def test_headings_are_counted_by_level_and_anew_in_an_annex():
    def heading(level, is_numbered=True):
        return Heading(level, words("H"), is_numbered=is_numbered)

    paper = numbered(
        document(
            *(heading(2), heading(3), heading(3), heading(2, is_numbered=False), heading(2), heading(3), heading(4)),
            Annex("a", words("A"), (heading(3), heading(4), heading(3))),
            Annex("b", words("B"), (heading(3),)),
            heading(2),
        )
    )
    assert [node.number for node in walk(paper) if isinstance(node, Heading)] == [
        *("1", "1.1", "1.2", "", "2", "2.1", "2.1.1"),
        *("1", "1.1", "2"),
        "1",
        "3",
    ]


def test_footnotes_are_counted_from_the_lead_through_lists_tables_and_annexes():
    def note(text):
        return (Footnote(words(text)),)

    paper = numbered(
        document(
            ListBlock("bullet", (ListItem((Paragraph(note("b")),)),)),
            table("t", note("c")),
            Annex("a", words("A"), (Paragraph(note("d")),)),
            lead=note("a"),
        )
    )
    assert [(each.number, each.children[0].text) for each in footnotes(paper)] == [
        (1, "a"),
        (2, "b"),
        (3, "c"),
        (4, "d"),
    ]


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ((), "Tabel 1"),
        ((Text("Vi ser i "),), "tabel 1"),
        ((Text("Det går godt. "),), "Tabel 1"),
        ((Text("Det går godt."), Footnote(()), Text(" ")), "Tabel 1"),
        ((Text("Job"), Footnote(()), Text(" og ")), "tabel 1"),
        ((Strong(words("Nu.")), Text(" ")), "tabel 1"),
    ],
)
def test_a_reference_that_begins_a_sentence_has_a_capital_letter(before, text):
    paper = numbered(document(Paragraph((*before, Reference("t"))), table("t")))
    assert paper.children[0].children[-1].text == text


def test_an_unknown_target_is_a_named_error():
    with pytest.raises(UnknownTargetError, match="'nowhere'") as caught:
        numbered(document(mention("nowhere")))
    assert caught.value.target == "nowhere"


def test_a_heading_without_a_number_is_no_target():
    with pytest.raises(UnknownTargetError):
        numbered(document(Heading(2, words("H"), anchor="h"), mention("h")))


def test_a_link_to_a_place_that_is_not_there_is_a_named_error():
    numbered(document(Heading(2, words("H"), anchor="h"), Paragraph((Link("#h", words("her")),))))
    with pytest.raises(UnknownTargetError, match="'x'"):
        numbered(document(Paragraph((Link("#x", words("her")),))))


def test_an_anchor_used_twice_is_a_named_error():
    with pytest.raises(DuplicateAnchorError, match="'t'"):
        numbered(document(table("t"), picture("t")))


def test_numbering_again_changes_nothing():
    paper = numbered(document(mention("t", "c"), table("t"), chart("c"), Heading(2, words("H"), is_numbered=True)))
    assert numbered(paper) == paper
