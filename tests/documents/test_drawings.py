import io
import itertools

import pytest
from lxml import etree
from PIL import Image

from documents import tree as t
from documents.charts import chart_png, chart_svg
from documents.drawings import COLOURS, DASHES, Box, Drawing, Stroke, Symbol, Words, drawing_svg
from documents.html import render_html
from documents.pdf import render_pdf
from documents.serialisation import from_data, to_data
from documents.validation import validate_pdf
from documents.word import render_word
from tests.documents.generated import assets
from tests.documents.papers import paper, tabled
from tests.documents.readback import difference
from tests.documents.readback.pdf import read_pdf
from tests.documents.readback.tree import read_tree
from tests.documents.readback.word import read_word

SHAPES = (
    Stroke(((10, 90), (190, 10)), 2, "grey", "dashed"),
    Box(20, 20, 30, 12, "faint"),
    *(
        Symbol(40 + 20 * place, 60, kind)
        for place, kind in enumerate(("circle", "ring", "diamond", "square", "left", "right"))
    ),
    Words(100, 50, "Ådal & Søn <b>\x07", "middle", is_strong=True),
)
DRAWING = Drawing(200, 100, SHAPES)


def chart(drawing=DRAWING):
    words = (t.Text("Ingen afviger"),)
    return t.Chart("figur", words, words, "Tegning af tal.", "drawing", "", (), tabled(("Alfa", "12")), drawing=drawing)


def test_every_shape_is_written_and_words_are_escaped():
    root = etree.fromstring(drawing_svg(DRAWING).encode())
    assert [each.tag.split("}")[1] for each in root] == ["path", "rect", "circle", "circle", *["polygon"] * 4, "text"]
    assert root[-1].text == "Ådal & Søn <b>"
    assert root.get("viewBox") == "0 0 200 100"
    assert root.get("width") is None


def test_a_line_through_fewer_than_two_places_is_none():
    assert "<path" not in drawing_svg(Drawing(10, 10, (Stroke(()), Stroke(((1, 1),)))))


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return sum(
        weight * (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
        for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True)
    )


def test_tones_that_carry_meaning_stand_out_from_paper_in_grey():
    paper_light = luminance(COLOURS["paper"])
    contrast = {tone: (paper_light + 0.05) / (luminance(COLOURS[tone]) + 0.05) for tone in ("ink", "grey", "accent")}
    assert min(contrast.values()) > 4.5  # as words need it


def test_a_picture_in_grey_has_its_shapes():
    grey = Image.open(io.BytesIO(chart_png(chart()))).convert("RGBA")
    white = Image.new("RGBA", grey.size, "white")
    white.alpha_composite(grey)
    dots = white.convert("L")
    assert dots.getpixel((80, 120)) < 80  # the circle's middle
    assert dots.getpixel((120, 120)) > 200  # the ring's
    assert dots.size == (400, 200)


def test_dashes_differ():
    assert len(set(DASHES.values())) == len(DASHES)
    for one, other in itertools.combinations(DASHES, 2):
        a, b = (drawing_svg(Drawing(9, 9, (Stroke(((0, 0), (9, 9)), dash=dash),))) for dash in (one, other))
        assert a != b


def test_a_drawing_is_frozen_with_its_chart():
    assert from_data(to_data(chart())) == chart()
    assert chart_svg(from_data(to_data(chart()))) == chart_svg(chart()) == drawing_svg(DRAWING)


def test_every_format_holds_the_same_chart():
    held = paper(chart())
    assert 'aria-label="Tegning af tal."' in render_html(held, assets=assets)
    made = render_pdf(held, assets=assets)
    assert not difference(read_tree(held), read_pdf(made))
    assert not difference(read_tree(held), read_word(render_word(held, assets=assets)))


@pytest.mark.slow
def test_a_pdf_with_a_drawing_is_valid():
    assert validate_pdf(render_pdf(paper(chart()), assets=assets)) == ()
