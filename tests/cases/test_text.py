from __future__ import annotations

import pytest

from cases.assembly.text import blocks_of, inlines_of, plain
from documents import tree as t

VALUE = t.Value("ca. 12.000", ("observation-1",))
NOTE = t.Footnote((t.Text("En note."),))


def test_paragraphs_keep_their_formatting() -> None:
    assert blocks_of("<p>Det er <b>vigtigt</b> og <i>nyt</i>.</p><p>To.</p>", {}) == (
        t.Paragraph(
            (
                t.Text("Det er "),
                t.Strong((t.Text("vigtigt"),)),
                t.Text(" og "),
                t.Emphasis((t.Text("nyt"),)),
                t.Text("."),
            )
        ),
        t.Paragraph((t.Text("To."),)),
    )


def test_lists_nest() -> None:
    source = "<ul><li>A<ol><li>Et</li></ol></li><li>B</li></ul>"
    inner = t.ListBlock("decimal", (t.ListItem((t.Paragraph((t.Text("Et"),)),)),))
    assert blocks_of(source, {}) == (
        t.ListBlock(
            "bullet",
            (
                t.ListItem((t.Paragraph((t.Text("A"),)), inner)),
                t.ListItem((t.Paragraph((t.Text("B"),)),)),
            ),
        ),
    )


def test_marks_are_replaced_where_they_stand() -> None:
    source = "<p>I alt {borgere} borgere{note}, se {tabel}.</p>"
    marks = {"borgere": (VALUE,), "note": (NOTE,), "tabel": (t.Reference("tabel-job"),)}
    assert blocks_of(source, marks) == (
        t.Paragraph(
            (t.Text("I alt "), VALUE, t.Text(" borgere"), NOTE, t.Text(", se "), t.Reference("tabel-job"), t.Text("."))
        ),
    )


def test_a_mark_works_inside_bold_text() -> None:
    assert blocks_of("<p><b>{borgere}</b></p>", {"borgere": (VALUE,)}) == (t.Paragraph((t.Strong((VALUE,)),)),)


def test_unknown_marks_stay_as_written() -> None:
    assert plain("Se {ukendt} her", {}) == (t.Text("Se {ukendt} her"),)


def test_links_keep_their_address() -> None:
    source = '<p>Læs <a href="https://kommune.example/a">mere</a></p>'
    link = t.Link("https://kommune.example/a", (t.Text("mere"),))
    assert blocks_of(source, {}) == (t.Paragraph((t.Text("Læs "), link)),)


@pytest.mark.parametrize("source", ["", "   ", "<p></p>", "<p> </p>"])
def test_empty_text_gives_nothing(source: str) -> None:
    assert blocks_of(source, {}) == ()


def test_inlines_of_joins_paragraphs() -> None:
    assert inlines_of("<p>Et</p><p>To</p>", {}) == (t.Text("Et"), t.Text(" "), t.Text("To"))


def test_spaces_that_must_not_break_are_kept() -> None:
    assert plain("4,8\u00a0%", {}) == (t.Text("4,8\u00a0%"),)
    assert blocks_of("<p>4,8\u00a0%\n  af alle</p>", {}) == (t.Paragraph((t.Text("4,8\u00a0% af alle"),)),)
