import io
import re

import pytest
from PIL import Image

from documents.charts import chart_png, chart_svg
from documents.tree import Chart, ChartRow, Table

ROWS = (
    ChartRow("Aktivitetsparate kontanthjælpsmodtagere", 4.8, 3.8, 6.1, "4,8 %"),
    ChartRow("Borgere i ressourceforløb", None, text="•"),
    ChartRow("Ledighedsydelsesmodtagere", 13.7, 9.4, 19.6, "13,7 %"),
)


def chart(*rows, unit="pct."):
    return Chart("c", (), (), "Alt", "share", unit, rows, Table("", (), (), ()))


def texts(svg):
    return [re.sub(r"<[^>]+>", " ", each).split() for each in re.findall(r"<text.*?</text>", svg)]


def test_each_value_stands_beside_its_dot():
    said = texts(chart_svg(chart(*ROWS)))
    assert ["4,8", "%"] in said
    assert ["13,7", "%"] in said
    assert ["Aktivitetsparate", "kontanthjælpsmodtagere"] in said
    assert ["pct."] in said


def test_a_row_without_a_value_is_not_drawn():
    svg = chart_svg(chart(*ROWS))
    assert "ressourceforløb" not in svg
    assert "•" not in svg


def test_the_axis_has_danish_numbers():
    said = texts(chart_svg(chart(ChartRow("a", 0.4, 0.1, 0.9, "0,4"))))
    assert ["0,2"] in said


def test_a_chart_holds_no_english_words_no_style_and_no_identifiers():
    svg = chart_svg(chart(*ROWS))
    assert "aria-label" not in svg
    assert not re.search(r"\b(style|id|href|onclick)=", svg)
    assert "<script" not in svg
    assert 'font-family="IBM Plex Sans"' in svg


def test_the_same_chart_gives_the_same_picture():
    first = chart(*ROWS)
    chart_svg(chart(ROWS[0]))
    assert chart_svg(first) == chart_svg(chart(*ROWS))
    assert chart_png(first) == chart_png(chart(*ROWS))


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (ROWS[1],),
        (ChartRow("Ingen", 0.0, 0.0, 0.0, "0,0"),),
        (ChartRow("<b>&\"'\\n", 3.0, text="<i>"), ChartRow("<b>&\"'\\n", 4.0)),
        tuple(ChartRow("Et navn som er meget langt " * 9, value, text="9 " * 60) for value in range(1, 30)),
    ],
    ids=["no rows", "hidden alone", "only zero", "markup and equal names", "many long"],
)
def test_odd_charts_are_drawn(rows):
    svg = chart_svg(chart(*rows))
    assert svg.startswith("<svg ")
    assert "<b>" not in svg
    assert Image.open(io.BytesIO(chart_png(chart(*rows)))).format == "PNG"


def test_rows_with_one_name_are_kept_apart():
    svg = chart_svg(chart(ChartRow("Samme", 3.0, text="tre"), ChartRow("Samme", 4.0, text="fire")))
    assert texts(svg).count(["Samme"]) == 2


def test_a_picture_has_two_dots_to_the_pixel():
    width = float(re.search(r'viewBox="0 0 ([\d.]+)', chart_svg(chart(*ROWS)))[1])
    assert Image.open(io.BytesIO(chart_png(chart(*ROWS)))).width == pytest.approx(2 * width, abs=2)
