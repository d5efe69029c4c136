"""The one door to vl-convert: charts of the tree as vector graphics and as pictures.

Readable without colour: a dot with its value beside it and a bar for its interval, one line a row, in black on white. Words come
from the node alone, so a chart says nothing that its data table does not.
"""

from __future__ import annotations

import re
import textwrap
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from documents.curves import Curve, curve_layers
from documents.drawings import drawing_svg
from documents.tree import Chart, ChartRow

FONT = "IBM Plex Sans"
_FONTS = Path(__file__).parent / "assets" / "fonts"
_OPTIONS = {"vl_version": "5.20", "format_locale": "da-DK", "time_format_locale": "da-DK", "allowed_base_urls": []}

# In CSS pixels. Labels and plot together are as wide as the text of an A4 page.
_LABEL_WIDTH = 220
_PLOT_WIDTH = 400
_ROW_HEIGHT = 36
_LINE_CHARACTERS = 34
_FONT_SIZE = 13
_LINE_HEIGHT = 15

_INK, _GREY, _FAINT = "#1a1a1a", "#595959", "#d0d0d0"
_OPAQUE = ' opacity="1"'  # what is already so; in a PDF it would make every mark a transparency group
_ROLE = re.compile(r' role="graphics-[a-z]+" aria-roledescription="[^"]*"')  # nothing inside a picture is read
_SIZE = re.compile(r' width="[\d.]+" height="[\d.]+"(?= viewBox)')


def chart_svg(chart: Chart) -> str:
    """Return the chart as an SVG element that fills its place; the same chart gives the same text.

    It holds no script, style or outside reference, and no words for screen readers: those stand in `chart.alt`.
    """
    return _SIZE.sub("", _drawn(chart), count=1)


def chart_png(chart: Chart) -> bytes:
    """Return the chart as PNG with two dots to the CSS pixel, for formats without vector graphics."""
    return _converter().svg_to_png(_drawn(chart), scale=2)


@lru_cache(maxsize=64)
def curve_svg(curve: Curve, *, is_narrow: bool = False) -> str:
    """Return a curve over time as an SVG element that fills its place, without words for screen readers, as `chart_svg`."""
    return _SIZE.sub("", _svg(curve_layers(curve, is_narrow=is_narrow) | {"config": _config()}), count=1)


@lru_cache(maxsize=128)  # one paper is drawn for three formats and two audiences in a row
def _drawn(chart: Chart) -> str:
    if chart.drawing is not None:
        return drawing_svg(chart.drawing, is_sized=True)
    return _svg(_specification(chart))


def _svg(specification: dict[str, Any]) -> str:
    return _ROLE.sub("", _converter().vegalite_to_svg(specification, **_OPTIONS).replace(_OPAQUE, ""))


@cache
def _converter() -> Any:
    import vl_convert  # big: only who draws loads it

    vl_convert.register_font_directory(str(_FONTS))
    return vl_convert


def _specification(chart: Chart) -> dict[str, Any]:
    drawn = [_datum(index, row) for index, row in enumerate(chart.rows) if row.value is not None]
    return {
        "data": {"values": drawn},
        "width": _PLOT_WIDTH,
        "height": {"step": _ROW_HEIGHT},
        "background": None,
        "padding": {"left": 0, "right": 4, "top": 4, "bottom": 4},
        "encoding": {"y": _rows_axis()},
        "layer": [_leaders(), _intervals(), _dots(_share_axis(chart, drawn)), _values()],
        "config": _config(),
    }


def _datum(index: int, row: ChartRow) -> dict[str, Any]:
    lines = textwrap.wrap(row.label, _LINE_CHARACTERS, max_lines=2, placeholder=" …")
    return {
        "row": f"{index:03d}" + "\n".join(lines),  # the index keeps the order, and rows with one label apart
        "zero": 0,
        "value": row.value,
        "low": row.value if row.low is None else row.low,
        "high": row.value if row.high is None else row.high,
        "text": row.text,
    }


def _rows_axis() -> dict[str, Any]:
    labels = {"labelExpr": "split(slice(datum.label, 3), '\\n')", "labelLimit": _LABEL_WIDTH + 20}
    # Vega sets the first of two lines at the row's middle; half a line up sets both around it.
    centred = {"condition": {"test": "indexof(datum.label, '\\n') > 0", "value": -_LINE_HEIGHT / 2}, "value": 0}
    labels |= {"labelAlign": "left", "labelPadding": _LABEL_WIDTH}
    labels |= {"labelOffset": centred, "labelLineHeight": _LINE_HEIGHT}
    axis = {**labels, "minExtent": _LABEL_WIDTH, "ticks": False, "domain": False, "grid": False, "title": None}
    return {"field": "row", "type": "nominal", "sort": None, "axis": axis}


def _share_axis(chart: Chart, drawn: list[dict[str, Any]]) -> dict[str, Any]:
    top = max((max(each["high"], each["value"]) for each in drawn), default=1.0) or 1.0
    characters = max((len(each["text"]) for each in drawn), default=0)
    room = min(characters * 8 + 16, _PLOT_WIDTH // 2)  # to the right of the widest interval, for its value
    scale = {"domain": [0, top * _PLOT_WIDTH / (_PLOT_WIDTH - room)], "nice": False}
    axis = {"grid": False, "tickCount": 6, "title": chart.unit, "titleAnchor": "end", "domainColor": _GREY}
    return {"field": "value", "type": "quantitative", "scale": scale, "axis": axis}


def _leaders() -> dict[str, Any]:
    mark = {"type": "rule", "color": _FAINT, "strokeWidth": 1}
    return {"mark": mark, "encoding": {"x": {"field": "zero", "type": "quantitative"}, "x2": {"field": "low"}}}


def _intervals() -> dict[str, Any]:
    mark = {"type": "rule", "color": _GREY, "strokeWidth": 2.5}
    return {"mark": mark, "encoding": {"x": {"field": "low", "type": "quantitative"}, "x2": {"field": "high"}}}


def _dots(x: dict[str, Any]) -> dict[str, Any]:
    return {"mark": {"type": "point", "filled": True, "opacity": 1, "color": _INK, "size": 90}, "encoding": {"x": x}}


def _values() -> dict[str, Any]:
    mark = {"type": "text", "align": "left", "dx": 8, "fontWeight": 600, "color": _INK}
    return {
        "mark": mark,
        "encoding": {"x": {"field": "high", "type": "quantitative"}, "text": {"field": "text", "type": "nominal"}},
    }


def _config() -> dict[str, Any]:
    axis = {
        "labelFont": FONT,
        "titleFont": FONT,
        "labelFontSize": _FONT_SIZE,
        "titleFontSize": _FONT_SIZE,
        "labelColor": _INK,
        "titleColor": _INK,
        "titleFontWeight": "normal",
        "tickColor": _GREY,
    }
    return {
        "aria": False,  # its words are English
        "font": FONT,
        "axis": axis,
        "text": {"font": FONT, "fontSize": _FONT_SIZE},
        "view": {"stroke": None},
    }
